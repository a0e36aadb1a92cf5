"""B1: 500 operations a batch through HTTP, against raw ``sqlite3`` writing the same final rows into the same tables."""

import tempfile
from pathlib import Path
from statistics import median

from bench import facts
from bench.final_rows import Copy
from bench.report import Figure
from bench.server import post, serving
from bench.world import build, connected
from models.base.database import db

MIXES = {"the mix of a morning": (facts.MIX, 0.45), "check-ins only": ({"check_in.recorded": 1}, 0.60)}


def run(small: bool = False) -> list[Figure]:
    """Send a tablet's log batch by batch, each beside its final rows written raw; compare processor time."""
    size, rounds = (20, 2) if small else (500, 24)
    return [_figure(name, mix, share, size, rounds) for name, (mix, share) in MIXES.items()]


def _figure(name: str, mix: dict[str, int], share: float, size: int, rounds: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        ours, raw = _rounds(Path(folder), mix, size, rounds)
    figure = f"{ours / size * 1e6:.0f} µs CPU an operation, {size / ours:,.0f}/s"
    beside = f"{raw / ours:.0%} of raw into the same tables ({raw / size * 1e6:.0f} µs)"
    return Figure("B1", f"sync, {size} operations a batch, {name}", figure, beside, raw / ours >= share)


def _rounds(folder: Path, mix: dict[str, int], size: int, rounds: int) -> tuple[float, float]:
    """Return the median processor seconds of a batch: the server's, and those of writing its rows."""
    world = build(folder)
    stand = world.stands[0]
    log = facts.batches(facts.morning(stand, world.passes, size * rounds, mix=mix), size)
    with connected():
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = Copy(world.path, folder / "copy.db")
    ours, raw = [], []
    with serving(world.url) as server:
        connection, cursor = server.connection(), 0
        for batch in log:
            body = facts.body(batch, cursor)
            before = server.cpu_seconds()
            answer = post(connection, stand.token, body)
            ours.append(server.cpu_seconds() - before)
            assert not any(result.get("reason") for result in answer["results"])
            cursor = answer["cursor"]
            raw.append(copy.write(copy.differences()))
    assert not copy.differences()
    copy.close()
    return median(ours), median(raw)
