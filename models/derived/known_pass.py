"""Known passes: whether the pass that a fact names was given out, for this market day, by us.

A number that somebody typed or printed proves nothing: of another market day, or never given out, it is counted as a
number alone, which is nobody's pass (``number_of``). To give it to a candidate waits for a person.
"""

from models.derived.batch import Batch
from models.derived.noun import Noun
from models.keys.pass_key import FORGED, check_signed, day_of, keys_of
from models.log.fact import Fact
from models.people.candidate_pass import is_prolonged, known_passes

EXPIRED, OTHER_DAY = "pass_expired", "pass_other_day"
REASONS = ("pass_forged", "pass_key_revoked", EXPIRED, OTHER_DAY, "pass_unknown", "pass_out_of_reach")
OF_NO_PASS = ("pass_unknown", "pass_out_of_reach")  # of a number that was never given out, until it is


def judge_passes(batch: Batch) -> None:
    """Mark facts that name a pass that does not fit. A forged one was shown by nobody we know of."""
    named = [fact for fact in batch.facts if fact.pass_number and not fact.refusal]
    days = known_passes({fact.pass_number for fact in named if fact.pass_number})
    keys = keys_of(batch.log.market_day.county_id) if any(fact.signed for fact in named) else {}
    for fact in named:
        day = days.get(fact.pass_number or "")
        if fact.signed:
            fault = check_signed(fact.signed, batch.day, fact.at_ms, keys)
            fact.is_shown = fault != FORGED
            if fault == EXPIRED and is_prolonged(fact.pass_number or "", fact.at_ms):
                fault = None
            day = day_of(fact.signed) if fact.is_shown else day
        else:
            fault = "pass_unknown" if day is None else OTHER_DAY if day != batch.day else None
        if fault:
            fact.remarks.add(fault)
        if day != batch.day:
            _keep_apart(fact, batch.day)


def _keep_apart(fact: Fact, day: int) -> None:
    """A pass that is none of the market day is linked with nobody by this fact, unless its signature proves it."""
    fact.is_bound = False
    if fact.kind == "pass.bound":
        fact.remarks.add("pass_out_of_reach")
    elif fact.subject == fact.pass_number and not fact.is_shown:
        fact.subject = number_of(fact.pass_number or "", day)


def number_of(pass_number: str, day: int) -> str:
    """Return the node of a number that is no pass of the market day: nobody's but its own."""
    return f"{day}:{pass_number}"


KNOWN_PASS = Noun("known_pass", reasons=REASONS, judge=judge_passes)
