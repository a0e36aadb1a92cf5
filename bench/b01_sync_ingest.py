"""B1: 500 operations a batch through HTTP, against raw ``executemany`` of the same rows into one table."""

import tempfile
from pathlib import Path

from bench import bare, facts
from bench.measure import medians
from bench.report import Figure
from bench.server import post, serving
from bench.world import build

SHARE, PER_SECOND = 0.25, 5_000


def run(small: bool = False) -> list[Figure]:
    """Send a tablet's log batch by batch, each beside the same batch inserted raw."""
    size, rounds = (20, 2) if small else (500, 24)
    with tempfile.TemporaryDirectory() as folder:
        ours, raw = _rounds(Path(folder), size, rounds)
    share, per_second = raw / ours, size / ours
    figure = f"{per_second:,.0f} operations/s (raw {size / raw:,.0f})"
    met = share >= SHARE and per_second >= PER_SECOND
    return [Figure("B1", f"sync, {size} operations a batch", figure, f"{share:.1%} of raw", met)]


def _rounds(folder: Path, size: int, rounds: int) -> tuple[float, float]:
    world = build(folder)
    stand = world.stands[0]
    log = facts.batches(facts.morning(stand, world.passes, size * rounds), size)
    bodies = iter([facts.body(batch) for batch in log])
    rows = iter([[bare.row(stand.tablet, fact) for fact in batch] for batch in log])
    raw = bare.open_file(str(folder / "raw.db"))
    raw.execute(bare.TABLE)
    with serving(world.url) as server:
        connection, cursor = server.connection(), 0

        def send() -> None:
            nonlocal cursor
            answer = post(connection, stand.token, facts.at_cursor(next(bodies), cursor))
            assert not any(result.get("reason") for result in answer["results"])
            cursor = answer["cursor"]

        ours, baseline = medians(rounds, send, lambda: bare.insert(raw, next(rows)))
    raw.close()
    return ours, baseline
