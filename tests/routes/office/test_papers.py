"""Papers of the law: versions of the privacy notice, tablets that are lost, and the book of complaints."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from models import schema as models
from models.base.database import fetch
from models.desk import complaint, incident, notice_version
from models.forgetting import due
from models.forgetting.delete import delete_person
from models.forgetting.retain import retain
from models.inbox.notice import notices_of
from models.intake.ingest import ingest, record
from models.market.retention import Retention
from models.market.tablet import Tablet
from models.vocabulary import privacy
from routes.office import complaints, incidents

ROOT = Path(__file__).parents[3]
NAME, PHONE = "欧阳投诉", "13800006666"
CALENDAR = date(2026, 2, 24)
COMPLAINT = {
    "received_on": "2026-02-24", "due_on": "2026-03-11", "channel": "desk", "topic": "fees", "name": NAME,
    "phone": "138 0000 6666", "text": f"{NAME}说要交押金，电话{PHONE}",
}  # fmt: skip


@pytest.fixture
def clock(monkeypatch, morning):
    """Return a function that sets the clock of these papers; it is noon on the market day."""

    def at(moment: datetime) -> datetime:
        for module in (notice_version, incident, incidents, complaint, complaints):
            monkeypatch.setattr(module, "utcnow", lambda: moment)
        return moment

    at(datetime(2026, 2, 24, 4, tzinfo=UTC))
    return at


@pytest.fixture
def complained(organiser, fair, operation, clock):
    """Register somebody who complains about the factory; return their id and the complaint's address."""
    record(fair.day, [
        operation(0, "candidate.registered", id=(id := str(uuid4())), name=NAME, birth_year=1980, phone=PHONE)
    ])  # fmt: skip
    form = COMPLAINT | {"employer": str(fair.factory.id), "vacancy": fair.sewing.number, "person": id}
    answer = organiser.post("/organiser/complaints", data=form)
    assert answer.status_code == 303
    return id, answer.headers["Location"]


# Versions of the privacy notice


def test_the_kiosk_reads_out_the_sentences_of_the_notice():
    parts = (ROOT / "templates/kiosk/parts").glob("*.html")
    said = re.sub(r'"\s+"', "", "".join(path.read_text(encoding="utf-8") for path in parts))
    assert privacy.READ_OUT in said and privacy.SENSITIVE in said
    assert privacy.EMPLOYER in (ROOT / "templates/phone/_form.html").read_text(encoding="utf-8")


def test_another_period_begins_another_version_and_the_phone_tells_it(organiser, client, fair, clock):
    page = client.get(f"/v/{fair.sewing.number}?lang=en").text
    assert "90 days after the campaign, 180 if you were introduced" in page
    assert f'href="/notice/{fair.county.id}"' in page
    assert "Version 1" in client.get(f"/notice/{fair.county.id}?lang=en").text
    clock(datetime(2026, 3, 1, tzinfo=UTC))
    organiser.post("/organiser/retention", data=vars(Retention.of(fair.county))["__data__"] | {"contact_days": "60"})
    page = client.get(f"/notice/{fair.county.id}?lang=en").text
    assert "Version 2" in page and "60 days after the campaign" in page
    page = client.get(f"/notice/{fair.county.id}?lang=zh&version=1").text
    assert "保存到活动结束后90天" in page
    assert client.get(f"/notice/{fair.county.id}?version=9").status_code == 404
    assert "60 days after the campaign" in client.get(f"/v/{fair.sewing.number}?lang=en").text


def test_what_was_given_is_counted_under_the_version_that_held(organiser, fair, operation, clock):
    clock(datetime(2026, 2, 23, 3, tzinfo=UTC))
    organiser.get("/organiser/papers/notice")
    id, consent = str(uuid4()), str(uuid4())
    record(fair.day, [
        operation(0, "candidate.registered", id=id, name=NAME, birth_year=1980, notice_at="2026-02-24T09:00:00+08:00",
                  groups=["DIS"], groups_consent_at="2026-02-24T09:00:00+08:00"),
        operation(0, "consent.given", id=consent, candidate=id, vacancy=fair.sewing.number),
        operation(0, "consent.withdrawn", id=consent, candidate=id, vacancy=fair.sewing.number),
    ])  # fmt: skip
    clock(datetime(2026, 2, 25, 3, tzinfo=UTC))
    models.County.update(phone="023-1234").where(models.County.id == fair.county.id).execute()
    organiser.get("/organiser/papers/notice")
    versions = notice_version.versions_of(models.County.get_by_id(fair.county.id))
    assert [one.number for one in versions] == [2, 1] and versions[1].until == versions[0].since
    given = [notice_version.given_under(fair.county, one) for one in versions]
    assert given == [(0, 0, 0, 0), (1, 1, 1, 1)]
    assert "notice: version 1" in organiser.get(f"/organiser/people/{id}?lang=en").text


# A tablet is lost


def test_a_lost_tablet_is_led_through_its_steps_once(organiser, fair, enrol, operation, clock):
    tablet = enrol(fair.clothing)
    ingest(tablet.tablet.log, [
        operation(1, "candidate.registered", name=NAME, birth_year=1980, phone=PHONE, pass_=fair.passes[0]),
        operation(2, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number),
    ])  # fmt: skip
    Tablet.update(unsent=3).where(Tablet.log == tablet.tablet.id).execute()
    device = models.Device.get_by_id(tablet.tablet.device_id)
    assert organiser.post("/organiser/incidents", data={"device": str(device.id), "how": " "}).status_code == 422
    address = organiser.post(
        "/organiser/incidents", data={"device": str(device.id), "how": "收摊后在三轮车上"}
    ).headers["Location"]
    found = models.Incident.get()
    assert found.holds == {"names": 1, "phones": 1, "ties": 1, "operators": 0, "surveyed": 0, "unsent": 3}
    assert models.Device.get_by_id(device.id).state == "lost" and models.Device.get_by_id(device.id).revoked_at is None
    assert organiser.post(f"{address}/steps/head", data={"note": ""}).status_code == 422
    assert organiser.post(f"{address}/steps/nothing", data={"note": "x"}).status_code == 404
    for step in ("revoke", "revoke", "unsent", "head", "authority", "people"):
        assert organiser.post(f"{address}/steps/{step}", data={"note": f"办了{step}"}).status_code == 303
    assert models.Device.get_by_id(device.id).revoked_at is not None
    revoked = models.AuditEntry.select().where(models.AuditEntry.action == "device_revoked")
    assert revoked.count() == 1
    assert models.Incident.get().closed_at is not None and len(models.IncidentStep.select()) == 5
    sheet = organiser.get(f"{address}/sheet").text
    assert all(word in sheet for word in ("收摊后在三轮车上", "办了people", "chen"))
    assert NAME not in sheet and PHONE not in sheet


def test_a_step_that_is_overdue_waits_in_the_inbox(fair, enrol, clock):
    known = clock(datetime(2026, 2, 24, 4, tzinfo=UTC))
    found = incident.report(enrol(fair.clothing).tablet.device, known, "正街", "chen")
    kinds = [one.kind for one in notices_of(fair.county, now=known + timedelta(minutes=50))]
    assert "incident" not in kinds
    for step in ("revoke", "head", "unsent"):
        incident.do(found, step, "chen", "x")
    waits = [one for one in notices_of(fair.county, now=known + timedelta(hours=73)) if one.kind == "incident"]
    assert [one.key for one in waits] == [f"incident {found.id} authority"]
    of_a_clerk = notices_of(fair.county, frozenset({fair.town.code}), known + timedelta(hours=73))
    assert "incident" not in [one.kind for one in of_a_clerk]


# Complaints


def test_a_complaint_is_written_down_answered_and_printed(organiser, fair, complained):
    _, address = complained
    page = organiser.get(address)
    assert NAME in page.text and "山城制衣厂" in page.text and page.headers["Cache-Control"] == "no-store"
    assert NAME not in organiser.get("/organiser/complaints").text
    assert organiser.post(f"{address}/steps", data={"text": " "}).status_code == 422
    for form in ({"text": "给厂里打了电话"}, {"text": "押金已退", "outcome": "right"}):
        assert organiser.post(f"{address}/steps", data=form).status_code == 303
    assert models.Complaint.get().closed_on == CALENDAR
    book = organiser.get("/organiser/complaints/book").text
    assert all(word in book for word in (NAME, PHONE, "给厂里打了电话", "押金已退", "属实"))
    read = models.AuditEntry.select().where(models.AuditEntry.what == "complaints")
    assert {one.action for one in read} == {"read", "print"}
    assert not [one for one in models.AuditEntry.select() if NAME in f"{one.what}{one.name}{one.changes}{one.why}"]


@pytest.mark.parametrize("spoilt", [
    {"received_on": "2026-02-25"}, {"due_on": "2026-02-23"}, {"due_on": "2026-08-01"}, {"topic": "x"}, {"channel": ""},
    {"text": " "}, {"phone": "abc"}, {"vacancy": "9999999"}, {"employer": "99999"},
])  # fmt: skip
def test_what_cannot_be_is_no_complaint(organiser, fair, clock, spoilt):
    assert organiser.post("/organiser/complaints", data=COMPLAINT | spoilt).status_code == 422
    assert not models.Complaint.select().exists()


def test_a_late_answer_waits_in_the_inbox(organiser, fair, complained):
    at = datetime(2026, 3, 11, 4, tzinfo=UTC)
    assert "complaint" not in [one.kind for one in notices_of(fair.county, now=at)]
    late = notices_of(fair.county, now=at + timedelta(days=1))
    assert [one.count for one in late if one.kind == "complaint"] == [1]


def test_organisers_alone_read_the_book(app, fair, complained):
    _, address = complained
    for person in (fair.clerk, fair.reader, fair.neighbour):
        assert app.test_client(user=person).get(address).status_code in (403, 404)
    assert app.test_client(user=fair.neighbour).get("/organiser/complaints").text.count(NAME) == 0


def test_who_is_deleted_is_taken_out_of_their_complaints(organiser, fair, complained):
    id, address = complained
    organiser.post(f"{address}/steps", data={"text": f"回了{NAME}的电话"})
    delete_person(fair.county, id, "chen", "in_office")
    text = organiser.get(address).text + organiser.get("/organiser/complaints/book").text
    assert NAME not in text and PHONE not in text and "说要交押金" in text and "山城制衣厂" in text
    assert not [row for row in fetch("SELECT name, phone, candidate, text FROM complaint") if row[:3] != ("", "", None)]


def test_after_the_ledgers_period_a_complaint_names_nobody(organiser, fair, complained, monkeypatch):
    _, address = complained
    organiser.post(f"{address}/steps", data={"text": f"回了{NAME}", "outcome": "unfounded"})
    monkeypatch.setattr("models.forgetting.retain.PAUSE_SECONDS", 0)
    assert due.Due(fair.county, date(2028, 2, 24)).counts()["complaints"] == 0
    assert retain(fair.county, date(2028, 2, 25))["complaints"] == 1
    row = models.Complaint.get()
    assert (row.name, row.phone, row.text, row.candidate, row.is_cleared) == ("", "", "", None, True)
    assert (row.topic, row.outcome, row.employer_id) == ("fees", "unfounded", fair.factory.id)
    assert models.ComplaintStep.get().text == "" and NAME not in organiser.get("/organiser/complaints/book").text
