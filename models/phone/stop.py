"""Stops as the public reads them: where a caravan stands, from when to when."""

from typing import NamedTuple

from models.base.database import fetch
from models.phone.notice import DayNotice


class StopNotice(NamedTuple):
    """Where a caravan stands, and from when to when (HH:MM)."""

    place: str
    starts_at: str
    ends_at: str


def stop_notices(day: DayNotice) -> tuple[StopNotice, ...]:
    """Return the stops of a caravan in their order; nothing of another event. One statement of a caravan."""
    if day.event_type != "CARAVAN":
        return ()
    rows = fetch("SELECT place, starts_at, ends_at FROM stop WHERE market_day_id = ? ORDER BY number", (day.id,))
    return tuple(StopNotice(*row) for row in rows)
