"""What a booth's tablets keep of candidates: of those who came there, and of nobody else."""

import pytest

from models.intake.ingest import ingest, record
from models.kiosk.record import changes_for
from models.log.settlement import SET_ASIDE
from models.quarantine.decide import settle
from models.schema import Tablet


@pytest.fixture
def tablets(fair) -> list[Tablet]:
    """Tablets at the clothing factory's booth, the restaurant's and the desk."""
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [Tablet.enlist(booth, letter) for booth, letter in zip(booths, "ABC", strict=True)]


def candidates(tablet: Tablet) -> dict[str, object]:
    """Return the candidates that a tablet with an empty store is told of, those that it may keep."""
    records, _, _ = changes_for(tablet, 0, own=True)
    return {r["id"]: r["data"] for r in records if r["kind"] == "candidate" and r["data"]}


def registered(operation, seq: int = 1, **changes: object) -> dict:
    data = {"name": "王芳", "birth_year": 1980, "phone": "13800000000", "groups": ["MIG"]}
    return operation(seq, "candidate.registered", **data | changes)


def test_a_candidate_is_known_where_they_were_registered_and_nowhere_else(fair, operation, tablets):
    clothing, kitchen, desk = tablets
    wang = registered(operation)
    ingest(clothing.log, [wang])

    assert [set(candidates(tablet)) for tablet in (clothing, kitchen, desk)] == [{wang["id"]}, set(), set()]


def test_the_next_booth_hears_of_somebody_when_they_come_to_it(fair, operation, tablets):
    clothing, kitchen, desk = tablets
    wang = registered(operation)
    ingest(clothing.log, [wang])
    ingest(kitchen.log, [operation(1, "visit.recorded", candidate=wang["id"])])
    assert [set(candidates(tablet)) for tablet in (kitchen, desk)] == [{wang["id"]}, set()]

    ingest(desk.log, [operation(1, "check_in.recorded", candidate=wang["id"], vacancy=fair.cook.number)])
    assert set(candidates(desk)) == {wang["id"]}


def test_a_booth_forgets_somebody_whose_visit_was_a_mistake(fair, operation, tablets):
    clothing, kitchen, _ = tablets
    wang = registered(operation)
    ingest(clothing.log, [wang])
    ingest(kitchen.log, [operation(1, "visit.recorded", candidate=wang["id"])])
    settle((kitchen.log.id, 1), SET_ASIDE, "chen")

    assert [set(candidates(tablet)) for tablet in (clothing, kitchen)] == [{wang["id"]}, set()]


def test_somebody_tied_from_a_phone_is_known_at_the_vacancys_booth(fair, operation, tablets):
    wang = registered(operation)
    record(fair.day, [wang, operation(0, "check_in.recorded", candidate=wang["id"], vacancy=fair.cook.number)])

    assert [set(candidates(tablet)) for tablet in tablets] == [set(), {wang["id"]}, set()]


def test_no_booth_is_given_contacts_and_groups(fair, operation, tablets):
    wang = registered(operation)
    ingest(tablets[0].log, [wang])

    (kept,) = candidates(tablets[0]).values()
    assert "13800000000" not in repr(kept) and "MIG" not in repr(kept) and kept["name"] == "王芳"
