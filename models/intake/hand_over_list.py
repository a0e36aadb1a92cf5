"""Hand-over list: what was handed over for a market day, and the logs that keep what fitted nowhere."""

from typing import NamedTuple

from peewee import JOIN

from models.intake.hand_over import HandOver
from models.market.division import Division
from models.market.log import RESCUED, Log
from models.market.market_day import MarketDay


class Listed(NamedTuple):
    """A hand-over, the letter of its rescue log or "", and the log of the tablet that brought it."""

    hand_over: HandOver
    rescue: str
    bearer: Log | None


def hand_overs_of(day: MarketDay) -> list[Listed]:
    """Return the hand-overs of a market day, the latest first, in three queries. No box is read."""
    fields = [field for field in HandOver._meta.sorted_fields if field is not HandOver.box]
    found = (
        HandOver.select(*fields, Log)
        .join(Log, JOIN.LEFT_OUTER)
        .where(HandOver.county == day.county_id, HandOver.market_day == day)
        .order_by(HandOver.received_at.desc())
    )
    rescued = Log.select().where(Log.market_day == day, Log.kind == RESCUED)
    letters = {log.rescued_from: log.letter for log in rescued}
    hand_overs = list(found)
    bearers = _bearers({hand_over.bearer_id for hand_over in hand_overs if hand_over.bearer_id})
    return [Listed(h, letters.get(h.tablet_id, ""), bearers.get(h.bearer_id or 0)) for h in hand_overs]


def listed(hand_over: HandOver) -> Listed:
    """Return one hand-over as it is listed."""
    log = hand_over.log and hand_over.log.rescued()
    bearers = _bearers({hand_over.bearer_id} if hand_over.bearer_id else set())
    return Listed(hand_over, log.letter if log else "", bearers.get(hand_over.bearer_id or 0))


def _bearers(ids: set[int]) -> dict[int, Log]:
    found = Log.select(Log, MarketDay, Division).join(MarketDay).join(Division).where(Log.id.in_(ids))
    return {log.id: log for log in found} if ids else {}
