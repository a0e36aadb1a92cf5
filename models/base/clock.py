"""The clock: the one place that asks for the time, so that tests can set it."""

from datetime import UTC, datetime


def utcnow() -> datetime:
    """Return now as aware UTC."""
    return datetime.now(UTC)


HOUR_MS = 3_600_000
LAST_MS = 4_102_444_800_000  # 2100-01-01


def milliseconds(moment: datetime) -> int:
    """Return a moment as integer milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def clamped(ms: int) -> int:
    """Return a time within 1970 to 2100: what is beyond cannot be drawn, and is as wrong at the edge."""
    return min(max(ms, 0), LAST_MS)


def from_milliseconds(ms: int) -> datetime:
    """Return the moment so many milliseconds after 1970 began, as aware UTC, clamped."""
    return datetime.fromtimestamp(clamped(ms) / 1000, UTC)
