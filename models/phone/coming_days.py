"""Coming days: a county's market days as the public sees them, by town, on a page and in people's own calendars."""

import datetime
from datetime import date
from typing import NamedTuple

from models.base.clock import from_milliseconds
from models.base.database import fetch


class ComingDay(NamedTuple):
    """A published market day. ``cancelled`` is why it is not held, or empty; ``revision`` counts its changes."""

    id: int
    date: date
    opens_at: str
    closes_at: str
    place: str
    town: str
    town_code: str
    campaign: str
    cancelled: str
    is_cancelled: bool
    postponed_from: datetime.date | None
    revision: int
    changed_at: datetime.datetime
    vacancies: int


_SQL = (
    "SELECT d.id, d.date, d.opens_at, d.closes_at, d.place, t.name, d.town_id, COALESCE(m.name, ''), d.cancelled_why,"
    " d.cancelled_at, d.postponed_from, d.revision, COALESCE(d.revised_at, d.published_at),"
    " (SELECT COUNT(*) FROM offer AS o WHERE o.market_day_id = d.id)"
    " FROM market_day AS d JOIN division AS t ON t.code = d.town_id LEFT JOIN campaign AS m ON m.id = d.campaign_id"
    " WHERE d.county_id = ? AND d.date >= ? AND d.published_at IS NOT NULL"
)
_ORDER = " ORDER BY d.date, d.opens_at, d.id"


def coming_days(county: int, since: date, town: str = "") -> list[ComingDay]:
    """Return a county's published market days from a date on, or one town's (its code), by date. One statement."""
    of_town = (" AND d.town_id = ?", (town,)) if town else ("", ())
    return [_filled(row) for row in fetch(_SQL + of_town[0] + _ORDER, (county, since, *of_town[1]))]


def by_town(days: list[ComingDay]) -> list[tuple[str, str, list[ComingDay]]]:
    """Return (code, name, days) of each town that has any, the one that is held next before the others."""
    found: dict[str, tuple[str, str, list[ComingDay]]] = {}
    for day in days:
        found.setdefault(day.town_code, (day.town_code, day.town, []))[2].append(day)
    return list(found.values())


def _filled(row: tuple) -> ComingDay:
    id, on, opens, closes, place, town, code, campaign, why, cancelled_at, postponed, revision, changed, offers = row
    return ComingDay(
        id, _as_date(on), opens, closes, place, town, code, campaign, why, cancelled_at is not None,
        _as_date(postponed) if postponed else None, revision, from_milliseconds(changed), offers,
    )  # fmt: skip


def _as_date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
