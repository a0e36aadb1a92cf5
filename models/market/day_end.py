"""The end of a market day: when phones register nobody for it any more, and when its tablets' logs are closed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.base.clock import utcnow
from models.market.market_day import MarketDay
from models.market.market_hours import closing_time, is_by_night

OPEN_AFTERWARDS = timedelta(days=7)  # in which a tablet may still send what it holds


def end_of(day: date, opens_at: str, closes_at: str, timezone: ZoneInfo) -> datetime:
    """Return the moment at which a market day is over: midnight, or when a night market closes on the next date."""
    if is_by_night(opens_at, closes_at):
        return closing_time(day, opens_at, closes_at).replace(tzinfo=timezone)
    return datetime.combine(day + timedelta(days=1), time(0), timezone)


def last_minute_of(day: MarketDay) -> datetime:
    """Return the last minute of a market day, to which passes for it hold."""
    return end_of(day.date, day.opens_at, day.closes_at, day.county.zone()) - timedelta(minutes=1)


def is_closed(day: MarketDay, now: datetime | None = None) -> bool:
    """Say whether the logs of a market day's tablets are closed: seven days after it is over."""
    over = end_of(day.date, day.opens_at, day.closes_at, day.county.zone())
    return (now or utcnow()) >= over + OPEN_AFTERWARDS


def oldest_not_closed() -> date:
    """Return a date before which the logs of all market days are closed, in whatever time zone."""
    return (utcnow() - OPEN_AFTERWARDS).date() - timedelta(days=2)
