"""What is in use: booths and vacancies that a fact or a tablet knows are changed in part, never taken away."""

from models.base.database import fetch, fetch_in
from models.derived.consent import KINDS as CONSENTS
from models.log.fact import data_of
from models.log.operation import HAS_EFFECT
from models.market.booth import ROUND, Booth
from models.market.log import AFTER, Log
from models.market.market_day import MarketDay
from models.market.offer import Offer


class InUse(Exception):
    """Facts or tablets know the thing: it can be changed in part, or closed, but not taken away."""


def is_used(booth: Booth) -> bool:
    """Say whether a tablet or a fact knows the booth."""
    here = (booth.market_day_id, booth.number)
    of_the_day = "operation WHERE tablet_id IN (SELECT id FROM log WHERE market_day_id = ?) AND booth = ?"
    places = ("visit WHERE market_day_id = ? AND booth = ?", "scan WHERE market_day_id = ? AND booth = ?", of_the_day)
    return Log.select().where(Log.booth == booth).exists() or any(
        fetch(f"SELECT 1 FROM {place} LIMIT 1", here) for place in places
    )


def is_named(offer: Offer) -> bool:
    """Say whether a fact names the vacancy on this market day; on the last day that offers it, on whichever."""
    is_last = offer.vacancy.offers.count() == 1
    return names_vacancy(offer.vacancy.number, None if is_last else offer.market_day_id) or _has_consents(offer)


def names_vacancy(number: str, day: int | None) -> bool:
    """Say whether a fact of a market day, or of any, names a vacancy."""
    days = "SELECT id FROM market_day" if day is None else "SELECT 0 + ?"
    of_day = () if day is None else (day,)
    scans = f"SELECT 1 FROM scan WHERE market_day_id IN ({days}) AND vacancy = ? LIMIT 1"
    closures = "SELECT 1 FROM operation WHERE subject = ?" + (" AND market_day_id = ?" if of_day else "") + " LIMIT 1"
    return bool(fetch(scans, (*of_day, number)) or fetch(closures, (number, *of_day)))


def _has_consents(offer: Offer) -> bool:
    """Say whether somebody's consent, or its withdrawal, names the vacancy on this market day and has an effect."""
    rows = fetch(
        "SELECT o.body, s.data FROM operation AS o LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id"
        f" AND s.seq = o.seq WHERE o.kind IN {CONSENTS} AND o.{HAS_EFFECT}"
        " AND o.tablet_id IN (SELECT id FROM log WHERE market_day_id = ?)",
        (offer.market_day_id,),
    )
    return any(data_of(body, corrected)["vacancy"] == offer.vacancy.number for body, corrected in rows)


def facts_of(days: list[MarketDay]) -> dict[int, int]:
    """Return how many facts each market day holds, phones' and organisers' included.

    What came after the day is not of it, nor what was recorded from door to door.
    """
    rows = fetch_in(
        f"SELECT market_day_id, SUM(acknowledged) FROM log WHERE kind <> '{AFTER}' AND NOT EXISTS"
        f" (SELECT 1 FROM booth AS b WHERE b.id = log.booth_id AND b.kind = '{ROUND}') AND market_day_id IN (??)"
        " GROUP BY market_day_id",
        [day.id for day in days],
    )
    return {day.id: 0 for day in days} | {day: int(facts) for day, facts in rows}
