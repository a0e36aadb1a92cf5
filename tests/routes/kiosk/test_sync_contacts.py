"""Phone numbers that a tablet sealed: opened for the county alone, whatever the order and however often."""

import json
from datetime import UTC, datetime

import pytest

from models.keys.seal import SealKey, text_of
from models.kiosk import keys
from models.schema import Candidate, Operation


@pytest.fixture
def seal(fair):
    """Return a function that seals a contact as a tablet does."""

    def seal(phone: object = "138 0000 0000", key: SealKey | None = None, **more: object) -> str:
        plain = json.dumps({"phone": phone} | more).encode()
        return text_of((key or SealKey.current(fair.county)).seal(plain))

    return seal


@pytest.fixture
def person(operation):
    def person(seq: int = 1, id: str | None = None, **data: object) -> dict:
        return operation(seq, "candidate.registered", id, **{"name": "王师傅", "birth_year": 1970} | data)

    return person


def outcomes(answer) -> list[tuple]:
    return [(result["outcome"], result.get("reason")) for result in answer.json["results"]]


def seal_keys(answer) -> dict:
    return {change["id"]: change["data"] for change in answer.json["changes"] if change["kind"] == "seal_key"}


def test_a_sealed_contact_is_opened_and_the_operation_keeps_the_box(enrol, fair, person, seal):
    box = seal(phone_owner="child")
    answer = enrol(fair.desk).sync(person(contact=box))

    assert outcomes(answer) == [("applied", None)]
    assert (Candidate.get().phone, Candidate.get().phone_owner) == ("138 0000 0000", "child")
    assert box in Operation.get().body and "138 0000" not in Operation.get().body
    assert "138" not in json.dumps(answer.json["changes"])


def test_two_registrations_with_sealed_and_open_phones_are_one_person(enrol, fair, person, seal):
    enrol(fair.clothing).sync(person(contact=seal()))
    enrol(fair.kitchen).sync(person(contact=seal("+86 13800000000")))
    enrol(fair.desk).sync(person(phone="13800000000"))

    assert len({candidate.person for candidate in Candidate.select()}) == 1


def test_an_amended_contact_is_opened_again_whenever_a_candidate_is_derived(enrol, fair, person, operation, seal):
    tablet = enrol(fair.desk)
    registration = person(contact=seal())
    tablet.sync(
        registration,
        operation(2, "candidate.amended", registration["id"], contact=seal("13911112222"), based_on=1),
        operation(3, "candidate.amended", registration["id"], name="王大姐", based_on=2),
    )

    found = Candidate.get()
    assert (found.phone, found.name, found.version) == ("13911112222", "王大姐", 3)


def test_the_same_number_sealed_twice_is_no_parallel_edit_and_another_is(enrol, fair, person, operation, seal):
    one, other, third = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.desk)
    registration = person()
    edit = {"id": registration["id"], "based_on": 1}
    one.sync(registration, operation(2, "candidate.amended", contact=seal("13911112222"), **edit))
    came = operation(1, "visit.recorded", candidate=registration["id"])
    other.sync(came, operation(2, "candidate.amended", contact=seal("13911112222"), **edit))
    assert not Operation.select().where(Operation.reason.is_null(False)).exists()

    third.sync(operation(1, "candidate.amended", contact=seal("13933334444"), **edit))
    assert [op.reason for op in Operation.select().where(Operation.reason.is_null(False))] == ["parallel_edit"]


def test_a_contact_sealed_to_an_earlier_key_opens(enrol, fair, person, seal):
    box = seal()
    keys.renew_seal_key(fair.county)

    assert outcomes(enrol(fair.desk).sync(person(contact=box))) == [("applied", None)]


@pytest.mark.parametrize("spoil", ["stranger", "changed", "cut", "text", "list", "number", "long", "nul", "empty"])
def test_a_contact_that_does_not_open_is_kept_and_marked_and_costs_nobody_the_registration(
    enrol, fair, person, operation, seal, spoil
):
    key = SealKey.current(fair.county)
    box = {
        "stranger": lambda: seal(key=SealKey.make(fair.elsewhere)),
        "changed": lambda: seal()[:-3] + "AAA",
        "cut": lambda: seal()[:50],
        "text": lambda: "13800000000",
        "list": lambda: text_of(key.seal(b"[1]")),
        "number": lambda: seal(13800000000),
        "long": lambda: seal("1" * 33),
        "nul": lambda: seal("1\0"),
        "empty": lambda: text_of(key.seal(b"")),
    }[spoil]()
    registration = person(contact=box, trades=["sewing"])
    tablet = enrol(fair.desk)
    answer = tablet.sync(
        registration,
        operation(2, "candidate.amended", registration["id"], contact=box, trades=["cook"], based_on=1),
    )

    assert outcomes(answer) == [("attention", "contact_unreadable")] * 2
    assert (Candidate.get().phone, Candidate.get().trades) == (None, ["cook"])
    assert {op.reason for op in Operation.select()} == {"contact_unreadable"}


@pytest.mark.parametrize("contact", [7, [], {}, "", "x" * 2_001])
def test_what_is_no_text_is_refused_as_any_field_is(enrol, fair, person, contact):
    assert outcomes(enrol(fair.desk).sync(person(contact=contact))) == [("refused", "malformed: contact")]


def test_a_tablet_is_given_the_newest_key_and_hears_of_the_next(enrol, fair, monkeypatch):
    monkeypatch.setattr(keys, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    tablet = enrol(fair.kitchen)
    snapshot = tablet.browser.get("/kiosk/snapshot")
    first = SealKey.get()
    assert seal_keys(snapshot) == {str(first.id): {"key_id": first.id, "public": first.public}}

    new = keys.renew_seal_key(fair.county)

    theirs = {"key_id": new.id, "public": new.public}
    assert seal_keys(tablet.sync(cursor=snapshot.json["cursor"])) == {str(first.id): None, str(new.id): theirs}
    assert seal_keys(enrol(fair.desk).browser.get("/kiosk/snapshot"))[str(new.id)] == theirs
