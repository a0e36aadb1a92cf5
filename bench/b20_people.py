"""B20: an organiser's search among 100,000 people of a season, on SQLite and on PostgreSQL, from request to answer."""

import random
import sys
import tempfile
import uuid
from pathlib import Path

from bench import postgres
from bench.measure import medians, ms
from bench.report import Figure
from bench.world import PASSWORD, build, connected
from models.base.clock import utcnow
from models.base.database import db, execute_many, writing
from models.derived.person_key import index_candidates
from models.schema import MarketDay, Organiser

PEOPLE, SEARCH_S = 100_000, 0.05
SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "明芳秀英伟娜敏静强磊军洋勇艳杰娟涛超霞平刚桂兰珍建国华玉梅红春燕志文海丽云龙"
# What is typed, from what fits many to what fits one; the phone and the pass are those of one of the people.
ASKED = ("w", "王", "wxm", "wangfang", "王芳 1985", "芳", "{phone}", "{last_four}")


def run(small: bool = False) -> list[Figure]:
    """Fill a county, and search it by each kind of words in rounds; the slowest median is the figure."""
    people, rounds = (300, 1) if small else (PEOPLE, 15)
    figures = [_sqlite(people, rounds)]
    return figures if small else [*figures, *postgres.measured("B20", "bench.b20_people", people, rounds)]


def _sqlite(people: int, rounds: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        return _figure("SQLite", build(Path(folder)).url, people, rounds)


def _in_own_process(url: str, people: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), url=url)
        postgres.say(_figure("PostgreSQL", url, int(people), int(rounds)))


def _figure(name: str, url: str, people: int, rounds: int) -> Figure:
    from flask_login import FlaskLoginClient

    from app import create_app

    with connected():
        told = _fill(people)
        if name == "PostgreSQL":
            db.execute_sql("ANALYZE")
    app = create_app(DATABASE=url, TESTING=True, SECRET_KEY="bench", ORIGIN="https://ganchang.example")
    app.test_client_class = FlaskLoginClient
    with connected():
        browser = app.test_client(user=Organiser.get())
    asked = [words.format(**told) for words in ASKED]
    works = [lambda q=q: _search(browser, q) for q in asked]
    for work in works:
        work()
    taken = dict(zip(asked, medians(rounds, *works), strict=True))
    worst = max(taken, key=taken.__getitem__)
    said = ", ".join(f"{ms(seconds)} for {'a phone' if q == told['phone'] else q}" for q, seconds in taken.items())
    what = f"a search among {people:,} people, {name}, the slowest of {len(asked)}"
    return Figure("B20", what, ms(taken[worst]), said, taken[worst] <= SEARCH_S)


def _search(browser: object, q: str) -> None:
    answer = browser.get("/organiser/people", query_string={"q": q})  # type: ignore[attr-defined]
    if answer.status_code != 200 or q not in answer.text:
        raise RuntimeError(f"{q}: {answer.status_code}")


def _fill(count: int) -> dict[str, str]:
    """Write candidates as facts would leave them, with their keys; return what one of them is found by."""
    draw, day = random.Random(count), MarketDay.get()
    now = int(utcnow().timestamp() * 1000)
    Organiser.enlist(day.county, "bench", PASSWORD)
    ids = [str(uuid.UUID(int=draw.getrandbits(128), version=4)) for _ in range(count)]
    log = db.execute_sql("SELECT id FROM log LIMIT 1").fetchone()[0]
    for start in range(0, count, 5_000):
        rows = [
            (one, one, day.county_id, day.id, log, _name(draw), draw.randrange(1955, 2009), f"138{place:08d}", "", "",
             "", "operator", now, 1, "八塘镇")
            for place, one in enumerate(ids[start : start + 5_000], start=start)
        ]  # fmt: skip
        with writing():
            execute_many(
                "INSERT INTO candidate (id, person, county_id, market_day_id, tablet_id, name, birth_year, phone,"
                " trades, work_kinds, groups, registered_by, registered_at, version, home_division)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            passes = [(log, place, f"{100_000_000 + place}0", row[0]) for place, row in enumerate(rows, start=start)]
            execute_many(
                "INSERT INTO pass_binding (tablet_id, seq, pass_number, candidate, effective_ms, stands)"
                " VALUES (?, ?, ?, ?, 0, TRUE)",
                passes,
            )
            index_candidates(row[0] for row in rows)
    return {"phone": "13800000017", "last_four": f"{100_000_017}0"[-4:]}


def _name(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2))))


if __name__ == "__main__":
    _in_own_process(*sys.argv[1:])
