"""Overviews: a county's market days and employers, and the booths and vacancies of one day, each with its counts."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from models.base.order import by_pinyin
from models.derived.count import check_ins_by_booth, check_ins_by_vacancy, hired_counts
from models.kiosk.in_use import facts_of
from models.market.booth import ROUND, Booth
from models.market.county import County
from models.market.day_labour import has_ended, today_in
from models.market.division import Division
from models.market.duty import Duty
from models.market.employer import Employer
from models.market.life import states_of
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.offer import Offer, offers_of
from models.market.planning import market_days_of
from models.market.tablet import Tablet
from models.market.vacancy import Vacancy, places_left, vacancy_state
from models.vocabulary.code_list import PAY_UNITS


class DayRow(NamedTuple):
    """A market day with how much of it is set up and recorded."""

    day: MarketDay
    booths: int
    tablets: int
    facts: int
    state: str  # of models/market/life.py


class BoothRow(NamedTuple):
    """A booth with the figures that an organiser looks for on the day."""

    booth: Booth
    vacancies: int
    openings: int
    operators: int
    tablets: int
    working_tablets: int
    check_ins: int
    hired: int


class VacancyRow(NamedTuple):
    """A vacancy of a market day with the figures that an organiser looks for.

    ``check_ins`` and ``hired`` are the day's, ``hired_in_all`` those of all its market days, which share its places.
    """

    vacancy: Vacancy
    booth: Booth
    check_ins: int
    hired: int
    hired_in_all: int
    today: date  # the county's

    @property
    def remaining(self) -> int:
        """How many places are left, as a hint: a tablet may know of more hires. Of day labour that is over none."""
        return 0 if has_ended(self.vacancy, self.today) else places_left(self.vacancy.openings, self.hired_in_all)

    @property
    def beyond(self) -> int:
        """How many people were hired beyond the places."""
        return max(0, self.hired_in_all - self.vacancy.openings)

    @property
    def state(self) -> str:
        """Whether it takes check-ins: ``closed`` by a closure, ``expired`` after its day, ``full`` or ``open``."""
        state = vacancy_state(self.vacancy.closed, self.vacancy.openings, self.hired_in_all)
        return "expired" if has_ended(self.vacancy, self.today) and state != "closed" else state

    @property
    def pay_rank(self) -> tuple[int, int] | None:
        """What it is sorted by: pay by the month among its like, by the day among its like."""
        least = self.vacancy.pay_min_fen
        return None if least is None else (-list(PAY_UNITS).index(self.vacancy.pay_unit), least)


def day_rows(county: County, towns: Collection[str] | None = None) -> list[DayRow]:
    """Return the market days of a county, or of some towns of it, the newest first, in five queries at most."""
    days = market_days_of(county, towns)
    facts, booths = facts_of(days), _count_by_day(Booth, days)
    tablets, states = _tablets_by_day(days), states_of(days)
    return [DayRow(day, booths[day.id], tablets[day.id], facts[day.id], states[day.id]) for day in days]


def from_today(rows: list[DayRow], today: date) -> list[DayRow]:
    """Return market days that came the newest first as people look for them: from today on, then backwards."""
    ahead = [row for row in reversed(rows) if row.day.date >= today]
    return ahead + [row for row in rows if row.day.date < today]


def booth_rows(day: MarketDay) -> list[BoothRow]:
    """Return the market day's booths by number, in five queries however many there are."""
    booths = (
        Booth.select(Booth, Employer)
        .join(Employer, JOIN.LEFT_OUTER)
        .where(Booth.market_day == day, Booth.kind != ROUND)
        .order_by(Booth.number)
    )
    offered = _offered_by_booth(day)
    operators, tablets = _operators_by_booth(day), _tablets_by_booth(day)
    counted = check_ins_by_booth(day.id)
    return [
        BoothRow(
            booth,
            *offered.get(booth.id, (0, 0)),
            operators[booth.id],
            *tablets.get(booth.id, (0, 0)),
            *counted.get(booth.number, (0, 0)),
        )
        for booth in booths
    ]


def vacancy_rows(day: MarketDay, booth: Booth | None = None) -> list[VacancyRow]:
    """Return a market day's vacancies by booth, or one booth's, in three queries however many there are."""
    counted = check_ins_by_vacancy(day.id)
    offers = [offer for offer in offers_of(day) if booth is None or offer.booth_id == booth.id]
    hired = hired_counts(offer.vacancy.number for offer in offers)
    today = today_in(day.county.timezone)
    return [
        VacancyRow(
            offer.vacancy, offer.booth, *counted.get(offer.vacancy.number, (0, 0)), hired[offer.vacancy.number], today
        )
        for offer in offers
    ]


def employers_of(county: County) -> list[Employer]:
    """Return a county's employers by pinyin, archived ones too.

    ``booth_count`` says how many booths each had, but of days that were cancelled.
    """
    found = (
        Employer.select(Employer, fn.COUNT(MarketDay.id).alias("booth_count"))
        .join(Booth, JOIN.LEFT_OUTER)
        .join(MarketDay, JOIN.LEFT_OUTER, (Booth.market_day == MarketDay.id) & MarketDay.cancelled_at.is_null())
        .where(Employer.county == county)
        .group_by(Employer)
    )
    return sorted(found, key=lambda employer: by_pinyin(employer.name))


def booths_of_employer(employer: Employer, most: int = 30) -> list[Booth]:
    """Return an employer's latest booths with their market days and towns, those of cancelled days too. One query."""
    found = Booth.select(Booth, MarketDay, Division).join(MarketDay).join(Division).where(Booth.employer == employer)
    return list(found.order_by(MarketDay.date.desc(), Booth.number).limit(most))


def gaps(rows: list[BoothRow]) -> dict[str, list[int]]:
    """Return at which booths something is missing before the market opens; nothing when there is no booth."""
    missing = {
        "vacancies": [row for row in rows if not row.vacancies and not row.booth.is_desk],
        "operators": [row for row in rows if not row.operators],
        "tablets": [row for row in rows if row.booth.expects_tablet and not row.working_tablets],
    }
    return {what: [row.booth.number for row in without] for what, without in missing.items()} if rows else {}


def _offered_by_booth(day: MarketDay) -> dict[int, tuple[int, int]]:
    """Return ``{booth: (vacancies, openings)}`` of a market day."""
    rows = (
        Offer.select(Offer.booth, fn.COUNT(Offer.id), fn.SUM(Vacancy.openings))
        .join(Vacancy)
        .where(Offer.market_day == day)
        .group_by(Offer.booth)
    )
    return {booth: (count, openings) for booth, count, openings in _tuples(rows)}


def _count_by_day(model: type[Booth], days: list[MarketDay], *conditions: object) -> dict[int, int]:
    """Return how many rows of a model each market day has."""
    rows = (
        model.select(model.market_day, fn.COUNT(model.id))
        .where(model.market_day.in_(days), *conditions)
        .group_by(model.market_day)
    )
    return dict.fromkeys((day.id for day in days), 0) | dict(_tuples(rows))


def _tablets_by_day(days: list[MarketDay]) -> dict[int, int]:
    """Return how many tablets each market day has, as its sheet counts them."""
    rows = Log.select(Log.market_day, fn.COUNT(Tablet.log)).join(Tablet)
    expected = Tablet.revoked_at.is_null() & Tablet.withdrawn_at.is_null()
    counted = rows.where(Log.market_day.in_(days), expected | (Log.acknowledged > 0))
    return dict.fromkeys((day.id for day in days), 0) | dict(_tuples(counted.group_by(Log.market_day)))


def _operators_by_booth(day: MarketDay) -> Counter[int]:
    """Return how many operators each booth of a market day has."""
    rows = Duty.select(Duty.booth, fn.COUNT(Duty.id)).join(Booth)
    on_duty = rows.where(Booth.market_day == day, Duty.withdrawn_at.is_null())
    return Counter(dict(_tuples(on_duty.group_by(Duty.booth))))


def _tablets_by_booth(day: MarketDay) -> dict[int, tuple[int, int]]:
    """Return ``{booth: (its tablets as the sheet counts them, those that may still send)}``."""
    found: dict[int, tuple[int, int]] = {}
    for tablet in Tablet.enrolled(day):
        counted, working = found.get(tablet.booth_id, (0, 0))
        found[tablet.booth_id] = (counted + tablet.counts, working + tablet.is_expected)
    return found


def _tuples(query: "ModelSelect[Any]") -> list[tuple[Any, ...]]:
    """Return the rows of a query as tuples of its columns."""
    return list(query.tuples())
