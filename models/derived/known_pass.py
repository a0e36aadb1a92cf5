"""Known passes: whether the pass that a fact names was given out, for this market day, by us."""

from models.derived.batch import Batch
from models.derived.noun import Noun
from models.keys.pass_key import FORGED, all_keys, check_signed
from models.people.candidate_pass import known_passes

REASONS = ("pass_forged", "pass_key_revoked", "pass_expired", "pass_other_day", "pass_unknown")


def judge_passes(batch: Batch) -> None:
    """Mark facts that name a pass that does not fit. A forged one was shown by nobody we know of."""
    named = [fact for fact in batch.facts if fact.pass_number and not fact.refusal]
    days = known_passes({fact.pass_number for fact in named if fact.pass_number})
    keys = all_keys() if any(fact.signed for fact in named) else {}
    for fact in named:
        if fact.signed:
            fault = check_signed(fact.signed, batch.day, fact.at_ms, keys)
            fact.is_shown = fault != FORGED
        else:
            day = days.get(fact.pass_number or "")
            fault = "pass_unknown" if day is None else "pass_other_day" if day != batch.day else None
        if fault:
            fact.remarks.add(fault)


KNOWN_PASS = Noun("known_pass", reasons=REASONS, judge=judge_passes)
