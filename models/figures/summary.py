"""The attendance summary: the figures of a market day as docs/protocol.md defines them.

Everything is counted from derived rows, through covering indexes. The page, JSON, CSV and XLSX read one dict, so
their figures are the same. What a closed day's sheet says is in models/figures/version.py.
"""

from datetime import datetime

from models.base.clock import utcnow
from models.base.database import fetch, reading
from models.figures.attendance import attendance
from models.figures.breakdown import breakdowns
from models.figures.completeness import completeness
from models.figures.referrals import referrals
from models.figures.shapes import DayShape, Figures, Headlines, Offered, StopShape, Waiting
from models.log.operation import ATTENTION, REFUSED, WAITING
from models.market.booth import stands_of
from models.market.market_day import MarketDay
from models.market.stop import Stop
from models.quarantine import queue


def figures(market_day: MarketDay, now: datetime | None = None) -> Figures:
    """Return all figures of a market day as they stand now, closed or not, and how complete they are."""
    with reading():
        return {**headlines(market_day, now), **breakdowns(market_day)}


def headlines(market_day: MarketDay, now: datetime | None = None) -> Headlines:
    """Return the figures that need not know who the people were: what is looked at while the day goes on."""
    with reading():
        booths = stands_of(market_day)
        return {
            "market_day": _head(market_day),
            "stops": _stops(market_day),
            "version": None,
            **completeness(market_day, booths, now or utcnow()),
            **attendance(market_day, booths),
            **referrals(market_day),
            **_waiting(market_day),
            **_offered(market_day),
        }


def _head(market_day: MarketDay) -> DayShape:
    campaign = market_day.campaign
    return {
        "id": market_day.id,
        "date": market_day.date.isoformat(),
        "town": market_day.town_name,
        "place": market_day.place,
        "venue": market_day.venue,
        "opens_at": market_day.opens_at,
        "closes_at": market_day.closes_at,
        "office": market_day.county.service_name,
        "campaign": campaign.name if campaign else "",
        "theme": campaign.theme if campaign else "",
        "cancelled": market_day.cancelled_why,
        "postponed_from": market_day.postponed_from.isoformat() if market_day.postponed_from else "",
        "postponed": market_day.postponed_why,
        "afterwards": market_day.afterwards,
        "event_type": market_day.event_type,
        "event_class": market_day.event_class,
        "level": market_day.level,
        "hosts": market_day.hosts,
        "co_organisers": market_day.co_organisers,
        "employers_online": market_day.employers_online,
        "viewers": market_day.viewers,
    }


def _stops(market_day: MarketDay) -> list[StopShape]:
    return [
        {"stop": stop.number, "place": stop.place, "starts_at": stop.starts_at, "ends_at": stop.ends_at}
        for stop in Stop.of_day(market_day)
    ]


def _waiting(market_day: MarketDay) -> Waiting:
    found = queue.counts(market_day, of_the_market=True)
    return {
        "attention": found[ATTENTION],
        "waiting": found[WAITING],
        "refused": found[REFUSED],
        "settled": found["settled"],
    }


def _offered(market_day: MarketDay) -> Offered:
    """Return what was offered: kinds of work (岗位数) and places (招聘人数) are different numbers."""
    ((kinds, openings),) = fetch(
        "SELECT COUNT(*), COALESCE(SUM(v.openings), 0) FROM offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id"
        " WHERE o.market_day_id = ?",
        (market_day.id,),
    )
    employers = fetch(
        "SELECT COUNT(DISTINCT employer_id) FROM booth WHERE market_day_id = ? AND kind = 'employer'", (market_day.id,)
    )
    return {"employers_on_site": employers[0][0], "vacancy_kinds": kinds, "openings": int(openings)}
