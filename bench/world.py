"""Worlds: a database file with one market day, its booths, vacancies, passes and tablets."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models import schema as models
from models.base.database import connect_database, db, migrate, writing
from models.base.secret import digest
from models.keys.seal import SealKey
from models.market.offer import new_vacancy
from models.market.planning import date_in

PASSWORD = "market-day-24"  # of whoever signs in
PASSES = 20_000


@dataclass
class Stand:
    """A booth's tablet: its cookie, the vacancies of its booth, and the key it seals contacts to."""

    tablet: int
    token: str
    vacancies: list[str]
    key: SealKey


@dataclass
class World:
    """What the benchmarks know of a database that they built."""

    url: str
    path: Path
    day: int
    passes: list[str]
    stands: list[Stand]


@contextmanager
def connected() -> Iterator[None]:
    """Hold this thread's connection open; a request that failed has closed it."""
    db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if not db.is_closed():
            db.close()


def build(
    folder: Path, booths: int = 1, vacancies: int = 2, name: str = "bench.db", passes: int = PASSES, url: str = ""
) -> World:
    """Make a migrated database with one market day of today, and connect to it; ``url``: of an empty one elsewhere."""
    path = folder / name
    url = url or f"sqlite:///{path}"
    connect_database(url)
    with connected():
        migrate()
        return _world(url, path, booths, vacancies, passes)


def another_county(world: World) -> World:
    """Add a county with a market day of one booth to a world, and return it as a world of its own."""
    return _world(world.url, world.path, booths=1, vacancies=2, passes=PASSES)


def _world(url: str, path: Path, booths: int, vacancies: int, passes: int) -> World:
    with writing():
        day = _market_day()
        numbers = models.PassRange.reserve(day, passes).numbers()
        stands = [_stand(day, number, vacancies) for number in range(1, booths + 1)]
    return World(url, path, day.id, numbers, stands)


def _market_day() -> models.MarketDay:
    county = models.County.create(name="璧山区", service_name="璧山区公共就业服务中心")
    town, _ = models.Division.get_or_create(code="500120100", defaults={"name": "八塘镇", "level": "township"})
    hours = {"opens_at": "00:00", "closes_at": "23:59"}  # a market that goes on, at whichever hour it is measured
    return models.MarketDay.create(county=county, town=town, date=date_in(county), **hours)


def _stand(day: models.MarketDay, number: int, vacancies: int) -> Stand:
    employer = models.Employer.create(county=day.county, name=f"第{number}制衣厂")
    booth = models.Booth.create(market_day=day, number=number, name=employer.name, employer=employer)
    numbers = [_vacancy(booth, place) for place in range(vacancies)]
    token = secrets.token_urlsafe(32)
    tablet = models.Tablet.enlist(booth, letter=f"T{number}", token_hash=digest(token))
    return Stand(tablet.id, token, numbers, SealKey.current(day.county))


def _vacancy(booth: models.Booth, place: int) -> str:
    return new_vacancy(
        booth, title=f"缝纫工{place + 1}", trade="sewing", openings=200,
        place="璧山区八塘镇", pay_min_fen=350_000, pay_max_fen=450_000,
        duties="按样板缝制", benefits="包吃住", bring="身份证",
    ).number  # fmt: skip
