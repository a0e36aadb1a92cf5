"""Notices: what the public may read of a market day, its booths and vacancies; no names of people.

Plain rows that compare by value: a cached page is rendered anew when the notices it shows have changed.
"""

import datetime
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.base.clock import utcnow
from models.base.database import fetch
from models.base.lists import listed
from models.derived.count import HIRED_SQL
from models.market.day_end import end_of
from models.market.day_labour import as_date as _date
from models.market.day_labour import ended_by_now, last_date
from models.market.retention import Retention
from models.market.vacancy import places_left


class DayNotice(NamedTuple):
    """A market day as it stands on a board, with its county's office. ``cancelled`` is why it is not held, or empty.

    ``postponed_from`` is the date that its posters say when it was postponed, ``postponed`` why. A draft may not be
    shown to anybody.
    """

    id: int
    date: date
    opens_at: str
    closes_at: str
    place: str
    town: str
    campaign: str | None
    county_id: int
    county: str
    phone: str
    timezone: str
    cancelled: str
    office_hours: str
    languages: str
    postponed_from: datetime.date | None
    postponed: str
    is_draft: bool
    event_type: str
    town_code: str
    division: str  # the county's own name, as places of work are written
    contact_days: int  # how long names and phones are kept, and of who was introduced; the ledger in years
    tied_days: int
    ledger_years: int

    def periods(self) -> Retention:
        """Return the county's periods, as far as the public is told of them."""
        return Retention(contact_days=self.contact_days, tied_days=self.tied_days, ledger_years=self.ledger_years)


class BoothNotice(NamedTuple):
    """A booth as it stands on a board. ``topics`` are what a desk can be asked about."""

    id: int
    number: int
    name: str
    kind: str
    topics: tuple[str, ...]


class VacancyNotice(NamedTuple):
    """A vacancy as it stands on a poster. ``hired`` is known as far as tablets have synced."""

    number: str
    title: str
    trade: str
    openings: int
    duties: str
    work_place: str
    pay_min_fen: int | None
    pay_max_fen: int | None
    pay_unit: str
    work_kind: str
    hours: str
    benefits: str
    requirements: str
    bring: str
    adults_only: bool
    valid_until: date | None
    closed: bool
    booth_id: int
    booth: int
    employer: str
    hired: int
    true_employer: str  # of an agency's vacancy
    urgent: bool
    work_date: date | None
    shift: str
    starts: str
    pay_includes: str
    pay_day: str
    transport: str
    insurance: str
    contract: str
    probation: str
    hazard: str
    eligibility: str
    suits: str
    work_town: str
    work_code: str  # its division's
    origin: str
    ended: bool  # day labour whose date is over

    @property
    def remaining(self) -> int:
        """How many places are left, as a hint: a tablet may know better."""
        return places_left(self.openings, self.hired)

    @property
    def is_full(self) -> bool:
        """Whether it takes nobody just now: closed by its booth, its day is over, or nobody more is wanted."""
        return self.closed or self.ended or not self.remaining

    @property
    def over(self) -> int:
        """How many more were hired than were wanted."""
        return max(0, self.hired - self.openings)

    @property
    def benefit_list(self) -> list[str]:
        """The benefits as separate words."""
        return listed(self.benefits)

    @property
    def suit_list(self) -> list[str]:
        """Whom it suits as well, as codes."""
        return listed(self.suits)

    @property
    def place_of_work(self) -> str:
        """Where the work is, with its town where the words do not name it."""
        return self.work_place if self.work_town in self.work_place else f"{self.work_town} {self.work_place}"


PERIODS = ("contact_days", "tied_days", "ledger_years")
_DAY = (
    "d.id, d.date, d.opens_at, d.closes_at, d.place, t.name, m.name, c.id, c.service_name, c.phone, c.timezone"
    ", d.cancelled_why, c.hours, c.languages, d.postponed_from, d.postponed_why"
    ", d.published_at IS NULL AND d.cancelled_at IS NULL, d.event_type, d.town_id, c.name"
    f", {', '.join(f'COALESCE(r.{name}, {getattr(Retention(), name)})' for name in PERIODS)}"
)
_DAYS = (
    "market_day AS d JOIN division AS t ON t.code = d.town_id"
    " JOIN county AS c ON c.id = d.county_id LEFT JOIN retention AS r ON r.county_id = c.id"
    " LEFT JOIN campaign AS m ON m.id = d.campaign_id"
)
_VACANCY = (
    "v.number, v.title, v.trade, v.openings, v.duties, v.place, v.pay_min_fen, v.pay_max_fen,"
    " v.pay_unit, v.work_kind, v.hours, v.benefits, v.requirements, v.bring, v.adults_only,"
    " v.valid_until, v.closed, b.id, b.number, COALESCE(e.name, b.name),"
    f" {HIRED_SQL},"
    " v.true_employer, v.urgent, v.work_date, v.shift, v.starts, v.pay_includes, v.pay_day, v.transport, v.insurance,"
    " v.contract, v.probation, v.hazard, v.eligibility, v.suits,"
    " COALESCE((SELECT w.name FROM division AS w WHERE w.code = v.work_division_id), ''),"
    " COALESCE(v.work_division_id, ''), v.origin, (SELECT z.timezone FROM county AS z WHERE z.id = v.county_id)"
)
_VACANCIES = (
    "offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id JOIN booth AS b ON b.id = o.booth_id"
    " LEFT JOIN employer AS e ON e.id = v.employer_id"
)


Offered = tuple[DayNotice, VacancyNotice]


def vacancy_notice(number: str) -> Offered | None:
    """Return a vacancy with the market day that offers it: the first that is held and not over yet, else the last.

    A draft only when no other day offers it: its pages say so. One statement.
    """
    all_of_them = offers_numbered(number)
    offered = [one for one in all_of_them if not one[0].is_draft] or all_of_them
    if not offered:
        return None
    return next((one for one in offered if not is_over(one[0])), offered[-1])


def offers_numbered(number: str) -> list[Offered]:
    """Return a vacancy with each market day that offers it, by date. One statement."""
    rows = fetch(
        f"SELECT {_DAY}, {_VACANCY} FROM {_VACANCIES}, {_DAYS} WHERE d.id = o.market_day_id AND v.number = ?"
        " ORDER BY d.date, d.id",
        (number,),
    )
    return [(_day(row), _vacancy(row[len(DayNotice._fields) :])) for row in rows]


def is_over(day: DayNotice) -> bool:
    """Say whether nobody can register for a market day any more: it is over, where the market is, or cancelled."""
    return bool(day.cancelled) or utcnow() >= end_of(day.date, day.opens_at, day.closes_at, ZoneInfo(day.timezone))


def day_notice(market_day: int) -> DayNotice | None:
    """Return a market day. One statement."""
    rows = fetch(f"SELECT {_DAY} FROM {_DAYS} WHERE d.id = ?", (market_day,))
    return _day(rows[0]) if rows else None


def day_notices(county: int, since: date, until: date, town: str = "") -> list[DayNotice]:
    """Return a county's published days of these dates, or one town's (its code), by date and hour. One statement."""
    of_town = (" AND d.town_id = ?", (town,)) if town else ("", ())
    rows = fetch(
        f"SELECT {_DAY} FROM {_DAYS} WHERE d.county_id = ? AND d.date BETWEEN ? AND ? AND d.published_at IS NOT NULL"
        f"{of_town[0]} ORDER BY d.date, d.opens_at, d.id",
        (county, since.isoformat(), until.isoformat(), *of_town[1]),
    )
    return [_day(row) for row in rows]


def booth_notices(market_day: int) -> tuple[BoothNotice, ...]:
    """Return the booths that stand at a market day in order of their numbers. One statement."""
    sql = "SELECT id, number, name, kind, topics FROM booth WHERE market_day_id = ? AND kind <> 'round' ORDER BY number"
    rows = fetch(sql, (market_day,))
    return tuple(BoothNotice(id, number, name, kind, tuple(listed(topics))) for id, number, name, kind, topics in rows)


def day_of_booth(booth: int) -> int | None:
    """Return the market day at which a booth stands; a round of a survey stands at none."""
    rows = fetch("SELECT market_day_id FROM booth WHERE id = ? AND kind <> 'round'", (booth,))
    return rows[0][0] if rows else None


def vacancies_of_day(market_day: int) -> tuple[VacancyNotice, ...]:
    """Return the vacancies of a market day by booth, each booth's urgent ones first. One statement."""
    return _vacancies("o.market_day_id = ?", market_day)


def vacancies_of_booth(booth: int) -> tuple[VacancyNotice, ...]:
    """Return what a booth offers, urgent vacancies first. One statement."""
    return _vacancies("o.booth_id = ?", booth)


def vacancies_numbered(numbers: list[str]) -> tuple[VacancyNotice, ...]:
    """Return those of these vacancies that are offered and that the public may see, each once. One statement."""
    marks = ",".join("?" * len(numbers))
    published = "EXISTS (SELECT 1 FROM market_day AS d WHERE d.id = b.market_day_id AND d.published_at IS NOT NULL)"
    found = _vacancies(f"v.number IN ({marks}) AND {published}", *numbers) if numbers else ()
    return tuple({vacancy.number: vacancy for vacancy in found}.values())


def following_day(day: DayNotice, today: date) -> DayNotice | None:
    """Return the county's next market day that is held from ``today`` on, other than ``day``."""
    rows = fetch(
        f"SELECT {_DAY} FROM {_DAYS} WHERE d.county_id = ? AND d.id <> ? AND d.date >= ? AND d.cancelled_at IS NULL"
        " AND d.published_at IS NOT NULL ORDER BY d.date, d.id LIMIT 1",
        (day.county_id, day.id, today.isoformat()),
    )
    return _day(rows[0]) if rows else None


def _vacancies(condition: str, *values: object) -> tuple[VacancyNotice, ...]:
    sql = f"SELECT {_VACANCY} FROM {_VACANCIES} WHERE {condition} ORDER BY b.number, v.urgent DESC, v.id"
    return tuple(_vacancy(row) for row in fetch(sql, values))


def _day(row: tuple) -> DayNotice:
    day = DayNotice(*row[: len(DayNotice._fields)])
    return day._replace(
        date=_date(day.date) or day.date, postponed_from=_date(day.postponed_from), is_draft=bool(day.is_draft)
    )


def _vacancy(row: tuple) -> VacancyNotice:
    *fields, timezone = row
    vacancy = VacancyNotice._make((*fields, False))
    valid_until, work_date = _date(vacancy.valid_until), _date(vacancy.work_date)
    ended = ended_by_now(last_date(vacancy.work_kind, work_date, valid_until), timezone)
    return vacancy._replace(valid_until=valid_until, work_date=work_date, ended=ended)
