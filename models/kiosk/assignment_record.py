"""What a device is told of its assignment: the log that it is to write next (docs/protocol.md 6, Devices)."""

from models.base.clock import from_milliseconds
from models.market.assignment import next_for
from models.market.tablet import Tablet


def assignment_record(tablet: Tablet) -> dict[str, object] | None:
    """Return the log to write next, or None when its device is expected at no booth any more.

    ``{tablet, booth, market_day, date, town, acknowledged, from}``: ``from`` is RFC 3339, ``acknowledged`` is above 0
    when the device has been there before.
    """
    found = next_for(tablet)
    if found is None:
        return None
    since = from_milliseconds(found.since).astimezone(tablet.market_day.county.zone())
    return {
        "tablet": found.letter,
        "booth": found.booth,
        "market_day": found.market_day.id,
        "date": found.market_day.date.isoformat(),
        "town": found.town,
        "acknowledged": found.acknowledged,
        "from": since.isoformat(timespec="seconds"),
    }


def log_name(tablet: Tablet) -> str:
    """Return what names a tablet's log in an address: its market day and its letter."""
    return f"{tablet.market_day_id}.{tablet.letter}"
