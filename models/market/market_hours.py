"""Market hours: a market that closes at or before the hour at which it opens is one by night and ends next morning."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

NIGHT_FROM, NIGHT_UNTIL = "12:00", "06:00"  # when a night market may open at the earliest, and must have closed


def is_by_night(opens_at: str, closes_at: str) -> bool:
    """Say whether a market ends on the date after its own."""
    return closes_at <= opens_at


def can_be(opens_at: str, closes_at: str) -> bool:
    """Say whether a market may have these hours: 08:00 to 07:00 is a slip, 18:00 to 01:00 a night market."""
    return closes_at > opens_at or (opens_at >= NIGHT_FROM and closes_at <= NIGHT_UNTIL)


def closing_time(on: date, opens_at: str, closes_at: str) -> datetime:
    """Return when a market of a date closes, by the clock of its place."""
    return datetime.combine(on + timedelta(days=is_by_night(opens_at, closes_at)), time.fromisoformat(closes_at))


def moment_at(on: date, opens_at: str, closes_at: str, clock: time) -> datetime:
    """Return the moment that a time of day means on a market day: of a night market perhaps on the next morning."""
    belongs_to_morning = clock.hour < first_hour(opens_at, closes_at)
    return datetime.combine(on + timedelta(days=belongs_to_morning), clock)


def first_hour(opens_at: str, closes_at: str) -> int:
    """Return the hour with which a market day's 24 begin: 0, or of a night market amid the time it is closed."""
    return (int(opens_at[:2]) + int(closes_at[:2]) + 1) // 2 if is_by_night(opens_at, closes_at) else 0


def in_order(hours: Iterable[int], first: int) -> list[int]:
    """Return hours of the day in the order of a market day that begins with ``first``."""
    return sorted(hours, key=lambda hour: (hour - first) % 24)


def span_of(hours: Iterable[int], first: int) -> list[int]:
    """Return every hour from the earliest to the latest of these, in the order of a market day."""
    places = [(hour - first) % 24 for hour in hours]
    return [(first + place) % 24 for place in range(min(places), max(places) + 1)]
