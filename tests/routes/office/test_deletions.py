"""The office deletes, freezes and prints what it holds; after a deletion no page and no export names the person."""

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from models import schema as models
from models.desk.agreed import agreed_with, withdrawn_from
from models.desk.day_people import people_of
from models.forgetting.delete import delete_person
from models.intake.ingest import ingest
from models.market.closing import Closing
from models.surveys.roster import read_roster, take_in
from models.surveys.survey_answer import Answer, Entry, store
from models.surveys.survey_attempt import store_attempts

NAME, PHONE, VILLAGE = "慕容小雁", "13812345678", "三元村六组"
FILES = ("summary", "summary.json", "summary.csv", "summary.xlsx")


@pytest.fixture(autouse=True)
def listed(app, tmp_path) -> None:
    app.config["FORGOTTEN"] = str(tmp_path / "forgotten")


@pytest.fixture
def person(fair, enrol, operation) -> str:
    """Register somebody who is hired and agreed that the employer may call; return the id."""
    id, tie = str(uuid4()), str(uuid4())
    ingest(enrol(fair.clothing).tablet.log, [
        operation(1, "candidate.registered", id=id, name=NAME, birth_year=1985, phone=PHONE, home_division=VILLAGE,
                  groups=["MIG"], trades=["sewing"], sex="female", notice_at="2026-02-24T09:00:00+08:00"),
        operation(2, "check_in.recorded", id=tie, candidate=id, vacancy=fair.sewing.number),
        operation(3, "check_in.progressed", check_in=tie, stage="hired", place="town"),
        operation(4, "consent.given", candidate=id, vacancy=fair.sewing.number, spoken=True),
    ])  # fmt: skip
    return id


def ask(browser, person: str, **form: str):
    typed = {"asked_by": "in_office", "why": "本人到场要求"} | form
    return browser.post(f"/organiser/people/{person}/deletion", data=typed)


def test_a_deletion_is_confirmed_and_ends_in_a_certificate(organiser, person):
    asked = organiser.get(f"/organiser/people/{person}/deletion")
    unsure = ask(organiser, person, act="deleted")
    done = ask(organiser, person, act="deleted", sure="yes")
    certificate = organiser.get(done.headers["Location"])

    assert NAME in asked.text
    assert (unsure.status_code, models.Candidate.get_by_id(person).name) == (422, "慕容某")
    assert done.status_code == 303
    assert "本人到场要求" in certificate.text and "八塘镇" in certificate.text
    assert not [word for word in (NAME, PHONE, VILLAGE) if word in certificate.text]


def test_what_is_wrong_deletes_nobody(organiser, person):
    for form in ({}, {"act": "deleted"}, {"act": "deleted", "sure": "yes", "why": ""}, {"act": "x", "sure": "yes"}):
        assert ask(organiser, person, **form).status_code == 422
    assert models.Candidate.get_by_id(person).name == NAME


def test_a_frozen_person_is_called_by_nobody_until_released(organiser, fair, person):
    assert ask(organiser, person, act="frozen", sure="yes").status_code == 303
    phones = organiser.post(f"/organiser/people/{person}/phone", data={"purpose": "call"})

    assert phones.status_code == 200 and PHONE not in phones.text
    assert agreed_with(fair.factory) == [] and people_of(fair.day) == []
    assert withdrawn_from(fair.factory) == {(fair.sewing.number, person)}
    assert ask(organiser, person, act="released", sure="yes").status_code == 303
    assert PHONE in organiser.post(f"/organiser/people/{person}/phone", data={"purpose": "call"}).text
    assert [one.phone for one in agreed_with(fair.factory)] == [PHONE]


def test_a_print_of_all_that_is_held_says_everything_in_both_languages(organiser, fair, person):
    for language, title in (("zh", "我们保存的您的全部信息"), ("en", "All that we hold on you")):
        page = organiser.get(f"/organiser/people/{person}/held?lang={language}")
        for word in (title, NAME, PHONE, VILLAGE, "1985", fair.factory.name, "缝纫工"):
            assert word in page.text, word
    assert models.AuditEntry.select().where(models.AuditEntry.what == "held").count() == 2


def test_a_print_of_all_that_is_held_has_what_they_answered_to_surveys(organiser, fair, person):
    dates = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
    survey = models.Survey.create(county=fair.county, name="节后打算", made_by="chen", **dates)
    lines = f"编号,姓名,电话,村\nBJ7,{NAME},{PHONE},石院村\nBJ8,别人,,石院村"
    take_in(survey, fair.county, read_roster(lines.encode()))
    theirs = str(models.SurveyPerson.get(bureau_id="BJ7").id)
    at = datetime(2026, 2, 10, 4, tzinfo=UTC)
    store(survey, [Entry(str(uuid4()), theirs, Answer("go_out", "cook", "outside", "2026-03"), at)], "phone", "chen")
    store_attempts(survey, [(str(uuid4()), theirs, "no_answer", "", "下午再打")], "chen", at, "phone")
    said = organiser.get(f"/organiser/people/{person}/held?lang=zh").text
    for word in ("节后打算", "BJ7", "石院村", "外出务工", "2026年3月", "下午再打"):
        assert word in said, word
    assert "BJ8" not in said and "别人" not in said


@pytest.mark.parametrize("role", ["reader", "clerk", "reviewer", "neighbour"])
def test_nobody_else_deletes_or_prints(app, fair, person, role):
    browser = app.test_client(user=getattr(fair, role))
    assert ask(browser, person, act="deleted", sure="yes").status_code in (403, 404)
    assert browser.get(f"/organiser/people/{person}/held").status_code in (403, 404)
    assert models.Candidate.get_by_id(person).name == NAME


def fetched(browser, address: str) -> bytes:
    """Return what a browser gets, without the moment at which a sheet is printed."""
    return re.sub(rb"<time data-print-time=.*?</time>", b"", browser.get(address).data)


def test_signed_figures_are_the_same_bytes_after_everybody_was_deleted(organiser, fair, person):
    day = f"/organiser/market-days/{fair.day.id}"
    closed = organiser.post(f"{day}/closings", data={})
    before = {name: fetched(organiser, f"{day}/{name}?version=1") for name in FILES}
    delete_person(fair.county, person, "chen", "in_office")
    after = {name: fetched(organiser, f"{day}/{name}?version=1") for name in FILES}

    assert closed.status_code == 303 and Closing.latest(fair.day) is not None
    assert all(before.values()) and before == after


def test_after_a_deletion_no_page_and_no_export_names_the_person(app, organiser, fair, person):
    ask(organiser, person, act="deleted", sure="yes")
    known = {
        "market_day_id": fair.day.id, "person": person, "candidate": person, "employer_id": fair.factory.id,
        "number": 1, "campaign_id": fair.campaign.id, "vacancy_number": fair.sewing.number, "thing": "person",
        "key": person, "booth_id": fair.clothing.id,
    }  # fmt: skip
    looked = 0
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments <= known.keys() and rule.endpoint != "sessions.destroy":
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
            page = organiser.get(address)
            looked += page.status_code == 200
            for word in (NAME, PHONE, VILLAGE, "小雁"):
                assert word.encode() not in page.data, (address, word)
    assert looked > 40
    for q in (NAME, "mryy", "murong", PHONE):
        assert person not in organiser.get("/organiser/people", query_string={"q": q}).text


def test_periods_are_shown_and_changed_within_bounds(organiser, fair, person):
    page = organiser.get("/organiser/retention")
    form = {"contact_days": 60, "tied_days": 120, "raw_days": 60, "box_days": 20, "ledger_years": 2, "audit_years": 3,
            "late_days": 300, "backup_days": 20}  # fmt: skip
    wrong = organiser.post("/organiser/retention", data=form | {"ledger_years": 1})
    right = organiser.post("/organiser/retention", data=form)

    assert page.status_code == 200 and "180" in page.text
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert models.Retention.get().contact_days == 60
    assert models.AuditEntry.select().where(models.AuditEntry.thing == "retention").count() == 1


def test_the_ledger_is_a_book_with_names_masked_in_time(organiser, fair, person, monkeypatch):
    book = organiser.get("/organiser/ledger?from=2026-02-01&to=2026-02-28")
    wrong = organiser.get("/organiser/ledger?from=yesterday")
    empty = organiser.get("/organiser/ledger?from=2025-02-01&to=2025-02-28")

    assert "慕容某" in book.text and "缝纫工" in book.text and "录用" in book.text  # the period of names is over
    assert NAME not in book.text
    assert (wrong.status_code, empty.status_code) == (422, 200) and "慕容" not in empty.text
    assert models.AuditEntry.select().where(models.AuditEntry.what == "ledger").count() == 1


@pytest.mark.parametrize("paper", ["processing", "assessment"])
def test_papers_have_the_countys_own_periods(organiser, fair, paper):
    models.Retention.create(county=fair.county, contact_days=61, backup_days=61)
    page = organiser.get(f"/organiser/papers/{paper}")
    assert page.status_code == 200 and "61天" in page.text
