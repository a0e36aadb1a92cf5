"""Notice versions, lost tablets and complaints as they are stored, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from models import schema as models
from models.desk import incident, notice_version
from models.desk.complaint import clear_complaints, empty_complaints, go_on, late_complaints, old_complaints, receive
from models.desk.notice_version import given_under, note, number_at, versions_of
from models.intake.ingest import ingest

NOON = datetime(2026, 2, 24, 4, tzinfo=UTC)
FIRST = {"zh": {"phone": ["甲"]}, "en": {"phone": ["one"]}}


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the clock at which versions are noted."""
    return lambda moment: monkeypatch.setattr(notice_version, "utcnow", lambda: moment)


def test_a_version_is_noted_once_and_what_was_given_counts_under_it(fair, enrol, operation, clock):
    clock(NOON - timedelta(days=1))
    assert [note(fair.county, FIRST) for _ in range(2)] == [1, 1]
    clock(NOON + timedelta(days=1))
    assert note(fair.county, FIRST | {"en": {"phone": ["two"]}}) == 2
    id = str(uuid4())
    ingest(enrol(fair.clothing).tablet.log, [
        operation(1, "candidate.registered", id=id, name="王师傅", birth_year=1975, notice_at="2026-02-24T09:00"),
        operation(2, "consent.given", candidate=id, vacancy=fair.sewing.number),
    ])  # fmt: skip
    versions = versions_of(fair.county)
    assert [(one.number, one.until is None) for one in versions] == [(2, True), (1, False)]
    assert [given_under(fair.county, one) for one in versions] == [(0, 0, 0, 0), (1, 1, 0, 0)]
    assert [number_at(versions, at) for at in (NOON, NOON - timedelta(days=9), None)] == [1, 1, None]


def test_a_lost_tablets_steps_are_stored_once_and_close_it(fair, enrol, operation):
    tablet = enrol(fair.clothing).tablet
    ingest(tablet.log, [operation(1, "candidate.registered", name="王师傅", birth_year=1975, pass_=fair.passes[0])])
    found = incident.report(tablet.device, NOON, "正街", "chen")
    assert found.number == 1 and found.holds["names"] == 1 and found.holds["phones"] == 0
    assert incident.report(tablet.device, NOON, "正街", "chen").number == 2
    for step in (*incident.STEPS, "head"):
        assert models.Incident.get_by_id(found.id).closed_at is None or step == "head"
        incident.do(found, step, "chen", step)
    assert {one.note for one in models.IncidentStep.select()} == set(incident.STEPS)
    assert models.Incident.get_by_id(found.id).closed_at is not None


def test_a_complaint_is_late_then_over_and_names_nobody_in_the_end(fair):
    fields = {"channel": "desk", "topic": "fees", "employer": fair.factory, "text": "王师傅说收押金"}
    days = {"received_on": date(2026, 2, 24), "due_on": date(2026, 3, 11)}
    made = receive(fair.county, "chen", name="王师傅", phone="13800006666", **fields, **days)
    other = receive(fair.county, "chen", name="李四", phone="13900006666", **fields, **days)
    assert (made.number, other.number) == (1, 2)
    assert [late_complaints(fair.county, date(2026, 3, day)) for day in (11, 12)] == [0, 2]
    go_on(made, "王师傅同意了", "chen", "right", date(2026, 3, 1))
    assert clear_complaints([], ["王师傅"], ["13800006666"]) == 1
    found = models.Complaint.get_by_id(made.id)
    assert (found.name, found.phone, found.text) == ("", "", "某说收押金") and found.steps()[0].text == "某同意了"
    assert models.Complaint.get_by_id(other.id).name == "李四"
    assert [old_complaints(fair.county, date(2026, 3, day)) for day in (1, 2)] == [[], [made.id]]
    empty_complaints([made.id])
    assert models.Complaint.get_by_id(made.id).text == "" and old_complaints(fair.county, date(2030, 1, 1)) == []
