"""After the day: worklists, contacts with people, who helps whom, and figures apart from the signed ones."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from models import schema as models
from models.figures.city import totals
from models.follow_up import say
from models.intake.ingest import ingest
from models.market.log import AFTER

PHONE = "13800006666"
LATER = datetime(2026, 3, 4, 2, tzinfo=UTC)  # eight days after the market day


@pytest.fixture
def people(fair, enrol, operation, morning, monkeypatch):
    """Have two people agree and one only come by, let eight days pass, and return the ids."""
    ids = [str(uuid4()) for _ in range(3)]
    ties = [str(uuid4()) for _ in range(2)]
    facts = [
        operation(seq, "candidate.registered", id=id, name=name, birth_year=1985, phone=PHONE, groups=groups,
                  home_division=village)
        for seq, (id, name, groups, village) in enumerate(zip(
            ids, ("王小明", "李强", "陈秀英"), (["MIG"], ["DIF"], []), ("石院村", "石院村", "接龙村"), strict=True,
        ), start=1)
    ]  # fmt: skip
    for tie, id in zip(ties, ids, strict=False):
        facts.append(operation(len(facts) + 1, "check_in.recorded", id=tie, candidate=id, vacancy=fair.sewing.number))
        facts.append(operation(len(facts) + 1, "check_in.progressed", check_in=tie, stage="agreed"))
    ingest(enrol(fair.clothing).tablet.log, facts)
    morning(LATER)
    monkeypatch.setattr(say, "utcnow", lambda: LATER)
    return ids


def attempt(fair, **changes) -> dict:
    return {
        "id": str(uuid4()), "day": fair.day.id, "channel": "phone", "result": "reached", "outcome": "started",
        "place": "county", "work_at": "山城制衣厂", "note": "下午方便",
    } | changes  # fmt: skip


def test_the_worklist_names_who_agreed_with_village_and_vacancy_and_no_phone(organiser, people):
    page = organiser.get("/organiser/follow-ups").text
    assert all(word in page for word in ("王小明", "李强", "石院村", "缝纫工")) and "陈秀英" not in page
    assert PHONE not in page and "1985" not in page
    assert models.AuditEntry.get(what="worklist").rows == 2
    assert "王小明" not in organiser.get("/organiser/follow-ups?q=接龙村").text.partition("<tbody")[2]


def test_a_contact_is_written_down_once_shown_and_taken_back(organiser, people, fair):
    address = f"/organiser/people/{people[0]}/contacts"
    assert organiser.get(f"{address}/new?day={fair.day.id}").status_code == 200
    form = attempt(fair)
    for _ in range(2):
        assert organiser.post(address, data=form).status_code == 303
    (made,) = models.ContactAttempt.select()
    assert (made.person, made.outcome, made.place, made.who, made.market_day_id) == (
        people[0], "started", "county", "chen", fair.day.id,
    )  # fmt: skip
    assert "山城制衣厂" in organiser.get(f"/organiser/people/{people[0]}").text
    assert models.Operation.select().join(models.Log).where(models.Log.kind == AFTER).count() == 1
    assert organiser.post(f"{address}/{made.id}/delete").status_code == 303
    assert not models.ContactAttempt.select().count()
    assert organiser.post(f"{address}/{made.id}/delete").status_code == 404


@pytest.mark.parametrize("spoilt", [
    {"result": ""}, {"channel": "pigeon"}, {"day": "0"}, {"result": "no_answer"}, {"outcome": ""},
    {"note": "长" * 101}, {"next_on": "2026-03-04"}, {"result": "refused", "outcome": "", "place": "", "work_at": "",
                                                        "next_on": "2026-04-01"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_the_field(organiser, people, fair, spoilt):
    answer = organiser.post(f"/organiser/people/{people[0]}/contacts", data=attempt(fair, **spoilt))
    assert answer.status_code == 422 and "field-error" in answer.text
    assert not models.ContactAttempt.select().count()


def test_who_was_reached_is_done_and_who_was_not_stays(organiser, people, fair):
    organiser.post(f"/organiser/people/{people[0]}/contacts", data=attempt(fair))
    later = attempt(fair, result="no_answer", outcome="", place="", work_at="", next_on="2026-03-09")
    organiser.post(f"/organiser/people/{people[1]}/contacts", data=later)
    rows = {state: organiser.get(f"/organiser/follow-ups?state={state}").text for state in ("due", "later", "done")}
    assert "王小明" in rows["done"] and "李强" in rows["later"] and "王小明" not in rows["due"]


def test_the_signed_day_stays_byte_for_byte_and_the_figures_stand_apart(organiser, people, fair):
    address = f"/organiser/market-days/{fair.day.id}"
    assert organiser.post(f"{address}/closings").status_code == 303
    forms = [f"{address}/summary.json", f"{address}/summary.csv", f"{address}/summary.json?version=open"]
    before = [organiser.get(form).data for form in forms[:2]]
    open_before = {k: v for k, v in organiser.get(forms[2]).json.items() if k != "as_of"}
    organiser.post(f"/organiser/people/{people[0]}/contacts", data=attempt(fair))
    organiser.post(f"/organiser/people/{people[1]}/contacts", data=attempt(fair, outcome="gone", place="outside"))
    (made, _) = models.ContactAttempt.select().order_by(models.ContactAttempt.outcome.desc())
    assert [organiser.get(form).data for form in forms[:2]] == before
    assert {k: v for k, v in organiser.get(forms[2]).json.items() if k != "as_of"} == open_before
    page = organiser.get("/organiser/follow-ups/placements").text
    cells = [part.partition("<")[0] for part in page.partition("<main")[2].split('<td class="is-number">')[1:]]
    assert cells == ["2", "2", "1", "1", "0", "1", "0", "0", "0", "1", "0", "0", "100.0 %", "100.0 %"]
    organiser.post(f"/organiser/people/{people[0]}/contacts/{made.id}/delete")
    assert [organiser.get(form).data for form in forms[:2]] == before


def test_what_was_found_out_later_is_summed_apart_for_campaign_and_city(app, organiser, people, fair):
    models.MarketDay.update(campaign=fair.campaign).where(models.MarketDay.id == fair.day.id).execute()
    models.Campaign.update(starts_on=fair.day.date, ends_on=fair.day.date).execute()
    for one in people[:2]:
        organiser.post(f"/organiser/people/{one}/contacts", data=attempt(fair))
    page = organiser.get(f"/organiser/campaigns/{fair.campaign.id}?lang=en").text
    assert "<dt>Confirmed later</dt><dd>2</dd>" in page and "<dt>Share inside Chongqing</dt><dd>100.0%</dd>" in page
    lines, whole = totals(fair.day.date, fair.day.date)
    assert [line.people["confirmed"] for line in lines] == ["*", 0] and whole.people["confirmed"] == "*"
    assert "Persons confirmed later" in app.test_client(user=fair.city).get("/organiser/city?lang=en").text


def test_workers_are_given_people_and_their_list_is_theirs(organiser, people, fair):
    form = {"helper": "gao", "person": people[:1]}
    assert organiser.post("/organiser/helpers", data=form).status_code == 303
    page = organiser.get("/organiser/follow-ups?helper=gao").text
    assert "王小明" in page and "李强" not in page
    sheet = organiser.get("/organiser/follow-ups/sheet?helper=gao").text
    assert "王小明" in sheet and "李强" not in sheet and PHONE not in sheet and "1985" not in sheet
    assert models.AuditEntry.get(action="print").rows == 1
    organiser.post("/organiser/helpers", data={"helper": "", "person": people[:1]})
    assert "李强" in organiser.get("/organiser/follow-ups?helper=-").text
    assert organiser.post("/organiser/helpers", data={"helper": "neighbour", "person": people}).status_code == 422


def test_people_in_difficulty_are_reminded_of_until_they_had_the_least(organiser, people, fair):
    assert "李强" in organiser.get("/organiser/assistance?lacks=yes").text
    assert "王小明" not in organiser.get("/organiser/assistance").text
    address = f"/organiser/people/{people[1]}/assistance"
    organiser.post(address, data={"what": "guidance"})
    organiser.post(address, data={"what": "offer", "vacancy": fair.stranger.number})  # another county's
    for number in (fair.ironing.number, fair.ironing.number):  # with the sewing at the market two posts, not three
        organiser.post(address, data={"what": "offer", "vacancy": number})
    assert "2 / 3" in organiser.get("/organiser/assistance?lacks=yes").text
    organiser.post(address, data={"what": "offer"})
    assert "李强" not in organiser.get("/organiser/assistance?lacks=yes").text.partition("<tbody")[2]
    given = models.Assistance.get(what="guidance")
    assert organiser.post(f"{address}/{given.id}/delete").status_code == 303
    assert "李强" in organiser.get("/organiser/assistance?lacks=yes").text


def test_clerks_see_their_towns_and_other_counties_nothing(app, fair, people):
    clerk, other = app.test_client(user=fair.clerk), app.test_client(user=fair.other_clerk)
    neighbour = app.test_client(user=fair.neighbour)
    assert "王小明" in clerk.get("/organiser/follow-ups").text
    for stranger in (other, neighbour):
        for page in ("follow-ups", "follow-ups/sheet", "assistance"):
            text = stranger.get(f"/organiser/{page}").text
            assert "王小明" not in text and "李强" not in text
        assert stranger.get(f"/organiser/people/{people[0]}/contacts/new").status_code == 404
        assert stranger.post(f"/organiser/people/{people[0]}/contacts", data=attempt(fair)).status_code == 404
        stranger.post("/organiser/helpers", data={"helper": "", "person": people})
    assert not models.ContactAttempt.select().count() and not models.Assistance.select().count()
    assert app.test_client(user=fair.reader).get("/organiser/follow-ups").status_code == 403


def test_a_tablet_says_nothing_of_it(fair, enrol, operation, people):
    ingest(enrol(fair.desk).tablet.log, [
        operation(1, "contact.attempted", candidate=people[0], channel="phone", result="reached", outcome="started"),
        operation(2, "helper.assigned", candidate=people[0], helper="me"),
    ])  # fmt: skip
    refused = models.Operation.select().where(models.Operation.reason == "not_permitted")
    assert refused.count() == 2 and not models.ContactAttempt.select().count()
