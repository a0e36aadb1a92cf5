"""OFFICE: an organiser's search over a large county, on SQLite and on PostgreSQL, from request to answer."""

import random
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bench import postgres
from bench.measure import medians, ms
from bench.report import Figure
from bench.world import PASSWORD, build, connected
from models.base.clock import utcnow
from models.base.database import db, execute_many, fetch, writing
from models.schema import Division, MarketDay, Organiser

DAYS, VACANCIES, EMPLOYERS, TOWNS, BOOTHS_A_DAY, SEARCH_S = 1_000, 5_000, 2_000, 40, 6, 0.03
HEADS, MIDDLES = "大渝川巴蜀山江南北东西华金银宏", "成达顺发兴隆丰源泰盛"
TAILS = ("电子厂", "制衣有限公司", "五金厂", "餐饮店", "物业服务")
TRADES = ("sewing", "cook", "welder", "cleaner", "security_guard")
TITLES = ("缝纫工", "厨师", "焊工", "保洁员", "保安", "普工", "服务员", "装配工")
ASKED = ("工", "2月24日", "2026.3", "dd", "有限公司", "缝纫", "乡镇7", "厨师 五金", "9150", "没有的", "密码", "3000123")


def run(small: bool = False) -> list[Figure]:
    """Fill a county and search it by each kind of words in rounds; the slowest median is the figure."""
    share, rounds = (50, 1) if small else (1, 15)
    with tempfile.TemporaryDirectory() as folder:
        figures = [_figure("SQLite", build(Path(folder)).url, share, rounds)]
    return figures if small else [*figures, *postgres.measured("OFFICE", "bench.office_search", share, rounds)]


def _in_own_process(url: str, share: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), url=url)
        postgres.say(_figure("PostgreSQL", url, int(share), int(rounds)))


def _figure(name: str, url: str, share: int, rounds: int) -> Figure:
    from flask_login import FlaskLoginClient

    from app import create_app

    with connected():
        _fill(share)
        if name == "PostgreSQL":
            db.execute_sql("ANALYZE")
    app = create_app(DATABASE=url, TESTING=True, SECRET_KEY="bench", ORIGIN="https://ganchang.example")
    app.test_client_class = FlaskLoginClient
    with connected():
        browser = app.test_client(user=Organiser.get())
    works = [lambda q=q: _search(browser, q) for q in ("", *ASKED)]
    for work in works:
        work()
    nothing, *each = medians(rounds, *works)
    taken = dict(zip(ASKED, each, strict=True))
    worst = max(taken, key=taken.__getitem__)
    what = (
        f"a search over {DAYS // share:,} market days, {VACANCIES // share:,} vacancies,"
        f" {EMPLOYERS // share:,} employers, {name}, the slowest of {len(ASKED)} ({worst})"
    )
    middle = ms(sorted(each)[len(each) // 2])
    said = f"{taken[worst] / nothing:.1f} × the same request without words ({ms(nothing)}); median {middle}"
    return Figure("OFFICE", what, ms(taken[worst]), said, taken[worst] <= SEARCH_S)


def _search(browser: object, q: str) -> None:
    answer = browser.get("/organiser/find", query_string={"q": q}, headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{q}: {answer.status_code}")


def _fill(share: int) -> None:
    """Write towns, market days with booths, employers and vacancies as the office would leave them."""
    draw, day = random.Random(share), MarketDay.get()
    county = day.county
    Organiser.enlist(county, "bench", PASSWORD)
    with writing():
        parent = county.division_id
        towns = [f"5001209{number:02d}" for number in range(TOWNS)]
        execute_many(
            "INSERT INTO division (code, name, parent, level) VALUES (?, ?, ?, 'township')",
            [(code, f"乡镇{number}", parent) for number, code in enumerate(towns)],
        )
        names = [
            f"重庆{draw.choice(HEADS)}{draw.choice(MIDDLES)}{draw.choice(HEADS)}{draw.choice(TAILS)}{number}"
            for number in range(EMPLOYERS // share)
        ]
        execute_many(
            "INSERT INTO employer (county_id, name, kind, credit_code, licence, hires_for, sealed, contact, phone,"
            " papers, papers_by) VALUES (?, ?, 'enterprise', ?, '', '', '', '', '', '', '')",
            [(county.id, name, f"91500120{number:010d}") for number, name in enumerate(names)],
        )
        employers = [row[0] for row in fetch("SELECT id FROM employer WHERE county_id = ?", (county.id,))]
        for number in range(VACANCIES // share):
            _vacancy(county, draw.choice(employers), number, draw)
        for number in range(DAYS // share):
            made = MarketDay.create(
                county=county, town=towns[number % TOWNS], date=utcnow().date() + timedelta(days=number % 84 - 40),
                place=f"{number % TOWNS}号市场", event_type="MARKET",
            )  # fmt: skip
            execute_many(
                "INSERT INTO booth (market_day_id, number, name, kind, employer_id, expects_tablet, topics)"
                " VALUES (?, ?, ?, 'employer', ?, TRUE, '')",
                [(made.id, place + 1, names[draw.randrange(len(names))][:20], draw.choice(employers))
                 for place in range(BOOTHS_A_DAY)],
            )  # fmt: skip
    assert Division.select().count() >= TOWNS


def _vacancy(county: object, employer: int, number: int, draw: random.Random) -> None:
    from models.schema import Vacancy

    Vacancy.create(
        county=county, employer=employer, number=f"{3_000_000 + number}", title=draw.choice(TITLES),
        trade=draw.choice(TRADES), openings=5, place=f"工业园{number % 30}号", closed=number % 5 == 0,
    )  # fmt: skip


if __name__ == "__main__":
    _in_own_process(*sys.argv[1:])
