"""The board: a county's market days, and what each booth of one offers and recorded."""

from collections import Counter
from typing import NamedTuple

from peewee import JOIN, fn

from models.derived.check_in import CheckIn
from models.kiosk.set_up import facts_of
from models.market.booth import Booth
from models.market.campaign import Campaign
from models.market.county import County
from models.market.division import Division
from models.market.employer import Employer
from models.market.log import DEVICE, Log
from models.market.market_day import MarketDay
from models.market.operator import Operator
from models.market.tablet import Tablet
from models.market.vacancy import Vacancy
from models.vocabulary.stage import HIRED


class DayRow(NamedTuple):
    """A market day with how much of it is set up and recorded."""

    day: MarketDay
    booths: int
    tablets: int
    facts: int


class BoothRow(NamedTuple):
    """A booth with the figures that an organiser looks for on the day."""

    booth: Booth
    vacancies: int
    openings: int
    operators: int
    tablets: int
    check_ins: int
    hired: int


def day_rows(county: County) -> list[DayRow]:
    """Return a county's market days, the newest first, in four queries however many there are."""
    days = market_days_of(county)
    facts, booths = facts_of(days), count_by_day(Booth, days)
    tablets = count_by_day(Log, days, Log.kind == DEVICE)
    return [DayRow(day, booths[day.id], tablets[day.id], facts[day.id]) for day in days]


def booth_rows(day: MarketDay) -> list[BoothRow]:
    """Return the market day's booths by number, in five queries however many there are."""
    booths = (
        Booth.select(Booth, Employer)
        .join(Employer, JOIN.LEFT_OUTER)
        .where(Booth.market_day == day)
        .order_by(Booth.number)
    )
    offered = {
        booth: (count, openings)
        for booth, count, openings in Vacancy.select(
            Vacancy.booth, fn.COUNT(Vacancy.id), fn.SUM(Vacancy.openings)
        )
        .join(Booth)
        .where(Booth.market_day == day)
        .group_by(Vacancy.booth)
        .tuples()
    }
    operators = _per_booth(Operator, day)
    tablets = _tablets_per_booth(day)
    tied = check_ins_by(CheckIn.booth, day)
    return [
        BoothRow(
            booth,
            *offered.get(booth.id, (0, 0)),
            operators[booth.id],
            tablets[booth.id],
            *tied.get(booth.number, (0, 0)),
        )
        for booth in booths
    ]


def gaps(rows: list[BoothRow]) -> dict[str, list[int]]:
    """Return at which booths something is missing before the market opens; nothing when there is no booth."""
    missing = {
        "vacancies": [row for row in rows if not row.vacancies and not row.booth.is_desk],
        "operators": [row for row in rows if not row.operators],
        "tablets": [row for row in rows if not row.tablets],
    }
    return {what: [row.booth.number for row in without] for what, without in missing.items()} if rows else {}


def market_days_of(county: County) -> list[MarketDay]:
    """Return a county's market days with their towns and campaigns, the newest first."""
    return list(
        MarketDay.select(MarketDay, Division, Campaign)
        .join(Division)
        .switch(MarketDay)
        .join(Campaign, JOIN.LEFT_OUTER)
        .where(MarketDay.county == county)
        .order_by(MarketDay.date.desc(), MarketDay.id.desc())
    )


def count_by_day(model: type, days: list[MarketDay], *conditions: object) -> dict[int, int]:
    """Return how many rows of a model each market day has."""
    rows = (
        model.select(model.market_day, fn.COUNT(model.id))
        .where(model.market_day.in_(days), *conditions)
        .group_by(model.market_day)
        .tuples()
    )
    return dict.fromkeys((day.id for day in days), 0) | dict(rows)


def check_ins_by(column: object, day: MarketDay) -> dict[object, tuple[int, int]]:
    """Return ``{value: (check-ins, hired)}`` of a market day, grouped by a column of CheckIn."""
    hired = fn.SUM((CheckIn.reached >= HIRED).cast("integer"))
    rows = (
        CheckIn.select(column, fn.COUNT(CheckIn.person), hired)
        .where(CheckIn.market_day == day)
        .group_by(column)
        .tuples()
    )
    return {value: (count, taken_on) for value, count, taken_on in rows}


def _tablets_per_booth(day: MarketDay) -> Counter:
    """Count the tablets that may still send."""
    logs = Log.select(Log.booth, fn.COUNT(Tablet.log)).join(Tablet)
    return Counter(dict(logs.where(Log.market_day == day, Tablet.revoked_at.is_null()).group_by(Log.booth).tuples()))


def _per_booth(model: type, day: MarketDay, *conditions: object) -> Counter:
    rows = (
        model.select(model.booth, fn.COUNT(model.id))
        .join(Booth)
        .where(Booth.market_day == day, *conditions)
        .group_by(model.booth)
        .tuples()
    )
    return Counter(dict(rows))
