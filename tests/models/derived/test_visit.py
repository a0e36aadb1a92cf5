"""Visits: where somebody was, since when."""

from models.intake.ingest import ingest
from models.schema import Tablet, Visit

EIGHT, NINE = (f"2026-02-24T0{hour}:00:00+08:00" for hour in (8, 9))


def test_the_earliest_fact_of_a_visit_stays_whichever_came_first(fair, operation):
    first, second = Tablet.enlist(fair.clothing, "A"), Tablet.enlist(fair.clothing, "B")
    late, early = fair.passes[:2]
    for tablet, passes in ((first, (late, early)), (second, (early, late))):
        at = [NINE if (tablet is first) == (number == late) else EIGHT for number in passes]
        ingest(tablet.log, [
            operation(seq, "visit.recorded", at=moment, pass_=number)
            for seq, (moment, number) in enumerate(zip(at, passes, strict=True), start=1)
        ])  # fmt: skip

    starts = {visit.person: visit.at_ms for visit in Visit.select()}
    assert starts == {late: 1_771_891_200_000, early: 1_771_891_200_000}  # 08:00 for both
