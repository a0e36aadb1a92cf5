"""Completeness: whether every booth that was to have a tablet had one, and each has sent all it holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.figures.shapes import Completeness, TabletShape
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.tablet import Tablet


def completeness(market_day: MarketDay, booths: list[Booth], now: datetime) -> Completeness:
    """Return how complete a market day's figures are. Costs one query.

    A booth without a tablet is named. A tablet that was revoked before it sent anything is as if it had never been
    there, and so is one that is out with a survey. One that an organiser wrote off counts as complete, and its line
    says why.
    """
    zone = market_day.county.zone()
    tablets = [one for one in Tablet.enrolled(market_day) if one.counts and not one.booth.is_round]
    equipped = {tablet.booth.number for tablet in tablets}
    without = [booth.number for booth in booths if booth.expects_tablet and booth.number not in equipped]
    return {
        "as_of": now.astimezone(zone).isoformat(timespec="seconds"),
        "complete": bool(booths) and not without and all(tablet.is_complete for tablet in tablets),
        "tablets": [_tablet(tablet, zone) for tablet in tablets],
        "booths_without_tablet": without,
    }


def _tablet(tablet: Tablet, zone: ZoneInfo) -> TabletShape:
    contact = tablet.last_contact_at
    return {
        "tablet": tablet.letter,
        "booth": tablet.booth.number,
        "acknowledged": tablet.acknowledged,
        "unsent": tablet.unsent,
        "lost": tablet.lost or 0,
        "complete": tablet.is_complete,
        "written_off": tablet.written_off_why,
        "last_contact": contact and contact.astimezone(zone).isoformat(timespec="seconds"),
    }
