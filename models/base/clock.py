"""The clock: the one place that asks what time it is, so that tests can say."""

from datetime import UTC, datetime


def utcnow() -> datetime:
    """Return now as aware UTC."""
    return datetime.now(UTC)


def milliseconds(moment: datetime) -> int:
    """Return a moment as integer milliseconds since 1970."""
    return int(moment.timestamp() * 1000)
