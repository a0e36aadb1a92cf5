"""Own queue: where somebody waits just now, as far as tablets have sent, and whether they are called.

An estimate, and said as one: a booth without network has a longer or a shorter queue, and calls whom it wants.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.base.clock import from_milliseconds
from models.base.database import fetch, fetch_in
from models.derived.calling import WAITING, called_scans
from models.market.market_hours import closing_time
from models.phone.notice import DayNotice
from models.phone.own_page import OwnCheckIn, OwnPage

_STAGES = ", ".join(f"'{stage}'" for stage in WAITING)


class Place(NamedTuple):
    """A booth at which somebody waits. ``before``: about how many came earlier; None of who was not seen there yet.

    ``heard_at``: when the booth's tablets were last heard of, None for never.
    """

    booth: int
    title: str
    is_called: bool
    before: int | None
    heard_at: datetime | None


def places_of(page: OwnPage, check_ins: Iterable[OwnCheckIn], now: datetime) -> list[Place]:
    """Return where somebody waits today, where they are called first; each booth once."""
    found: dict[tuple[int, int], Place] = {}
    for check_in in check_ins:
        day, booth = check_in.day, check_in.vacancy.booth
        if check_in.stage not in WAITING or not _is_on(day, now) or (day.id, booth) in found:
            continue
        is_called = booth in _called(page, day.id, now)
        found[day.id, booth] = Place(
            booth, check_in.vacancy.title, is_called, _before(page.person, day.id, booth), _heard_at(day.id, booth)
        )
    return sorted(found.values(), key=lambda place: (not place.is_called, place.booth))


def _called(page: OwnPage, day: int, now: datetime) -> set[int]:
    """Return at which booths somebody is called by what was recorded under this registration or its passes."""
    calls = called_scans(day, now)
    rows = fetch_in("SELECT id, node FROM scan WHERE person = ? AND id IN (??)", calls, page.person)
    nodes = set(page.nodes()) if rows else set()
    return {calls[scan] for scan, node in rows if node in nodes}


def _is_on(day: DayNotice, now: datetime) -> bool:
    """Say whether a market day is held and goes on; who signed up for another day waits nowhere."""
    here = now.astimezone(ZoneInfo(day.timezone)).replace(tzinfo=None)
    begins = datetime.combine(day.date, datetime.min.time())
    return not day.cancelled and begins <= here < closing_time(day.date, day.opens_at, day.closes_at)


def _before(person: str, day: int, booth: int) -> int | None:
    """Return how many came to a booth earlier and wait there, None of who was not seen there."""
    rows = fetch(
        "SELECT c.person, MIN(c.at_ms) FROM check_in AS c JOIN visit AS v ON v.market_day_id = c.market_day_id"
        f" AND v.person = c.person AND v.booth = c.booth WHERE c.market_day_id = ? AND c.booth = ?"
        f" AND c.stage IN ({_STAGES}) GROUP BY c.person",
        (day, booth),
    )
    since = dict(rows)
    return sum(at_ms < since[person] for at_ms in since.values()) if person in since else None


def _heard_at(day: int, booth: int) -> datetime | None:
    """Return when a tablet of a booth was last heard of."""
    ((at_ms,),) = fetch(
        "SELECT MAX(t.last_contact_at) FROM log AS l JOIN tablet AS t ON t.id = l.id"
        " JOIN booth AS b ON b.id = l.booth_id WHERE l.market_day_id = ? AND b.number = ?",
        (day, booth),
    )
    return None if at_ms is None else from_milliseconds(at_ms)
