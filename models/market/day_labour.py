"""Day labour: a vacancy for one date, which ends with that date by the clock, without anybody's act.

Nothing is written down when it ends: whoever shows it compares the clock, so it ends on a tablet without network too.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peewee import Expression

from models.base.clock import milliseconds, utcnow
from models.market.vacancy import Vacancy

DAY = "day"  # the kind of work
Written = date | str | None


def last_date(work_kind: str, work_date: date | None, valid_until: date | None) -> date | None:
    """Return the date with which a vacancy ends by itself; None of one that somebody has to close."""
    dates = [one for one in (work_date, valid_until) if one is not None]
    return min(dates) if work_kind == DAY and dates else None


def has_ended(vacancy: Vacancy, today: date) -> bool:
    """Say whether a vacancy was day labour of a date before ``today``."""
    last = last_date(vacancy.work_kind, vacancy.work_date, vacancy.valid_until)
    return last is not None and last < today


def is_past(vacancy: Vacancy, today: date) -> bool:
    """Say whether a vacancy's last date, of whatever kind it is, was before ``today``."""
    return has_ended(vacancy, today) or (vacancy.valid_until is not None and vacancy.valid_until < today)


def good_on(on: date) -> Expression:
    """Return the condition for vacancies that a market day of a date may offer."""
    is_valid = Vacancy.valid_until.is_null() | (Vacancy.valid_until >= on)
    return is_valid & ((Vacancy.work_kind != DAY) | Vacancy.work_date.is_null() | (Vacancy.work_date >= on))


def end_of_date(last: date, timezone: str) -> datetime:
    """Return the moment at which a date ends in a place."""
    return datetime.combine(last + timedelta(days=1), time(0), ZoneInfo(timezone))


def today_in(timezone: str) -> date:
    """Return today's date in a place."""
    return utcnow().astimezone(ZoneInfo(timezone)).date()


def ended_by_now(last: date | None, timezone: str) -> bool:
    """Say whether a date has ended in a place."""
    return last is not None and utcnow() >= end_of_date(last, timezone)


def end_ms(work_kind: str, work_date: Written, valid_until: Written, timezone: str) -> int | None:
    """Return when a vacancy ends by itself, in ms, from what a row of the database says of it."""
    last = last_date(work_kind, as_date(work_date), as_date(valid_until))
    return None if last is None else milliseconds(end_of_date(last, timezone))


def as_date(value: Written) -> date | None:
    """Return a date as it came from the database: SQLite keeps it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
