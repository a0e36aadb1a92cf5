"""Text messages in the office: planned, looked at, begun by an organiser, sent by the command, and who wants none."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from models import schema as models
from models.base.secret import digest
from models.intake.ingest import ingest
from models.market import planning
from models.messages import sending
from models.messages.mailing import Message
from routes.office import mailings as page

NUMBERS = ("13800006666", "13800007777", "13800008888")
TEN = datetime(2026, 2, 20, 2, tzinfo=UTC)  # ten in the morning, four days before the market day


@pytest.fixture
def people(app, fair, enrol, operation, monkeypatch, tmp_path):
    """Register three people; two agreed that an employer may call them. Messages go into a folder."""
    app.config["SMS_FOLDER"] = str(tmp_path / "messages")
    for module in (planning, sending, page):
        monkeypatch.setattr(module, "utcnow", lambda: TEN)
    ids = [str(uuid4()) for _ in NUMBERS]
    facts = [
        operation(seq, "candidate.registered", id=id, name=name, birth_year=1985, phone=number)
        for seq, id, name, number in zip((1, 2, 3), ids, ("王小明", "欧阳强", "陈秀英"), NUMBERS, strict=True)
    ]
    facts += [operation(seq, "consent.given", candidate=id, vacancy=fair.sewing.number)
              for seq, id in enumerate(ids[:2], start=4)]  # fmt: skip
    ingest(enrol(fair.clothing).tablet.log, facts)
    return ids


@pytest.fixture
def made(organiser, fair, people):
    """Plan a mailing with the wording that stands ready, and return its address."""
    text = {"purpose": "提醒赶场", "text": "{name}您好，{date}{town}赶场。"}
    answer = organiser.post("/organiser/mailings", data=text | {"for": f"day-{fair.day.id}", "language": "zh"})
    assert answer.status_code == 303
    return answer.location


def run(app):
    return app.test_cli_runner().invoke(args=["send-messages"])


def lines(app) -> list[dict]:
    files = sorted(Path(app.config["SMS_FOLDER"]).glob("*"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_wording_stands_ready_in_both_languages(organiser, people, fair):
    for language, words in (("zh", "{office}"), ("en", "Bring your identity card")):
        page = organiser.get(f"/organiser/mailings/new?for=day-{fair.day.id}&ready=reminder&language={language}").text
        assert words in page and "八塘镇" in page


def test_a_mailing_is_looked_at_first_then_begun_and_sent_once(app, organiser, made):
    shown = organiser.get(made).text
    assert "王您好，2月24日八塘镇赶场。" in shown or "欧阳您好，2月24日八塘镇赶场。" in shown
    assert "王小明" not in shown and NUMBERS[0] not in shown
    assert "nothing to send" in run(app).output and not lines(app)
    assert organiser.post(f"{made}/begin").status_code == 303
    assert "sent: 2" in run(app).output
    assert {line["to"] for line in lines(app)} == set(NUMBERS[:2])
    assert "nothing to send" in run(app).output and len(lines(app)) == 2
    entry = models.AuditEntry.get(action="mailing_begun")
    assert (entry.rows, entry.why, entry.who) == (2, "提醒赶场", "chen")
    assert organiser.post(f"{made}/delete").location == made  # something of it was sent


def test_a_person_reads_what_was_sent_to_them(app, organiser, made, people):
    organiser.post(f"{made}/begin")
    run(app)
    assert "提醒赶场" in organiser.get(f"/organiser/people/{people[0]}/held").text
    assert "提醒赶场" not in organiser.get(f"/organiser/people/{people[2]}/held").text


def test_who_wants_no_messages_tells_the_office_or_their_own_page(app, client, organiser, made, people):
    assert organiser.post(f"/organiser/people/{people[0]}/messages").status_code == 303
    token = uuid4().hex
    models.Candidate.update(token_hash=digest(token)).where(models.Candidate.id == people[1]).execute()
    assert f"/me/{token}/messages" in client.get(f"/me/{token}").text
    assert client.post(f"/me/{token}/messages", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    assert 'value="yes"' in client.get(f"/me/{token}/messages").text
    organiser.post(f"{made}/begin")
    run(app)
    assert not lines(app) and [one.reason for one in Message.select()] == ["opted_out"] * 2
    client.post(f"/me/{token}/messages", data={"wants": "yes"}, headers={"Sec-Fetch-Site": "same-origin"})
    organiser.post(f"/organiser/people/{people[0]}/messages", data={"wants": "yes"})
    assert not models.OptOut.select().count()


def test_a_number_is_written_down_without_being_kept(organiser, people):
    assert organiser.post("/organiser/opt-outs", data={"number": " 138 0000 6666 "}).status_code == 303
    assert NUMBERS[0] not in str(list(models.OptOut.select().dicts()))
    assert NUMBERS[0] not in str(list(models.AuditEntry.select().dicts()))
    organiser.post("/organiser/opt-outs", data={"number": "+86 13800006666", "wants": "yes"})
    assert not models.OptOut.select().count()
    organiser.post("/organiser/opt-outs", data={"number": "nobody's"})
    assert not models.OptOut.select().count()


@pytest.mark.parametrize("spoilt", [
    {"text": ""}, {"purpose": ""}, {"text": "{link}"}, {"text": "a { b"}, {"text": "长" * 301},
])  # fmt: skip
def test_a_text_that_makes_no_sense_is_refused_beside_the_field(organiser, people, fair, spoilt):
    form = {"for": f"day-{fair.day.id}", "language": "zh", "purpose": "提醒", "text": "{name}"} | spoilt
    answer = organiser.post("/organiser/mailings", data=form)
    assert answer.status_code == 422 and "field-error" in answer.text and not models.Mailing.select().count()


def test_a_mailing_is_stopped_deleted_or_settled(app, organiser, made):
    organiser.post(f"{made}/begin")
    organiser.post(f"{made}/stop")
    assert "nothing to send" in run(app).output
    Message.update(state="unknown", claimed_at=1).execute()
    (first, second) = [one.id for one in Message.select()]
    organiser.post(f"{made}/unclear", data={"message": [first], "became": "sent"})
    organiser.post(f"{made}/unclear", data={"message": [second], "became": "failed"})
    assert {one.state for one in Message.select()} == {"sent", "failed"}
    organiser.post(f"{made}/failed")
    organiser.post(f"{made}/begin")
    assert "sent: 1" in run(app).output


def test_a_mailing_of_which_nothing_was_sent_is_deleted(organiser, made):
    assert organiser.post(f"{made}/delete").location == "/organiser/mailings"
    assert not models.Message.select().count()


def test_settings_that_make_no_sense_are_said(app, made):
    app.config["SMS_DRIVER"] = "pigeon"
    assert run(app).exit_code == 1 and "pigeon" in run(app).output
    app.config.update(SMS_DRIVER="http", SMS_ENDPOINT="https://sms.example/v1", SMS_KEY="", SMS_SECRET="")
    assert "GANCHANG_SMS_KEY" in run(app).output
