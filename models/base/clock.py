"""The clock: the one place that asks for the time, so that tests can set it."""

from datetime import UTC, datetime


def utcnow() -> datetime:
    """Return now as aware UTC."""
    return datetime.now(UTC)


HOUR_MS = 3_600_000


def milliseconds(moment: datetime) -> int:
    """Return a moment as integer milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def from_milliseconds(ms: int) -> datetime:
    """Return the moment so many milliseconds after 1970 began, as aware UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC)
