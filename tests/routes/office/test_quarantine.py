"""How an organiser sees what was refused or needs attention, and settles it."""

import json
import re

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.keys.seal import SealKey, text_of
from models.log.operation import Operation
from models.log.settlement import Settlement
from models.people.candidate_pass import PassRange, numbered
from tests.html import one_line
from tests.properties.mornings import STRAY_PASS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.clothing)


@pytest.fixture
def here(fair):
    return f"/organiser/market-days/{fair.day.id}/quarantine"


@pytest.fixture
def of(here, tablet):
    """Return a function that gives the address of one of the tablet's facts."""
    return lambda seq: f"{here}/{tablet.tablet.id}/{seq}"


@pytest.fixture
def registered(operation):
    """Return a function that registers a candidate and lets the test spoil one field."""

    def registered(seq: int = 1, **changes: object) -> dict:
        data = {"name": "王师傅", "birth_year": 1970, "trades": ["sewing"], "education": "primary"}
        return operation(seq, "candidate.registered", **data | changes)

    return registered


@pytest.fixture
def scanned(operation, fair):
    """Return a function that ties a pass to the sewing vacancy."""

    def scanned(seq: int = 1, **changes: object) -> dict:
        data = {"pass_": STRAY_PASS, "vacancy": fair.sewing.number, "channel": "card"}
        return operation(seq, "check_in.recorded", **data | changes)

    return scanned


def summary(organiser, fair) -> dict:
    return organiser.get(f"/organiser/market-days/{fair.day.id}/summary.json").json


def test_a_day_on_which_all_is_well_says_so(organiser, here):
    page = organiser.get(here)
    assert page.status_code == 200
    assert "一切正常" in page.text and "<table" not in page.text


def test_the_list_says_what_who_where_when_by_whom_and_why(organiser, tablet, here, scanned, fair):
    operator = models.Operator.enlist(fair.clothing, "李工", "1234")
    tablet.sync(scanned() | {"operator": str(operator.id)})

    page = organiser.get(here).text

    for words in ("09:00", "意向登记", "缝纫工", "700 000 0002", "平板T0", "李工", "需处理", "没有发放过"):
        assert words in page, words


def test_a_broken_fact_is_shown_with_what_can_be_read(organiser, tablet, here, of, registered):
    spoiled = ({"kind": 7}, {"data": []}, {"at": "noon"})
    tablet.sync(registered(name="王\0"), *(registered(seq) | spoil for seq, spoil in enumerate(spoiled, start=2)))

    listed = organiser.get(here + "?state=refused").text
    shown = organiser.get(of(1)).text

    assert listed.count('data-state="refused"') == 4
    assert "栏目：姓名" in shown and "1970" in shown and "candidate.registered" in shown
    for seq in (2, 3, 4):
        assert organiser.get(of(seq)).status_code == 200
    assert organiser.get(of(2) + "/edit").status_code == 404  # nobody knows what it is


def test_accepted_it_counts_on_and_needs_nobody(organiser, tablet, here, of, scanned, fair):
    tablet.sync(scanned())
    before = summary(organiser, fair)

    answer = organiser.post(of(1), data={"act": "accepted", "note": "人来过"})
    after = summary(organiser, fair)

    assert (answer.status_code, answer.location) == (303, here)
    assert (before["attention"], after["attention"], after["settled"]) == (1, 0, 1)
    assert before["check_ins"] == after["check_ins"] == 1
    assert "一切正常" in organiser.get(here).text
    settled = organiser.get(here + "?state=settled").text
    assert "人来过" in settled and "chen" in settled


def test_set_aside_it_is_kept_and_does_not_count(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned())
    body = Operation.get().body

    organiser.post(of(1), data={"act": "set_aside"})
    after = summary(organiser, fair)

    assert [after[name] for name in ("check_ins", "visits", "persons", "attention", "refused")] == [0] * 5
    assert (after["settled"], Operation.get().body) == (1, body)


def test_corrected_it_counts_as_if_it_had_come_so(organiser, tablet, of, registered, fair):
    tablet.sync(registered(name=7))
    body = Operation.get().body

    page = organiser.get(of(1) + "/edit").text
    assert 'value="1970"' in page and 'name="note"' in page
    form = {"act": "corrected", "name": "王大姐", "birth_year": "1971", "trades": ["sewing"]}
    answer = organiser.post(of(1), data=form)

    candidate = models.Candidate.get()
    assert answer.status_code == 303
    assert (candidate.name, candidate.birth_year, candidate.trades) == ("王大姐", 1971, ["sewing"])
    assert (Operation.get().body, Operation.get().reason) == (body, "corrected")
    assert (summary(organiser, fair)["registered"], summary(organiser, fair)["refused"]) == (1, 0)


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(organiser, tablet, of, registered):
    tablet.sync(registered(name=7))
    form = {"act": "corrected", "name": "王大姐", "birth_year": "1871", "phone": "13800000000", "note": "问过展位"}

    for headers in ({}, HTMX):
        answer = organiser.post(of(1), data=form, headers=headers)
        assert answer.status_code == 422
        for typed in ("王大姐", "1871", "13800000000", "问过展位"):
            assert typed in answer.text
        assert re.search(r'name="birth_year"[^>]*aria-invalid="true"', answer.text)
        assert answer.text.lstrip().startswith("<form") == bool(headers)
    assert not Settlement.select().exists()


def test_a_child_is_never_accepted_and_only_another_year_changes_that(
    organiser, tablet, of, registered, scanned, fair
):
    child = registered(birth_year=2012, name="小明")
    tablet.sync(child, scanned(2, pass_=None, candidate=child["id"]))

    assert organiser.post(of(1), data={"act": "accepted"}).status_code == 422
    assert organiser.post(of(1), data={"act": "corrected", "birth_year": "2013"}).status_code == 422
    assert organiser.post(of(2), data={"act": "accepted"}).status_code == 422
    assert organiser.post(of(2), data={"act": "corrected", "pass": fair.passes[0]}).status_code == 422
    assert summary(organiser, fair)["refused"] == 2
    page = organiser.get(of(1) + "/edit").text
    assert 'name="birth_year"' in page and 'name="name"' not in page

    assert organiser.post(of(1), data={"act": "corrected", "birth_year": "2002", "name": "大明"}).status_code == 303

    after = summary(organiser, fair)
    assert (after["refused"], after["registered"], after["check_ins"]) == (0, 1, 1)
    assert models.Candidate.get().name == "小明"  # the year and nothing else


def test_a_mistyped_pass_is_put_right(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned())
    form = {"act": "corrected", "vacancy": fair.sewing.number}

    for wrong in ("", "123", "1234567890", STRAY_PASS[:-1] + "9", "1999999996"):
        assert organiser.post(of(1), data=form | {"pass": wrong}).status_code == 422, wrong
    assert organiser.post(of(1), data=form | {"pass": fair.passes[3]}).status_code == 303
    assert models.CheckIn.get().person == fair.passes[3]


def test_a_check_in_is_moved_to_the_right_vacancy(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned(pass_=fair.passes[0], vacancy=fair.cook.number))

    organiser.post(of(1), data={"act": "corrected", "pass": fair.passes[0], "vacancy": fair.ironing.number})

    assert [check_in.vacancy for check_in in models.CheckIn.select()] == [fair.ironing.number]
    told = {c["id"]: c["data"] for c in tablet.sync().json["changes"] if c["kind"] == "check_in"}
    assert [data["vacancy"] for data in told.values()] == [fair.ironing.number]


def test_a_move_finds_its_check_in(organiser, tablet, of, scanned, operation, fair):
    check_in = scanned(pass_=fair.passes[0])
    lost = "6b1f3f2e-0000-7000-8000-000000000001"
    tablet.sync(check_in, operation(2, "check_in.progressed", check_in=lost, stage="hired", place="town"))

    page = organiser.get(of(2) + "/edit").text
    assert check_in["id"] in page and "缝纫工" in page
    form = {"act": "corrected", "check_in": check_in["id"], "stage": "interviewed"}
    assert organiser.post(of(2), data=form).status_code == 303
    assert (models.CheckIn.get().stage, models.CheckIn.get().place) == ("interviewed", None)


def test_what_two_people_wrote_stands_side_by_side(organiser, enrol, tablet, of, registered, operation, fair, here):
    other = enrol(fair.desk)
    person = registered(wanted_place="town", wanted_pay_min_fen=350_000)
    edit = {"id": person["id"], "based_on": 1}
    tablet.sync(person, operation(2, "candidate.amended", wanted_place="county", education="primary", **edit))
    came = operation(1, "visit.recorded", candidate=person["id"])
    other.sync(came, operation(2, "candidate.amended", at="2026-02-24T09:05:00+08:00", wanted_place="outside", **edit))

    page = one_line(organiser.get(f"{here}/{other.tablet.id}/2").text)

    row = re.search(r'<tr class="is-different">(.*?)</tr>', page)[1]
    assert [word for word in ("本镇", "本区县", "重庆市外") if word in row] == ["本镇", "本区县", "重庆市外"]
    assert page.count('class="is-different"') == 1
    assert f'href="{of(2)}"' in page

    assert organiser.post(f"{here}/{other.tablet.id}/2", data={"act": "set_aside"}).status_code == 303
    assert models.Candidate.get().wanted_place == "county"
    assert "is-different" not in organiser.get(f"{here}/{other.tablet.id}/2").text


def test_numbers_that_were_sealed_are_read_side_by_side(organiser, enrol, tablet, registered, operation, fair, here):
    key, other = SealKey.current(fair.county), enrol(fair.desk)
    sealed = [text_of(key.seal(json.dumps({"phone": phone}).encode())) for phone in ("13911112222", "13933334444")]
    person = registered()
    edit = {"id": person["id"], "based_on": 1}
    tablet.sync(person, operation(2, "candidate.amended", contact=sealed[0], **edit))
    came = operation(1, "visit.recorded", candidate=person["id"])
    other.sync(came, operation(2, "candidate.amended", contact=sealed[1], **edit))

    page = organiser.get(f"{here}/{other.tablet.id}/2").text

    assert "13911112222" in page and "13933334444" in page


def test_a_wrong_clock_is_shown_with_the_arrival_and_its_time_is_corrected(
    organiser, tablet, here, of, operation, fair
):
    tablet.sync(operation(1, "visit.recorded", at="2015-01-01T08:00:00+08:00", pass_=fair.passes[0]))
    listed = one_line(organiser.get(here).text)
    assert "2015-01-01 08:00" in listed and "到达" in listed
    assert 'name="happened"' in organiser.get(of(1) + "/edit").text

    form = {"act": "corrected", "pass": fair.passes[0]}
    for wrong in ("2015-01-02T08:00", "2099-01-01T08:00", "noon"):
        assert organiser.post(of(1), data=form | {"happened": wrong}).status_code == 422, wrong
    assert organiser.post(of(1), data=form | {"happened": "2026-02-24T10:30"}).status_code == 303

    assert [hour for hour in summary(organiser, fair)["hours"] if hour["visits"]] == [
        {"hour": 10, "visits": 1, "check_ins": 0}
    ]
    assert "10:30" in organiser.get(here + "?state=settled").text

    organiser.post(of(1) + "/delete")
    assert models.Visit.get().at_ms == 1_420_070_400_000  # as the tablet said
    assert (Operation.get().recorded_ms, Operation.get().reason) == (None, "clock_wrong")


def test_a_corrected_time_stays_when_something_else_is_corrected_too(organiser, tablet, of, operation, fair):
    tablet.sync(operation(1, "visit.recorded", at="2015-01-01T08:00:00+08:00", pass_=fair.passes[0]))
    form = {"act": "corrected", "pass": fair.passes[0], "happened": "2026-02-24T10:30"}
    organiser.post(of(1), data=form)
    assert 'value="2026-02-24T10:30"' in organiser.get(of(1) + "/edit").text

    organiser.post(of(1), data=form | {"pass": fair.passes[1]})

    assert models.Visit.get().person == fair.passes[1]
    assert Settlement.get().happened_ms == models.Visit.get().at_ms == 1_771_900_200_000


def test_a_corrected_time_holds_for_the_same_fact_in_another_log(organiser, enrol, tablet, of, operation, fair):
    fact = operation(1, "visit.recorded", at="2015-01-01T08:00:00+08:00", pass_=fair.passes[0])
    tablet.sync(fact)
    organiser.post(of(1), data={"act": "corrected", "pass": fair.passes[0], "happened": "2026-02-24T10:30"})
    enrol(fair.clothing).sync(fact)

    assert {op.recorded_ms for op in Operation.select()} == {1_420_070_400_000}
    organiser.post(of(1) + "/delete")
    assert {(op.at_ms, op.recorded_ms) for op in Operation.select()} == {(1_420_070_400_000, None)}


def test_what_is_out_of_reach_waits_until_it_is_accepted(organiser, tablet, here, of, scanned, fair):
    tablet.sync(scanned(pass_=fair.passes[0], vacancy=fair.cook.number))
    assert (summary(organiser, fair)["waiting"], summary(organiser, fair)["check_ins"]) == (1, 0)
    listed = organiser.get(here + "?state=waiting").text
    assert 'data-state="waiting"' in listed and "厨师" in listed

    organiser.post(of(1), data={"act": "accepted", "note": "替隔壁登记"})
    assert (summary(organiser, fair)["waiting"], summary(organiser, fair)["check_ins"]) == (0, 1)

    organiser.post(of(1) + "/delete")
    assert (summary(organiser, fair)["waiting"], summary(organiser, fair)["check_ins"]) == (1, 0)
    organiser.post(of(1), data={"act": "set_aside"})
    assert (summary(organiser, fair)["waiting"], summary(organiser, fair)["check_ins"]) == (0, 0)


def test_what_reaches_into_another_county_is_only_set_aside(organiser, tablet, here, of, scanned, fair):
    tablet.sync(scanned(pass_=fair.passes[0], vacancy=fair.stranger.number))
    waiting = organiser.get(here + "?state=waiting").text
    assert 'data-state="waiting"' in waiting

    assert organiser.post(of(1), data={"act": "accepted"}).status_code == 422
    assert models.CheckIn.select().count() == 0


def test_a_number_is_a_pass_from_when_it_is_given_out(organiser, tablet, operation, fair, here):
    later = numbered(PassRange.get(market_day=fair.day).last_payload + 3)
    person = operation(1, "candidate.registered", name="王师傅", birth_year=1970, trades=["sewing"])
    bound = {"pass_": later, "candidate": person["id"]}
    tablet.sync(person, operation(2, "pass.bound", **bound), operation(3, "visit.recorded", pass_=later))
    assert [op.outcome for op in Operation.select().order_by(Operation.seq)] == ["applied", "waiting", "attention"]
    assert summary(organiser, fair)["persons"] == 2

    organiser.post(f"/organiser/market-days/{fair.day.id}/passes", data={"count": "10"})

    assert {op.outcome for op in Operation.select()} == {"applied"}
    assert summary(organiser, fair)["persons"] == 1


def test_a_tally_of_nothing_is_a_number_too(organiser, tablet, of, operation):
    tablet.sync(operation(1, "tally.counted", topic="leaflet", count="five"))
    organiser.post(of(1), data={"act": "corrected", "topic": "leaflet", "count": "0"})
    assert json.loads(Settlement.get().data) == {"topic": "leaflet", "count": 0}


def test_nobody_consents_for_another(organiser, tablet, of, operation, registered, fair):
    person = registered()
    consent = operation(2, "consent.given", candidate=person["id"], vacancy="9999999")
    tablet.sync(person, consent, operation(3, "consent.given", candidate="?", vacancy=fair.sewing.number))

    assert organiser.post(of(2), data={"act": "corrected", "vacancy": fair.sewing.number}).status_code == 303
    assert (models.Consent.get().candidate, models.Consent.get().vacancy) == (person["id"], fair.sewing.number)
    assert organiser.get(of(3) + "/edit").status_code == 404


def test_a_decision_is_changed_and_taken_back_and_everything_is_on_record(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned())
    organiser.post(of(1), data={"act": "set_aside", "note": "重复"})
    organiser.post(of(1), data={"act": "accepted", "note": "问过了"})

    stands = Settlement.get()
    assert (stands.act, stands.who, stands.note, stands.reason) == ("accepted", "chen", "问过了", "pass_unknown")
    assert summary(organiser, fair)["check_ins"] == 1

    for _ in range(2):  # a repeat changes nothing
        assert organiser.post(of(1) + "/delete").status_code == 303
    assert not Settlement.select().exists()
    assert summary(organiser, fair)["attention"] == 1
    entries = models.AuditEntry.select().where(models.AuditEntry.action == "fact_settled")
    assert [(e.who, e.what.partition(": ")[2]) for e in entries] == [
        ("chen", "set_aside: 重复"), ("chen", "accepted: 问过了"), ("chen", "put_back"),
    ]  # fmt: skip
    page = organiser.get(of(1)).text
    assert "重复" in page and "问过了" in page


def test_what_needs_nobody_is_not_settled(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned(pass_=fair.passes[0]))
    assert "这条记录照原样统计" in organiser.get(of(1)).text
    for act in ("accepted", "corrected", "dropped", ""):
        assert organiser.post(of(1), data={"act": act}).status_code == 422
    assert organiser.get(of(1) + "/edit").status_code == 404
    assert not Settlement.select().exists()


def test_htmx_gets_the_list_anew_where_it_was_accepted(organiser, tablet, of, scanned):
    tablet.sync(scanned(), scanned(2))
    data = {"act": "accepted", "from": "list", "state": "attention", "page": "1"}

    answer = organiser.post(of(1), data=data, headers=HTMX)

    assert answer.status_code == 200 and answer.text.lstrip().startswith('<div id="quarantine"')
    assert answer.text.count('data-state="attention"') == 1
    assert "HX-Request" in answer.headers["Vary"]


def test_thirty_a_page_whatever_page_is_asked_for(organiser, tablet, here, scanned):
    tablet.sync(*(scanned(seq) for seq in range(1, 32)))

    assert organiser.get(here).text.count('data-state="attention"') == 30
    for page in (2, 99):
        assert organiser.get(f"{here}?page={page}").text.count('data-state="attention"') == 1
    assert organiser.get(here + "?page=-1&state=nonsense").text.count('data-state="attention"') == 30


def test_the_list_asks_the_database_as_often_for_many_facts_as_for_one(organiser, tablet, here, scanned, by_day):
    tablet.sync(scanned())
    organiser.get(here)
    tablet.sync(*(scanned(seq) for seq in range(2, 32)))

    with assert_query_count(17):
        organiser.get(here)


def test_the_market_day_and_the_summary_lead_there_with_the_count(organiser, tablet, here, scanned, fair):
    day = f"/organiser/market-days/{fair.day.id}"
    link = r'id="tab-quarantine" href="[^"]+/quarantine".*?待处理(.*?)</a>'
    assert re.search(link, one_line(organiser.get(day).text))[1] == ""
    tablet.sync(scanned(), scanned(2, vacancy="x"))

    assert ">2</strong>" in re.search(link, one_line(organiser.get(day).text))[1]
    assert "待处理 (2)" in organiser.get(day + "/summary").text


def test_the_printed_summary_says_how_many_were_settled(organiser, tablet, of, scanned, fair):
    tablet.sync(scanned(), scanned(2))
    page = f"/organiser/market-days/{fair.day.id}/summary"
    assert "已由组织方处理" not in organiser.get(page).text
    organiser.post(of(1), data={"act": "accepted"})
    assert "1条已由组织方处理" in organiser.get(page).text


def test_the_tablet_hears_how_its_fact_was_settled(enrol, organiser, tablet, of, scanned, fair):
    neighbour = enrol(fair.kitchen)
    cursor = tablet.sync(scanned()).json["cursor"]

    organiser.post(of(1), data={"act": "set_aside"})
    heard = {c["id"]: c["data"] for c in tablet.sync(cursor=cursor).json["changes"] if c["kind"] == "settlement"}
    assert heard == {"T0 1": {"tablet": "T0", "seq": 1, "act": "set_aside"}}
    assert [c for c in neighbour.sync().json["changes"] if c["kind"] == "settlement"] == []

    organiser.post(of(1) + "/delete")
    heard = {c["id"]: c["data"] for c in tablet.sync(cursor=cursor).json["changes"] if c["kind"] == "settlement"}
    assert heard == {"T0 1": None}


def test_a_reader_may_look_and_not_decide(app, tablet, here, of, scanned, fair):
    tablet.sync(scanned())
    reader = app.test_client(user=fair.reader)
    assert reader.get(here).status_code == reader.get(of(1)).status_code == 200
    assert "您可以查看，不能处理" in reader.get(of(1)).text
    assert reader.get(of(1) + "/edit").status_code == 403
    assert reader.post(of(1), data={"act": "accepted"}).status_code == 403


def test_another_day_s_facts_are_not_found(organiser, enrol, here, scanned, fair):
    theirs = enrol(fair.other_booth)
    theirs.sync(scanned())
    assert organiser.get(f"{here}/{theirs.tablet.id}/1").status_code == 404
    assert organiser.get(f"{here}/{theirs.tablet.id}/99").status_code == 404
