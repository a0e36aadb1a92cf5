"""What the office is told of people who were hired: at a second vacancy, or that they withdrew later."""

import pytest

from models.base.database import fetch
from models.intake.ingest import ingest
from models.quarantine.decide import settle
from models.schema import Tablet

TOLD = "SELECT t.letter, r.seq, r.reason FROM remark AS r JOIN log AS t ON t.id = r.tablet_id ORDER BY t.letter, r.seq"


@pytest.fixture
def hired(fair, operation):
    """Return a function that gives the facts by which a person is tied to a vacancy, is hired; they may withdraw."""

    def hired(vacancy, minute: int, seq: int = 1, withdraws: bool = False) -> list[dict]:
        at = f"2026-02-24T09:{minute:02d}:00+08:00"
        scan = operation(seq, "check_in.recorded", at=at, pass_=fair.passes[0], vacancy=vacancy.number)
        facts = [scan, operation(seq + 1, "check_in.progressed", at=at, check_in=scan["id"], stage="hired")]
        if withdraws:
            facts.append(operation(seq + 2, "check_in.withdrawn", at=at, check_in=scan["id"], by="candidate"))
        return facts

    return hired


@pytest.mark.parametrize("first", ["A", "B"])
def test_the_later_hire_of_two_needs_attention_whichever_arrived_first(fair, hired, first):
    logs = {"A": (fair.clothing, hired(fair.sewing, 10)), "B": (fair.kitchen, hired(fair.cook, 20))}
    for letter in sorted(logs, key=lambda letter: letter != first):
        booth, facts = logs[letter]
        ingest(Tablet.enlist(booth, letter).log, facts)

    assert fetch(TOLD) == [("B", 2, "hired_twice")]


def test_a_hire_that_was_set_aside_hired_nobody(fair, hired):
    early, late = Tablet.enlist(fair.clothing, "A"), Tablet.enlist(fair.kitchen, "B")
    ingest(early.log, hired(fair.sewing, 10))
    ingest(late.log, hired(fair.cook, 20))

    settle((early.id, 2), "set_aside", "chen")

    assert [row for row in fetch(TOLD) if row[2] == "hired_twice"] == []


def test_who_withdraws_after_being_hired_stays_counted_and_the_office_is_told(fair, hired):
    ingest(Tablet.enlist(fair.clothing, "A").log, hired(fair.sewing, 10, withdraws=True))

    assert fetch(TOLD) == [("A", 3, "withdrawn_after_hire")]
    assert fetch("SELECT stage, reached FROM check_in") == [("withdrawn", 4)]


def test_a_new_sending_takes_the_withdrawal_back(fair, hired, operation):
    tablet = Tablet.enlist(fair.clothing, "A")
    ingest(tablet.log, hired(fair.sewing, 10, withdraws=True))
    again = operation(
        4, "check_in.recorded", at="2026-02-24T10:00:00+08:00", pass_=fair.passes[0], vacancy=fair.sewing.number
    )
    ingest(tablet.log, [again])

    assert fetch(TOLD) == []
    assert fetch("SELECT stage, reached FROM check_in") == [("hired", 4)]


def test_a_sending_before_the_withdrawal_that_arrives_later_leads_nobody_back(fair, hired, operation):
    ingest(Tablet.enlist(fair.clothing, "A").log, hired(fair.sewing, 10, withdraws=True))
    early = operation(
        1, "check_in.recorded", at="2026-02-24T08:00:00+08:00", pass_=fair.passes[0], vacancy=fair.sewing.number
    )
    ingest(Tablet.enlist(fair.desk, "B").log, [early])

    assert fetch("SELECT stage, reached, at_ms FROM check_in") == [("withdrawn", 4, 1_771_891_200_000)]
