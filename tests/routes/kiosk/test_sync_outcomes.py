"""What became of a fact after its tablet had an answer: told at the next sync, once, and to nobody else."""

from uuid import uuid4

import pytest


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.clothing)


@pytest.fixture
def scan(fair, operation):
    """Return a function that makes a scan of the first pass for the sewing vacancy."""

    def scan(seq: int, **changes: object) -> dict:
        data = {"pass_": fair.passes[0], "vacancy": fair.sewing.number, "channel": "card"}
        return operation(seq, "check_in.recorded", **data | changes)

    return scan


def outcomes(answer) -> list[tuple]:
    return [(result["outcome"], result.get("reason")) for result in answer.json["results"]]


def told(answer) -> dict[str, dict | None]:
    return {change["id"]: change["data"] for change in answer.json["changes"] if change["kind"] == "outcome"}


def test_a_move_that_waited_is_told_when_its_check_in_has_come(tablet, enrol, fair, scan, operation):
    id = str(uuid4())
    waiting = tablet.sync(operation(1, "check_in.progressed", check_in=id, stage="interviewed"))
    assert outcomes(waiting) == [("waiting", "check_in_unknown")] and told(waiting) == {}

    colleague, neighbour = enrol(fair.clothing), enrol(fair.other_booth)
    colleague.sync(scan(1, id=id))
    letter, cursor = tablet.tablet.letter, waiting.json["cursor"]
    answer = tablet.sync(cursor=cursor)
    assert told(answer) == {f"{letter} 1": None}  # nothing is to be said of it any more
    assert told(tablet.sync(cursor=answer.json["cursor"])) == {}
    assert told(neighbour.sync()) == {}


def test_within_one_batch_the_answer_itself_says_it(tablet, scan, operation):
    id = str(uuid4())
    answer = tablet.sync(operation(1, "check_in.progressed", check_in=id, stage="interviewed"), scan(2, id=id))

    assert outcomes(answer) == [("applied", None)] * 2
    assert set(told(answer).values()) <= {None}


def test_what_was_taken_at_first_and_needs_somebody_later_is_told(tablet, enrol, fair, scan, operation):
    taken = tablet.sync(scan(1, at="2026-02-24T10:00:00+08:00"))
    assert outcomes(taken) == [("applied", None)]

    closing = operation(1, "vacancy.filled", at="2026-02-24T09:30:00+08:00", vacancy=fair.sewing.number)
    enrol(fair.clothing).sync(closing)
    letter = tablet.tablet.letter
    answer = tablet.sync(cursor=taken.json["cursor"])
    closed = {"tablet": letter, "seq": 1, "outcome": "attention", "reason": "vacancy_closed"}
    assert told(answer) == {f"{letter} 1": closed}


def test_a_tablet_that_lost_its_store_hears_how_its_facts_stand(tablet, scan, operation):
    tablet.sync(operation(1, "check_in.progressed", check_in=str(uuid4()), stage="interviewed"), scan(2))

    letter = tablet.tablet.letter
    waiting = {"tablet": letter, "seq": 1, "outcome": "waiting", "reason": "check_in_unknown"}
    assert told(tablet.browser.get("/kiosk/snapshot?own=1")) == {f"{letter} 1": waiting}
    assert told(tablet.browser.get("/kiosk/snapshot")) == {}  # what the answer said already
