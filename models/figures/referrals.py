"""Referrals of a market day: how many people were sent on to what, and how many of them took it up."""

from models.base.database import fetch
from models.derived.referral import STEP_MADE, STEP_WITHDRAWN
from models.figures.shapes import Referred
from models.market.market_day import MarketDay
from models.vocabulary.code_list import REFERRAL_TOPICS

TAKEN_UP = "taken_up"


def referrals(market_day: MarketDay) -> Referred:
    """Count the referrals that stand. Topics that a newer tablet may know count as another desk. One statement."""
    rows = fetch(
        "SELECT id, person, topic, step, undoes FROM referral WHERE market_day_id = ?"
        " ORDER BY effective_ms, tablet_id, seq",
        (market_day.id,),
    )
    undone = {undoes for *_, step, undoes in rows if step == STEP_WITHDRAWN}
    made: set[tuple[str, str]] = set()
    outcome: dict[tuple[str, str], str] = {}
    for id, person, topic, step, _ in rows:
        if id in undone or step == STEP_WITHDRAWN:
            continue
        of = (person, topic if topic in REFERRAL_TOPICS else "other")
        if step == STEP_MADE:
            made.add(of)
        else:
            outcome[of] = step
    taken = {of for of in made if outcome.get(of) == TAKEN_UP}
    return {"referred": _by_topic(made), "taken_up": _by_topic(taken)}


def _by_topic(pairs: set[tuple[str, str]]) -> dict[str, int]:
    return {topic: sum(of == topic for _, of in pairs) for topic in REFERRAL_TOPICS}
