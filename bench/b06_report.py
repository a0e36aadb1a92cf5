"""B6: a campaign's report over 1,000 closed market days, against counting their check-ins, on SQLite and PostgreSQL."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from bench import postgres
from bench.history import CHECK_INS, build_history
from bench.measure import medians, ms
from bench.report import Figure
from bench.world import build, connected
from models.base.database import db, execute_many, fetch, writing
from models.figures.breakdown import AGES, EVERYONE
from models.figures.once import employers_once, offered_once, people_once
from models.figures.report_choice import ReportChoice, sums_of
from models.figures.rollup import keep
from models.figures.summary import figures
from models.market.campaign import Campaign
from models.market.market_day import MarketDay
from models.vocabulary.code_list import GROUPS
from models.vocabulary.trade import TRADES

LIMIT = 0.01  # seconds
DAYS, ALL_DAYS = 200, 1_000  # with check-ins behind them; BENCH_FULL=1 builds them all
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


def run(small: bool = False) -> list[Figure]:
    """Build market days, close them with sheets in which every cell of the matrix has somebody, and add them up."""
    days = 2 if small else ALL_DAYS if os.environ.get("BENCH_FULL") else DAYS
    found = _sqlite(days, 3 if small else 15)
    return found if small else [*found, *postgres.measured("B6", "bench.b06_report", ALL_DAYS, 15)]


def _sqlite(days: int, rounds: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        build_history(Path(folder), days)
        with connected():
            closed = days if days < DAYS else ALL_DAYS
            choice = _close_all(closed)
            ids = [id for (id,) in fetch("SELECT id FROM market_day")]
            works = (lambda: sums_of(choice), lambda: (employers_once(ids), offered_once(ids)))
            medians(2, *works)
            sums, offered = medians(rounds, *works, clock=time.process_time)
            people, counted = medians(1, lambda: people_once(ids), lambda: _count(ids), clock=time.process_time)
    among = f"{closed:,} closed market days, among {days * CHECK_INS / 1e6:g} million check-ins"
    beside = f"{{:.4f}} × counting these check-ins by stage ({ms(counted)})"
    return [
        Figure("B6", f"all figures of a report by week, CPU, {among}, SQLite", ms(sums), beside.format(sums / counted),
               sums <= LIMIT),
        Figure("B6", "the same: employers, vacancies and places, each once", ms(offered),
               beside.format(offered / counted), None),
        Figure("B6", f"the same: people of the {days:,} days that have them, each once", ms(people),
               beside.format(people / counted), None),
    ]  # fmt: skip


def _count(days: Sequence[int]) -> list[tuple]:
    marks = ",".join("?" * len(days))
    return fetch(f"SELECT reached, COUNT(*) FROM check_in WHERE market_day_id IN ({marks}) GROUP BY reached", days)


def _close_all(count: int) -> ReportChoice:
    """Put all market days into one campaign, give each the rollup of a full sheet, and return the choice of them."""
    day = MarketDay.get()
    campaign = Campaign.create(county=day.county_id, name="春风行动", starts_on=FIRST, ends_on=LAST)
    have = fetch("SELECT COUNT(*) FROM market_day")[0][0]
    with writing():
        execute_many(
            "INSERT INTO market_day (county_id, town_id, date, opens_at, closes_at, venue, event_type, event_class,"
            " level, hosts, co_organisers, place, position, afterwards, postponed_by, postponed_why, cancelled_by,"
            " cancelled_why, published_by, published_at, revision) VALUES (?, ?, ?, '08:00', '12:00', 'MARKET_TOWN',"
            " 'MARKET', 'MICRO', 'COUNTY', '', '', '', 0, ?, '', '', '', '', '', 1, 0)",
            [(day.county_id, day.town_id, day.date - timedelta(days=n), False) for n in range(have, count)],
        )
        MarketDay.update(campaign=campaign).execute()
        sheet = _full(figures(day))
        for one in MarketDay.select():
            keep(one, 1, sheet)
    if not db.obj.__class__.__name__.startswith("Sqlite"):
        db.execute_sql("ANALYZE")
    return ReportChoice(day.county, FIRST, LAST, campaign, by="week")


def _full(sheet: dict) -> dict:
    """Return a sheet with somebody in each trade and each cell of the matrix."""
    cells = [(group, sex, age) for group in (*GROUPS, EVERYONE) for sex in ("female", "male") for age in AGES]
    return sheet | {
        "trades": [{"trade": trade, "places": 40, "seekers": 25} for trade in TRADES],
        "groups": [dict(zip(("group", "sex", "age"), cell, strict=True)) | {"registered": 9, "agreed": 4, "hired": 2}
                   for cell in cells],
    }  # fmt: skip


def _in_own_process(url: str, days: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), url=url)
        with connected():
            choice = _close_all(int(days))
            works = (lambda: sums_of(choice), lambda: fetch("SELECT SUM(LENGTH(counts)) FROM rollup"))
            medians(2, *works)
            sums, read = medians(int(rounds), *works)
    what = f"all figures of a report by week of {int(days):,} closed market days, PostgreSQL"
    beside = f"{sums / read:.1f} × adding up the length of their rows ({ms(read)})"
    postgres.say(Figure("B6", what, ms(sums), beside, sums <= LIMIT))


if __name__ == "__main__":
    _in_own_process(*sys.argv[1:])
