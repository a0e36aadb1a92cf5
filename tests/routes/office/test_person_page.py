"""A person's page: corrections with a reason, phones opened for a purpose, people joined and parted, new passes."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from models import schema as models
from models.desk import act
from models.intake.ingest import ingest, record
from routes.office import person_passes
from tests.properties.state import state

PHONE = "13800006666"


@pytest.fixture
def two(fair, enrol, operation):
    """Register 王小明 twice, on two tablets, the second time without a phone and with another pass; return both ids."""
    ids = str(uuid4()), str(uuid4())
    ingest(enrol(fair.clothing).tablet.log, [
        operation(1, "candidate.registered", id=ids[0], name="王小明", birth_year=1985, phone=PHONE,
                  pass_=fair.passes[0]),
        operation(2, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number),
    ])  # fmt: skip
    ingest(enrol(fair.kitchen).tablet.log, [
        operation(1, "candidate.registered", id=ids[1], name="王·小明", birth_year=1985, pass_=fair.passes[1]),
        operation(2, "check_in.recorded", pass_=fair.passes[1], vacancy=fair.cook.number),
    ])  # fmt: skip
    return ids


def persons() -> set[str]:
    return {one.person for one in models.Candidate.select()}


def test_the_page_shows_what_is_known_and_no_phone(organiser, two, fair):
    page = organiser.get(f"/organiser/people/{two[0]}").text
    assert all(word in page for word in ("王小明", "1985", "缝纫工", "山城制衣厂", fair.passes[0][-4:]))
    assert PHONE not in page and "厨师" not in page


def test_a_phone_is_opened_for_a_purpose_that_is_noted(organiser, two):
    address = f"/organiser/people/{two[0]}/phone"
    assert organiser.post(address, data={"purpose": " "}).status_code == 422
    page = organiser.post(address, data={"purpose": "面试通知"})
    assert PHONE in page.text and page.headers["Cache-Control"] == "no-store"
    entry = models.AuditEntry.get(what="phone")
    assert (entry.who, entry.why, entry.thing, entry.thing_id) == ("chen", "面试通知", "person", two[0])
    assert "面试通知" in organiser.get(f"/organiser/people/{two[0]}").text
    assert PHONE not in organiser.get(f"/organiser/people/{two[0]}").text


def test_a_correction_needs_a_reason_and_follows_everywhere(organiser, two, fair):
    address = f"/organiser/people/{two[0]}/registrations/{two[0]}"
    assert PHONE not in organiser.get(f"{address}/edit").text
    form = {"name": "王晓明", "birth_year": "1986", "phone": "139 0000 7777", "phone_owner": "child", "groups": ["MIG"]}
    assert organiser.post(address, data=form).status_code == 422
    assert organiser.post(address, data=form | {"why": "看了身份证"}).status_code == 303
    changed = models.Candidate.get_by_id(two[0])
    assert (changed.name, changed.birth_year, changed.phone, changed.groups) == ("王晓明", 1986, "13900007777", ["MIG"])
    amended = models.Operation.get(kind="candidate.amended")
    assert "13900007777" not in amended.body and amended.outcome == "applied"
    assert json.loads(amended.body)["data"]["why"] == "看了身份证"
    assert "王晓明</a>" in organiser.get("/organiser/people?q=wangxiaoming 1986").text
    assert "王晓明</a>" in organiser.get("/organiser/people?q=13900007777").text
    assert "王晓明</a>" not in organiser.get(f"/organiser/people?q={PHONE}").text


@pytest.mark.parametrize("spoilt", [{"birth_year": "2015"}, {"name": " "}, {"phone": "abc"}, {}])
def test_what_cannot_be_is_refused_and_nothing_recorded(organiser, two, spoilt):
    form = {"name": "王小明", "birth_year": "1985", "why": "x"} | spoilt
    assert organiser.post(f"/organiser/people/{two[0]}/registrations/{two[0]}", data=form).status_code == 422
    assert not models.Operation.select().where(models.Operation.kind == "candidate.amended").count()


def test_likely_twins_are_shown_joined_and_that_is_taken_back(organiser, two, fair, morning):
    before = state()
    assert "Perhaps the same" in organiser.get(f"/organiser/people/{two[1]}?lang=en").text
    assert organiser.get("/organiser/people/twins").text.count("王") >= 2
    form = {"own": two[0], "other": two[1], "act": "one"}
    assert organiser.post(f"/organiser/people/{two[0]}/twins", data=form).status_code == 422
    assert organiser.post(f"/organiser/people/{two[0]}/twins", data=form | {"why": "本人说的"}).status_code == 303
    assert len(persons()) == 1
    page = organiser.get(f"/organiser/people/{two[1]}").text
    assert all(word in page for word in ("厨师", "缝纫工", "本人说的"))
    ties = {(one.vacancy, one.person) for one in models.CheckIn.select()}
    assert ties == {(fair.sewing.number, min(two)), (fair.cook.number, min(two))}

    log, seq = models.SamePerson.get()._pk
    address = f"/organiser/people/{two[0]}/words/{log}/{seq}/delete"
    assert organiser.post(address).status_code == 303 and len(persons()) == 2
    assert organiser.post(address).status_code == 404  # nothing of it is said any more
    after = state()
    changed = {table for table in before if after[table] != before[table]}
    assert changed <= {"operation", "settlement", "remark"}


def test_people_who_are_said_to_be_two_are_no_twins_any_more(organiser, two, morning):
    form = {"own": two[0], "other": two[1], "act": "two", "why": "父子"}
    organiser.post(f"/organiser/people/{two[0]}/twins", data=form)
    assert "父子" in organiser.get(f"/organiser/people/{two[1]}").text
    assert "王" not in organiser.get("/organiser/people/twins").text.partition("<h1")[2].partition("</main>")[0]


def test_two_of_one_hash_and_one_pass_are_parted_and_stay_so(organiser, fair, enrol, operation):
    ids = sorted(str(uuid4()) for _ in range(3))
    shared = {"name": "陈秀英", "birth_year": 1970, "phone": PHONE, "pass_": fair.passes[0]}
    tablet = enrol(fair.clothing).tablet.log
    ingest(tablet, [operation(seq, "candidate.registered", id=id, **shared) for seq, id in enumerate(ids[:2], start=1)])
    assert len(persons()) == 1
    assert organiser.post(f"/organiser/people/{ids[0]}/parts", data={"own": ids[1], "why": "姐妹"}).status_code == 303
    assert len(persons()) == 2
    shared.pop("pass_")
    ingest(tablet, [operation(3, "candidate.registered", id=ids[2], **shared)])  # joins the first of them, and not both
    assert models.Candidate.get_by_id(ids[2]).person == ids[0] != models.Candidate.get_by_id(ids[1]).person


def test_a_booth_decides_nothing_about_who_is_whom(two, fair, enrol, operation):
    ingest(enrol(fair.desk).tablet.log, [operation(1, "person.joined", candidate=two[0], other=two[1])])
    assert len(persons()) == 2 and models.Operation.get(kind="person.joined").outcome == "refused"


def test_clerks_join_nobody_and_find_no_list_of_twins(app, fair, two):
    clerk = app.test_client(user=fair.clerk)
    assert clerk.get("/organiser/people/twins").status_code == 403
    form = {"own": two[0], "other": two[1], "act": "one", "why": "x"}
    assert clerk.post(f"/organiser/people/{two[0]}/twins", data=form).status_code in (403, 404)
    assert len(persons()) == 2


def test_a_new_pass_is_theirs_and_is_printed(organiser, two, fair, monkeypatch):
    monkeypatch.setattr(person_passes, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    monkeypatch.setattr(act, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    answer = organiser.post(f"/organiser/people/{two[0]}/passes", data={"day": fair.day.id})
    assert answer.status_code == 303
    slip = organiser.get(answer.headers["Location"])
    made = models.PhonePass.get()
    assert slip.status_code == 200 and made.number[-4:] in slip.text and "王" not in slip.text
    assert made.number in organiser.get(f"/organiser/people/{two[0]}").text
    assert organiser.get(f"/organiser/people?q={made.number}").text.count("王小明</a>") == 1
    assert organiser.get(f"/organiser/people/{two[1]}/passes/{made.number}").status_code == 404


def test_nobody_is_joined_with_somebody_of_another_county(organiser, two, fair, operation):
    stranger = str(uuid4())
    record(fair.other_day, [operation(0, "candidate.registered", id=stranger, name="王小明", birth_year=1985)])
    form = {"own": two[0], "other": stranger, "act": "one", "why": "x"}
    assert organiser.post(f"/organiser/people/{two[0]}/twins", data=form).status_code == 422
    assert len(persons()) == 3


def test_a_key_group_is_said_until_a_paper_was_seen(organiser, two, fair):
    form = {"name": "王小明", "birth_year": "1985", "groups": ["MIG", "VET"], "why": "本人补充"}
    organiser.post(f"/organiser/people/{two[0]}/registrations/{two[0]}", data=form)
    page = organiser.get(f"/organiser/people/{two[0]}?lang=en").text
    assert page.count("Said by themselves") == 2
    address = f"/organiser/people/{two[0]}/groups"
    foreign = {"group": "DIS", "level": "shown", "what": "x"}  # is at no registration of theirs
    assert organiser.post(address, data=foreign).status_code == 422
    assert organiser.post(address, data={"group": "VET", "level": "shown"}).status_code == 422
    assert organiser.post(address, data={"group": "VET", "level": "shown", "what": "退役证"}).status_code == 303
    assert organiser.post(address, data={"group": "VET", "level": "verified", "what": "退役军人局"}).status_code == 303
    page = organiser.get(f"/organiser/people/{two[0]}?lang=en").text
    assert page.count("Said by themselves") == 1 and "退役军人局" in page and "退役证" not in page


def test_a_booth_verifies_no_group(two, fair, enrol, operation):
    told = operation(1, "group.seen", candidate=two[0], group="VET", level="verified")
    ingest(enrol(fair.desk).tablet.log, [told])
    assert not models.GroupEvidence.select().count() and models.Operation.get(kind="group.seen").outcome == "refused"


def test_a_home_town_that_is_kept_as_a_code_is_shown_by_its_name_and_stays_a_code(organiser, two, fair):
    models.Candidate.update(home_division=fair.town.code).execute()
    address = f"/organiser/people/{two[0]}/registrations/{two[0]}"
    assert fair.town.name in organiser.get(f"{address}/edit").text
    form = {"name": "王晓明", "birth_year": "1985", "home_division": fair.town.name, "why": "听错了"}
    assert organiser.post(address, data=form).status_code == 303
    assert "home_division" not in json.loads(models.Operation.get(kind="candidate.amended").body)["data"]


WISHED = {"wanted_pay_min_fen": "4500", "wishes": ["training", "legal_aid"], "last_province": "guangdong",
          "wanted_place": "county", "work_kinds": ["full_time"]}  # fmt: skip


def test_what_a_person_wishes_is_put_right_taken_out_and_shown(organiser, two):
    address, form = f"/organiser/people/{two[0]}/registrations/{two[0]}", {"name": "王小明", "birth_year": "1985"}
    assert organiser.post(address, data=form | WISHED | {"why": "本人说"}).status_code == 303
    one = models.Candidate.get_by_id(two[0])
    assert (one.wanted_pay_min_fen, one.wishes, one.last_province) == (450_000, ["training", "legal_aid"], "guangdong")
    for page in (f"/organiser/people/{two[0]}?lang=en", f"/organiser/people/{two[0]}/held?lang=en"):
        text = organiser.get(page).text
        shown = ("4500 yuan", "Skills training", "Legal help", "Guangdong", "This county")
        assert [word for word in shown if word not in text] == []
    assert organiser.post(address, data=form | {"why": "不要了"}).status_code == 303
    one = models.Candidate.get_by_id(two[0])
    assert (one.wanted_pay_min_fen, one.wishes, one.last_province, one.wanted_place) == (None, [], None, None)


def test_a_disability_is_noted_with_a_consent_of_its_own_and_taken_out_again(organiser, two):
    address, form = f"/organiser/people/{two[0]}/registrations/{two[0]}", {"name": "王小明", "birth_year": "1985"}
    refused = organiser.post(address, data=form | {"groups": ["DIS"], "why": "本人说"})
    assert refused.status_code == 422 and not models.Candidate.get_by_id(two[0]).groups
    assert organiser.post(address, data=form | {"groups": ["DIS"], "agrees": "yes", "why": "本人说"}).status_code == 303
    one = models.Candidate.get_by_id(two[0])
    assert one.groups == ["DIS"] and one.groups_consent_at
    assert 'name="agrees"' not in organiser.get(f"{address}/edit").text
    assert organiser.post(address, data=form | {"why": "收回"}).status_code == 303
    assert models.Candidate.get_by_id(two[0]).groups == []


def test_where_somebody_was_sent_on_to_stands_on_their_page_and_their_print(organiser, two, fair, operation):
    wrong = str(uuid4())
    record(fair.day, [
        operation(0, "referral.made", candidate=two[0], topic="training", about="育婴师班"),
        operation(0, "referral.made", id=wrong, candidate=two[0], topic="legal_aid", about="工会律师"),
        operation(0, "referral.withdrawn", candidate=two[0], referral=wrong),
        operation(0, "referral.progressed", candidate=two[0], topic="training", outcome="taken_up"),
    ])  # fmt: skip
    for page in (f"/organiser/people/{two[0]}?lang=en", f"/organiser/people/{two[0]}/held?lang=en"):
        text = organiser.get(page).text
        assert "Skills training · 育婴师班" in text and "Skills training · Taken up" in text and "工会律师" not in text
