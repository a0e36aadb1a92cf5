"""Lost passes: what was recorded with a pass after it was declared void.

It is kept and counted as before and put to somebody's attention: whoever showed it may have found it. The booth is told
nothing of its former owner (models/kiosk/candidate_record.py).
"""

from bisect import bisect

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun
from models.derived.ownership import timelines_of
from models.derived.visit import SCANS
from models.log.operation import HAS_EFFECT, Key
from models.log.remark import replace_remarks

REASON = "pass_void"


def review(batch: Batch) -> None:
    """Judge what was recorded with the passes that a batch names."""
    named = {fact.pass_number for fact in batch.facts if fact.pass_number} | batch.judged
    again = {fact.pass_number for fact in batch.facts if fact.kind == "pass.voided" and fact.pass_number}
    known = fetch_in("SELECT DISTINCT pass_number FROM pass_void WHERE pass_number IN (??)", named)
    passes = again | {number for (number,) in known}
    if not passes:
        return
    timelines = timelines_of(passes)
    rows = fetch_in(
        "SELECT subject, effective_ms, tablet_id, seq FROM operation"
        f" WHERE kind IN {SCANS} AND {HAS_EFFECT} AND subject IN (??)",
        passes,
    )
    reasons: dict[Key, set[str]] = {}
    for number, *moment in rows:
        times, states = timelines.get(number, ([], []))
        place = bisect(times, tuple(moment))
        reasons[moment[1], moment[2]] = {REASON} if place and states[place - 1] else set()
    replace_remarks({REASON}, reasons)


LOST_PASS = Noun("lost_pass", reasons=(REASON,), review=review)
