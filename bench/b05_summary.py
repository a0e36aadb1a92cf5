"""B5: one day's summary among years of market days, against one covering count of its visits."""

import os
import tempfile
import time
from pathlib import Path

from app import create_app
from bench import world
from bench.history import BOOTHS, CHECK_INS, build_history
from bench.measure import medians, ms
from bench.report import Figure
from models.base.database import fetch
from models.figures.summary import figures
from models.figures.version import close, sheet
from models.market.county import County
from models.market.market_day import MarketDay
from models.market.organiser import Organiser

FIGURES, PAGE = 0.012, 0.025  # seconds, of a day that is open
CLOSED = 0.001  # seconds, of a version
DAYS, ALL_DAYS = 200, 1_000  # BENCH_FULL=1 builds them all
COUNT = "SELECT booth, COUNT(*) FROM visit WHERE market_day_id = ? GROUP BY booth"


def run(small: bool = False) -> list[Figure]:
    """Build the history, then time the figures, the page and the baseline."""
    days = 2 if small else ALL_DAYS if os.environ.get("BENCH_FULL") else DAYS
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        history = build_history(Path(folder), days)
        built = time.perf_counter() - start
        alone, page, closed, baseline = _times(history, rounds=3 if small else 25)
        size = history.path.stat().st_size / 1e9
    among = f"among {days * CHECK_INS / 1e6:g} million check-ins ({size:.1f} GB, built in {built:.0f} s)"
    beside = "{:.1f} × counting its visits by booth ({})"
    return [
        Figure("B5", f"figures of a day, CPU, {among}", ms(alone),
               beside.format(alone / baseline, ms(baseline)), alone <= FIGURES),
        Figure("B5", "the whole page of the same day, CPU", ms(page),
               beside.format(page / baseline, ms(baseline)), page <= PAGE),
        Figure("B5", "figures of the same day once it is closed, CPU", ms(closed),
               beside.format(closed / baseline, ms(baseline)), closed <= CLOSED),
    ]  # fmt: skip


def _times(history: world.World, rounds: int) -> list[float]:
    app = create_app(DATABASE=history.url, SECRET_KEY="bench", ORIGIN="http://bench.example")
    client = app.test_client()
    with world.connected():
        day = MarketDay.get_by_id(history.day)
        Organiser.enlist(County.get(), "bench", world.PASSWORD)
        client.post("/sign-in", data={"login": "bench", "password": world.PASSWORD})

        def page() -> None:
            answer = client.get(f"/organiser/market-days/{day.id}/summary")
            assert answer.status_code == 200 and answer.text.count("<tr") > BOOTHS

        works = (lambda: figures(day), page, lambda: fetch(COUNT, (day.id,)))
        medians(2, *works)  # a page's template is compiled, the day's pages are in memory
        alone, whole, baseline = medians(rounds, *works, clock=time.process_time)
        close(day, "bench")
        (closed,) = medians(rounds, lambda: sheet(day), clock=time.process_time)
        return [alone, whole, closed, baseline]
