"""Hand-over list: what was handed over for a market day, and the logs that keep what fitted nowhere."""

from peewee import JOIN

from models.intake.hand_over import HandOver
from models.market.log import RESCUED, Log
from models.market.market_day import MarketDay


def hand_overs_of(day: MarketDay) -> list[tuple[HandOver, str]]:
    """Return ``(hand-over, letter of its rescue log or "")``, the latest first, in two queries. No box is read."""
    fields = [field for field in HandOver._meta.sorted_fields if field is not HandOver.box]
    found = (
        HandOver.select(*fields, Log)
        .join(Log, JOIN.LEFT_OUTER)
        .where(HandOver.county == day.county_id, HandOver.market_day == day)
        .order_by(HandOver.received_at.desc())
    )
    rescued = Log.select().where(Log.market_day == day, Log.kind == RESCUED)
    letters = {log.rescued_from: log.letter for log in rescued}
    return [(hand_over, letters.get(hand_over.tablet_id, "")) for hand_over in found]


def rescue_letter(hand_over: HandOver) -> str:
    """Return the letter of the log that keeps what did not fit into the tablet's own, or nothing."""
    log = hand_over.log and hand_over.log.rescued()
    return log.letter if log else ""
