"""The season of an employer: its vacancies with their places over all market days, and the days that offer them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from peewee import JOIN

from models.base.database import fetch
from models.derived.count import hired_counts
from models.market.booth import Booth
from models.market.county import County
from models.market.day_labour import has_ended, is_past
from models.market.division import Division
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.market.offer import Offer
from models.market.signing import versions_of
from models.market.vacancy import Vacancy, places_left, vacancy_state

STALE = timedelta(days=14)  # after that somebody should ask the employer whether a vacancy still holds
STATES = DRAFT, OPEN, FULL, EXPIRED, CLOSED = "draft", "open", "full", "expired", "closed"


class SeasonRow(NamedTuple):
    """A vacancy with who was hired for it on all its market days, and its offers by date. ``today`` is the county's."""

    vacancy: Vacancy
    hired: int
    offers: list[Offer]
    today: date

    @property
    def left(self) -> int:
        """How many places are left, as a hint: a tablet may know of more hires."""
        return 0 if has_ended(self.vacancy, self.today) else places_left(self.vacancy.openings, self.hired)

    @property
    def beyond(self) -> int:
        """How many people were hired beyond the places."""
        return max(0, self.hired - self.vacancy.openings)

    def is_missing_on(self, days: Collection[int]) -> bool:
        """Say whether one of these market days (their ids) does not offer it."""
        return bool(set(days) - {offer.market_day_id for offer in self.offers})

    @property
    def state(self) -> str:
        """``draft`` until it was checked; ``closed``, ``expired`` after its last date, ``full`` or ``open``."""
        return _state(self.vacancy, self.hired, self.today)


class CountyRow(NamedTuple):
    """A vacancy in the list of all of a county: hired over all its market days, on how many it is or was offered."""

    vacancy: Vacancy
    hired: int
    days: int
    today: date

    @property
    def left(self) -> int:
        """How many places are left, as a hint: a tablet may know of more hires."""
        return 0 if has_ended(self.vacancy, self.today) else places_left(self.vacancy.openings, self.hired)

    @property
    def state(self) -> str:
        """As of ``SeasonRow``."""
        return _state(self.vacancy, self.hired, self.today)

    @property
    def is_stale(self) -> bool:
        """Say whether nobody asked the employer for two weeks, of a vacancy that is a draft, open or full."""
        at = self.vacancy.verified_at
        return self.state in (DRAFT, OPEN, FULL) and (at is None or at.date() < self.today - STALE)


def season_of(employer: Employer, today: date) -> list[SeasonRow]:
    """Return an employer's vacancies, drafts first and closed ones last, in three statements however many there are."""
    vacancies = list(Vacancy.select().where(Vacancy.employer == employer).order_by(Vacancy.id))
    return season_rows(vacancies, today)


def county_season(county: County, today: date) -> list[CountyRow]:
    """Return a county's vacancies with their employers, urgent ones first, then by state. Three statements."""
    found = Vacancy.select(Vacancy, Employer).join(Employer, JOIN.LEFT_OUTER).where(Vacancy.county == county)
    vacancies = list(found.order_by(Vacancy.id.desc()))
    numbers = [vacancy.number for vacancy in vacancies]
    hired, days = hired_counts(numbers), dict(fetch(_OFFERED, (county.id,)))
    rows = [CountyRow(vacancy, hired[vacancy.number], days.get(vacancy.id, 0), today) for vacancy in vacancies]
    return sorted(rows, key=lambda row: (not row.vacancy.urgent, STATES.index(row.state)))


def season_rows(vacancies: list[Vacancy], today: date) -> list[SeasonRow]:
    """Return the rows of these vacancies, in two statements, by their state."""
    hired, offers = hired_counts(vacancy.number for vacancy in vacancies), _offers_of(vacancies)
    rows = [SeasonRow(vacancy, hired[vacancy.number], offers.get(vacancy.id, []), today) for vacancy in vacancies]
    return sorted(rows, key=lambda row: STATES.index(row.state))


def days_for(employer: Employer, today: date) -> list[Booth]:
    """Return an employer's booths on market days from ``today`` on that are held and not closed, by date."""
    found = Booth.select(Booth, MarketDay, Division).join(MarketDay).join(Division)
    coming = (MarketDay.date >= today) & MarketDay.cancelled_at.is_null()
    booths = list(found.where(Booth.employer == employer, coming).order_by(MarketDay.date, Booth.number))
    closed = versions_of([booth.market_day_id for booth in booths])
    return [booth for booth in booths if booth.market_day_id not in closed]


def closes_on(row: SeasonRow) -> MarketDay | None:
    """Return the market day in whose log the office closes a vacancy, None where no day offers it.

    The first one that is not over; after the last, the last: every other day that offers it hears of it.
    """
    held = [offer.market_day for offer in row.offers if not offer.market_day.is_cancelled]
    days = held or [offer.market_day for offer in row.offers]
    return next((day for day in days if day.date >= row.today), days[-1] if days else None)


_OFFERED = (
    "SELECT o.vacancy_id, COUNT(*) FROM vacancy AS v JOIN offer AS o ON o.vacancy_id = v.id"
    " WHERE v.county_id = ? GROUP BY o.vacancy_id"
)


def _state(vacancy: Vacancy, hired: int, today: date) -> str:
    if vacancy.draft:
        return DRAFT
    state = vacancy_state(vacancy.closed, vacancy.openings, hired)
    return EXPIRED if is_past(vacancy, today) and state != CLOSED else state


def _offers_of(vacancies: Iterable[Vacancy]) -> dict[int, list[Offer]]:
    """Return the offers of vacancies by their ids, with booth, market day and town, by date. One statement."""
    rows = Offer.select(Offer, Booth, MarketDay, Division).join(Booth).switch(Offer).join(MarketDay).join(Division)
    found: dict[int, list[Offer]] = {}
    wanted = [vacancy.id for vacancy in vacancies]
    for offer in rows.where(Offer.vacancy.in_(wanted)).order_by(MarketDay.date, MarketDay.id) if wanted else ():
        found.setdefault(offer.vacancy_id, []).append(offer)
    return found
