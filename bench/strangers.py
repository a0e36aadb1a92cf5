"""STRANGERS: answers while strangers hold slow bodies and idle connections, by each way to reach the server.

The server's own deadlines are those that it has by itself, which end no connection while this runs.
"""

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.measure import ms
from bench.report import Figure
from tests.browser.server import Server
from tests.faults.strangers import FRONTS, Target, serving

SLOW, IDLE = 40, 1_100  # connections
PAGES = ("/healthz", "/v")
ROUNDS = 20


def run(small: bool = False) -> list[Figure]:
    """Ask each front before and while the strangers are there."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo")
        demo.mkdir()
        Server(demo)
        return [_figure(kind, demo, Path(folder, kind), small) for kind in (FRONTS[:1] if small else FRONTS)]


def _figure(kind: str, demo: Path, folder: Path, small: bool) -> Figure:
    slow, idle, rounds = (4, 8, 1) if small else (SLOW, IDLE, ROUNDS)
    with serving(kind, demo, folder) as target, ExitStack() as opened:
        alone = _seconds(target, rounds)
        for number in range(slow):
            opened.enter_context(target.promise(("/nothing", "/sync", "/enrol", "/sign-in")[number % 4]))
        for _ in range(idle):
            opened.enter_context(target.knock())
        beside = _seconds(target, rounds)
    what = f"{kind}: an answer beside {slow} slow bodies and {idle:,} idle connections"
    figure = f"median {ms(median(beside))}, slowest {ms(max(beside))}"
    ratio = f"{median(beside) / median(alone):.2f} × alone ({ms(median(alone))})"
    return Figure("STRANGERS", what, figure, ratio, None)


def _seconds(target: Target, rounds: int) -> list[float]:
    """Return how long each answer takes, with a connection of its own."""
    taken = []
    for page in PAGES * rounds:
        begun = time.perf_counter()
        if target.ask(page) != 200:
            raise RuntimeError(f"{page} was not answered")
        taken.append(time.perf_counter() - begun)
    return taken
