"""Lost passes, corrections, and what is taken back, as tablets send it and other tablets and the office see it."""

import pytest

from models.base.database import fetch
from models.figures.summary import figures
from models.quarantine.decide import settle
from models.schema import Candidate, MarketDay
from tests.routes.kiosk.test_sync import outcomes

LATER, AT_LAST = "2026-02-24T09:20:00+08:00", "2026-02-24T09:40:00+08:00"


@pytest.fixture
def person(operation):
    """Return a function that registers a candidate."""

    def person(seq: int = 1, **changes: object) -> dict:
        data = {"name": "欧阳娜娜", "birth_year": 1970, "trades": ["sewing"], "wanted_place": "town", "work_kinds": []}
        return operation(seq, "candidate.registered", **data | changes)

    return person


def told(answer: object) -> list[dict | None]:
    """Return what an answer says of candidates."""
    return [change["data"] for change in answer.json["changes"] if change["kind"] == "candidate"]


def count(day: MarketDay, *names: str) -> list[int]:
    counted = figures(MarketDay.get_by_id(day.id))
    return [counted[name] for name in names]


def reasons() -> list[str | None]:
    return [reason for (reason,) in fetch("SELECT reason FROM operation ORDER BY tablet_id, seq")]


def test_a_lost_pass_is_void_for_whoever_finds_it(fair, enrol, operation, person):
    lost, fresh = fair.passes[:2]
    one = person(pass_=lost)
    clothing, kitchen = enrol(fair.clothing), enrol(fair.kitchen)
    found = operation(1, "check_in.recorded", at=AT_LAST, pass_=lost, vacancy=fair.cook.number)
    before = kitchen.sync(found)  # before anybody knows that it was lost
    clothing.sync(
        one, operation(2, "pass.voided", at=LATER, pass_=lost, candidate=one["id"]),
        operation(3, "pass.bound", at=LATER, pass_=fresh, candidate=one["id"]),
    )  # fmt: skip

    answer = kitchen.sync(operation(2, "visit.recorded", at=AT_LAST, pass_=lost), cursor=before.json["cursor"])

    assert outcomes(answer) == [("attention", "pass_void")]
    assert told(answer) == [None] and "欧阳" not in answer.text
    assert reasons() == [None, None, None, "pass_void", "pass_void"]
    assert count(fair.day, "check_ins", "visits") == [1, 2]  # nothing of it is lost
    at_home = enrol(fair.clothing).browser.get("/kiosk/snapshot").json
    (known,) = [change["data"] for change in at_home["changes"] if change["kind"] == "candidate"]
    assert (known["passes"], known["void_passes"]) == ([fresh], [lost])


def test_with_a_lost_pass_nobody_becomes_its_owner(fair, enrol, operation, person):
    lost = fair.passes[0]
    one, finder = person(pass_=lost), person(2, at=AT_LAST, name="罗小明", pass_=lost)
    tablet = enrol(fair.clothing)
    tablet.sync(one, finder)
    assert count(fair.day, "persons") == [1]  # as if two had been registered with one pass

    answer = enrol(fair.clothing).sync(operation(1, "pass.voided", at=LATER, pass_=lost, candidate=one["id"]))

    assert outcomes(answer) == [("applied", None)]
    assert count(fair.day, "persons", "registered") == [2, 2]
    assert reasons()[1] == "pass_bound_twice"


def test_nobody_makes_anothers_pass_void_unless_somebody_accepts_it(fair, enrol, operation, person):
    theirs = fair.passes[0]
    one, other = person(pass_=theirs), person(2, name="罗小明")
    tablet = enrol(fair.clothing)
    void = operation(3, "pass.voided", pass_=theirs, candidate=other["id"])
    answer = tablet.sync(one, other, void, operation(4, "visit.recorded", at=LATER, pass_=theirs))
    assert outcomes(answer)[2:] == [("waiting", "pass_not_theirs"), ("applied", None)]

    settle((tablet.tablet.id, 3), "accepted", "chen")

    assert reasons()[2:] == ["accepted", "pass_void"]


def test_a_pass_that_was_given_by_mistake_is_nobodys_again_and_the_earlier_one_good(fair, enrol, operation, person):
    card, mistaken = fair.passes[:2]
    one, other = person(pass_=card), person(2, name="罗小明")
    tablet = enrol(fair.clothing)
    answer = tablet.sync(
        one, other, operation(3, "pass.voided", pass_=card, candidate=one["id"]),
        operation(4, "pass.bound", pass_=mistaken, candidate=one["id"]),
        operation(5, "pass.voided", at=LATER, pass_=mistaken, candidate=one["id"], by="mistake"),
        operation(6, "pass.bound", at=LATER, pass_=card, candidate=one["id"]),
        operation(7, "pass.bound", at=AT_LAST, pass_=mistaken, candidate=other["id"]),
        operation(8, "visit.recorded", at=AT_LAST, pass_=card),
    )  # fmt: skip
    assert set(outcomes(answer)) == {("applied", None)}
    assert count(fair.day, "persons", "nameless") == [2, 0]


def test_a_registration_taken_back_counts_no_more_and_its_ties_stay_without_a_name(fair, enrol, operation, person):
    one = person(pass_=fair.passes[0], phone="13800006677")
    tablet, second = enrol(fair.clothing), enrol(fair.clothing)
    tablet.sync(one)
    assert told(second.sync())[0]["phone_end"] == "6677"
    withdrawn = operation(2, "candidate.withdrawn", at=LATER, candidate=one["id"])
    assert outcomes(tablet.sync(withdrawn)) == [("applied", None)]
    assert count(fair.day, "registered", "visits", "persons") == [0, 0, 0]
    assert not Candidate.select().exists()

    tie = operation(3, "check_in.recorded", candidate=one["id"], vacancy=fair.sewing.number)  # which it made before
    assert outcomes(tablet.sync(tie)) == [("applied", None)]
    assert count(fair.day, "registered", "visits", "nameless", "check_ins") == [0, 1, 1, 1]
    assert reasons() == [None, "registration_tied", None]

    answer = tablet.sync(operation(4, "candidate.restored", at=AT_LAST, candidate=one["id"]))
    assert outcomes(answer) == [("applied", None)]
    assert count(fair.day, "registered", "visits", "nameless", "check_ins") == [1, 1, 0, 1]
    assert reasons()[1] is None
    assert (Candidate.get().name, Candidate.get().phone) == ("欧阳娜娜", "13800006677")


def test_whoever_is_registered_with_the_pass_next_is_the_person_of_its_ties(fair, enrol, operation, person):
    card = fair.passes[0]
    wrong, right = person(pass_=card), person(4, name="罗小明", at=AT_LAST, pass_=card)
    tie = operation(2, "check_in.recorded", candidate=wrong["id"], vacancy=fair.sewing.number)
    answer = enrol(fair.clothing).sync(wrong, tie, operation(3, "candidate.withdrawn", candidate=wrong["id"]), right)

    assert set(outcomes(answer)) == {("applied", None), ("attention", "registration_tied")}
    assert count(fair.day, "registered", "persons", "nameless", "check_ins") == [1, 1, 0, 1]


def test_a_visit_that_was_taken_back_never_was(fair, enrol, operation):
    tablet = enrol(fair.clothing)
    visit = operation(1, "visit.recorded", pass_=fair.passes[0])
    tablet.sync(visit, operation(2, "visit.recorded", pass_=fair.passes[1]))
    assert count(fair.day, "visits") == [2]
    assert outcomes(tablet.sync(operation(3, "visit.withdrawn", visit=visit["id"]))) == [("applied", None)]
    assert count(fair.day, "visits", "persons") == [1, 1]
    settle((tablet.tablet.id, 3), "set_aside", "chen")
    assert count(fair.day, "visits") == [2]


def test_only_the_booth_that_recorded_it_takes_it_back_and_in_whatever_order(fair, enrol, operation, person):
    one, visit = person(), operation(2, "visit.recorded", pass_=fair.passes[1])
    clothing, kitchen, second = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.clothing)
    early = operation(1, "visit.withdrawn", visit=visit["id"])
    too_early = operation(2, "candidate.withdrawn", candidate=one["id"])
    assert outcomes(second.sync(early, too_early)) == [("waiting", "visit_unknown"), ("waiting", "candidate_unknown")]
    clothing.sync(one, visit)
    assert count(fair.day, "visits", "registered") == [0, 0]  # now they are within reach

    others = [operation(seq, kind, **data) for seq, (kind, data) in enumerate(
        [("visit.withdrawn", {"visit": visit["id"]}), ("candidate.restored", {"candidate": one["id"]})], start=1
    )]  # fmt: skip
    assert outcomes(kitchen.sync(*others)) == [("waiting", "visit_other_booth"), ("waiting", "candidate_other_booth")]
    assert count(fair.day, "visits", "registered") == [0, 0]


def test_who_was_never_registered_is_not_there_because_somebody_accepted_that_they_were_taken_back(
    fair, enrol, operation, person
):
    one, tablet = person(), enrol(fair.clothing)
    taken_back = operation(1, "candidate.withdrawn", candidate=one["id"])
    tablet.sync(taken_back)
    settle((tablet.tablet.id, 1), "accepted", "chen")

    visits = [operation(seq, "visit.recorded", candidate=one["id"]) for seq in (2, 3)]
    assert outcomes(tablet.sync(*visits)) == [("waiting", "candidate_unknown")] * 2
    settle((tablet.tablet.id, 2), "accepted", "chen")
    assert reasons() == ["accepted", "accepted", "candidate_unknown"]
    assert count(fair.day, "visits") == [1]


def test_a_field_is_cleared_by_a_correction_and_a_consent_is_told_with_its_state(fair, enrol, operation, person):
    one = person(phone="13800006677", sex="female")
    tablet, second = enrol(fair.clothing), enrol(fair.clothing)
    tablet.sync(
        one, operation(2, "candidate.amended", one["id"], based_on=1, cleared=["phone", "name"]),
        operation(3, "consent.given", candidate=one["id"], vacancy=fair.sewing.number, spoken=True),
    )  # fmt: skip
    assert (Candidate.get().phone, Candidate.get().name, Candidate.get().version) == (None, "欧阳娜娜", 2)
    before = second.sync()
    assert [(it["vacancy"], it["withdrawn"]) for it in told(before)[-1]["consents"]] == [(fair.sewing.number, False)]
    given = told(before)[-1]["consents"][0]["id"]
    tablet.sync(operation(4, "consent.withdrawn", given, candidate=one["id"], vacancy=fair.sewing.number))
    after = second.sync(cursor=before.json["cursor"])
    assert [it["withdrawn"] for it in told(after)[-1]["consents"]] == [True]
