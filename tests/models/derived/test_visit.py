"""Visits: where somebody was, since when."""

import pytest

from models.figures.summary import figures
from models.intake.ingest import ingest, record
from models.kiosk.set_up import change_market_day
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


@pytest.fixture
def sign_up(fair, operation):
    """Return a function that checks somebody in by phone, at a time; each with a pass of their own."""
    passes = iter(fair.passes)

    def sign_up(at: str) -> str:
        number = next(passes)
        record(fair.day, [operation(0, "check_in.recorded", at=at, pass_=number, vacancy=fair.sewing.number)])
        return number

    return sign_up


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        ("2026-02-23T19:00:00+08:00", False),  # at home, the evening before
        ("2026-02-24T07:29:59+08:00", False),
        ("2026-02-24T07:30:00+08:00", True),
        ("2026-02-24T12:30:00+08:00", True),
        ("2026-02-24T12:30:01+08:00", False),
        ("2026-02-25T09:00:00+08:00", False),
    ],
)
def test_a_phone_shows_a_visit_while_the_market_is_open_and_half_an_hour_either_side(fair, sign_up, at, counts):
    sign_up(at)

    found = figures(fair.day)

    assert (found["visits"], found["persons"], found["signed_up"]) == ((1, 1, 0) if counts else (0, 0, 1))
    assert found["check_ins"] == 1


def test_who_signed_up_and_came_to_any_booth_is_no_sign_up_any_more(fair, sign_up, operation):
    early, other = sign_up("2026-02-23T19:00:00+08:00"), sign_up("2026-02-23T20:00:00+08:00")
    ingest(Tablet.enlist(fair.kitchen, "A").log, [operation(1, "visit.recorded", pass_=early)])

    found = figures(fair.day)

    assert (found["persons"], found["signed_up"], found["nameless"]) == (1, 1, 1)
    assert [visit.person for visit in Visit.select()] == [early] != [other]


def test_other_hours_judge_the_phones_check_ins_anew(fair, sign_up, operation):
    number = sign_up("2026-02-24T06:00:00+08:00")
    ingest(Tablet.enlist(fair.clothing, "A").log, [operation(1, "visit.recorded", at=NINE, pass_=number)])
    hours = {"campaign": fair.campaign, "closes_at": "12:00"}

    change_market_day(fair.day, opens_at="06:30", **hours)
    assert [(visit.booth, visit.at_ms) for visit in Visit.select()] == [(1, 1_771_884_000_000)]  # 06:00
    change_market_day(fair.day, opens_at="08:00", **hours)
    assert [(visit.booth, visit.at_ms) for visit in Visit.select()] == [(1, 1_771_894_800_000)]  # 09:00
