"""B3: 30 tablets post 3,000 facts a second to two processes, against one bare executemany a batch."""

import tempfile
from pathlib import Path

from bench import bare
from bench.load import Load, Outcome
from bench.measure import ms, percentile
from bench.report import Figure
from bench.server import BARE, SERVE, serving
from bench.world import World, build

SLOWEST = 0.100  # seconds, at the 99th percentile
PROCESSES = 2


def run(small: bool = False) -> list[Figure]:
    """Offer the load to the bare server and to ours, half a load each, twice in turn."""
    load = Load(2, 10, 2, 0.1) if small else Load(tablets=30, batch=100, batches=5, period=1.0)
    rounds = 1 if small else 2
    bares, ours = Outcome(), Outcome()
    for _ in range(rounds):
        _add(bares, _offer(load, BARE))
        _add(ours, _offer(load, SERVE))
    p99, baseline = percentile(ours.seconds, 0.99), percentile(bares.seconds, 0.99)
    p50 = percentile(ours.seconds, 0.5)
    rate = ours.per_second / rounds
    figure = f"p99 {ms(p99)}, median {ms(p50)}, {rate:,.0f} facts/s, {ours.errors} errors"
    what = f"{load.tablets} tablets, {load.batch} facts a batch, {PROCESSES} processes"
    ratio = f"{p99 / baseline:.1f} × the bare server's p99 ({ms(baseline)}, {bares.errors} errors)"
    return [Figure("B3", what, figure, ratio, ours.errors == 0 and p99 <= SLOWEST)]


def _offer(load: Load, command: tuple[str, ...]) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), booths=load.tablets, vacancies=5)
        bodies = load.bodies(world)
        _add_bare_table(world)
        with serving(world.url, command=command, workers=PROCESSES) as server:
            server.warm_up("/healthz")
            return load.run(server, world, bodies)


def _add_bare_table(world: World) -> None:
    """The bare server keeps its one table beside ours, in the same file."""
    connection = bare.open_file(str(world.path))
    connection.execute(bare.TABLE)
    connection.close()


def _add(total: Outcome, more: Outcome) -> None:
    total.seconds += more.seconds
    total.errors += more.errors
    total.per_second += more.per_second
