"""B18: server start to the first page, against a bare interpreter's start; memory after a day."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import facts
from bench.measure import medians, ms
from bench.report import Figure
from bench.server import post, serving
from bench.world import build

START, RESIDENT = 35, 80_000_000  # times a bare interpreter's start, bytes a process
TABLETS, FACTS, BATCH = 30, 30_000, 500


def run(small: bool = False) -> list[Figure]:
    """Start the server a few times, then let it take a day's facts and look at its memory."""
    rounds, count = (1, 100) if small else (5, FACTS)
    with tempfile.TemporaryDirectory() as folder:
        started, bare = _starts(Path(folder), rounds)
        resident, before = _after_a_day(Path(folder), count)
    return [
        Figure("B18", "server start to its first page", ms(started),
               f"{started / bare:.1f} × python -c pass ({ms(bare)})", started <= START * bare),
        Figure("B18", f"resident memory after {count:,} facts", f"{resident / 1e6:.0f} MB",
               f"{resident / before:.2f} × before them ({before / 1e6:.0f} MB)", resident <= RESIDENT),
    ]  # fmt: skip


def _starts(folder: Path, rounds: int) -> tuple[float, float]:
    world = build(folder, name="start.db")
    page = f"/v/{world.stands[0].vacancies[0]}"
    taken = []

    def start() -> None:
        begun = time.perf_counter()
        with serving(world.url, until=page):
            taken.append(time.perf_counter() - begun)  # without the time to stop it

    _, bare = medians(rounds, start, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    return sorted(taken)[len(taken) // 2], bare


def _after_a_day(folder: Path, count: int) -> tuple[int, int]:
    """Return the resident bytes of the serving process after ``count`` facts, and before them."""
    world = build(folder, booths=TABLETS, vacancies=5, name="day.db")
    each = count // TABLETS
    with serving(world.url, until=f"/v/{world.stands[0].vacancies[0]}") as server:
        connection, before = server.connection(), server.resident()
        for seed, stand in enumerate(world.stands):
            cursor = 0
            for batch in facts.batches(facts.morning(stand, world.passes, each, seed), BATCH):
                cursor = post(connection, stand.token, facts.body(batch, cursor))["cursor"]
        return max(server.resident()), max(before)
