"""From door to door: what the tablet of a survey's round is told, what it records, and how far it gets (6.1)."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from models import schema as models
from models.figures.summary import figures
from models.forgetting.surveyed import delete_surveyed
from models.intake.ingest import ingest
from models.kiosk.survey_set_up import change_round, change_survey, make_round, take_in_roster
from models.market import planning
from models.quarantine.decide import settle
from models.surveys.roster import read_roster
from models.surveys.survey_answer import Answer, Entry, answers_of, latest_of, store
from models.surveys.survey_attempt import attempts_of, store_attempts
from models.surveys.survey_list import figures_of, people_of
from tests.routes.kiosk.test_sync import outcomes

TODAY = date(2026, 2, 24)
NOON = datetime(2026, 2, 24, 4, tzinfo=UTC)
LINES = {1: "石院村", 2: "石院村", 3: "石院村", 4: "接龙村", 5: "接龙村"}
WAITS = "waiting"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(planning, "utcnow", lambda: NOON)


def roster(lines: dict[int, str] = LINES):
    rows = [f"5001202601{n},王小{n},1380000000{n},{village},是" for n, village in lines.items()]
    return read_roster("\n".join(["编号,姓名,电话,村,同意联系", *rows]).encode())


@pytest.fixture
def survey(fair):
    dates = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
    made = models.Survey.create(county=fair.county, name="节后打算", made_by="chen", **dates)
    take_in_roster(made, fair.county, roster())
    return made


@pytest.fixture
def walk(survey, fair, enrol):
    """A tablet of a round in 石院村."""
    return enrol(make_round(survey, fair.day, "石院村一组", ["石院村"]).booth)


def person(number: int) -> str:
    return str(models.SurveyPerson.get(models.SurveyPerson.bureau_id.endswith(f"01{number}")).id)


@pytest.fixture
def answered(operation):
    def answered(seq: int = 1, who: int = 1, said: str = "stay", **more: object) -> dict:
        return operation(seq, "survey.answered", **{"person": person(who), "intention": said} | more)

    return answered


def told(tablet, kind: str, cursor: int = 0) -> dict[str, dict]:
    answer = tablet.browser.get(f"/kiosk/snapshot?cursor={cursor}").json
    return {one["id"]: one["data"] for one in answer["changes"] if one["kind"] == kind and one["data"]}


def test_a_round_is_told_of_the_people_of_its_villages_and_of_nothing_else(walk, survey, fair):
    text = walk.browser.get("/kiosk/snapshot").get_data(as_text=True)
    changes = json.loads(text)["changes"]
    assert {one["kind"] for one in changes} == {"market_day", "booth", "survey", "survey_person", "seal_key", "phrases"}
    people = told(walk, "survey_person")
    assert people.keys() == {person(n) for n in (1, 2, 3)}
    assert people[person(1)] == {
        "name": "王小1", "village": "石院村", "number": "026011", "elsewhere": "", "calls": []
    }  # fmt: skip
    assert "1380000000" not in text and "50012026011" not in text
    (one,) = told(walk, "survey").values()
    assert (one["name"], one["ends_on"], one["villages"]) == ("节后打算", "2026-02-28", ["石院村"])
    assert one["months"][0] == "2026-02" and len(one["months"]) == 12


def test_no_other_tablet_hears_of_them(walk, survey, fair, enrol):
    other = make_round(survey, fair.day, "接龙村", ["接龙村"]).booth
    for tablet in (enrol(fair.clothing), enrol(fair.desk), enrol(fair.other_booth)):
        assert not told(tablet, "survey_person") and not told(tablet, "survey")
    assert told(enrol(other), "survey_person").keys() == {person(4), person(5)}


def test_an_answer_counts_as_one_of_the_survey_and_in_no_figure_of_the_market(walk, survey, answered, fair):
    before = figures(fair.day)
    answer = walk.sync(answered(trade="sewing", place="county", month="2026-03"))
    assert outcomes(answer) == [("applied", None)]
    given = latest_of(survey)[person(1)]
    assert (given.answer, given.channel, given.who) == (Answer("stay", "sewing", "county", "2026-03"), "door", "T0")
    everybody, _ = figures_of(survey, TODAY)
    assert (everybody.asked, everybody.reached, everybody.answered, everybody.intentions["stay"]) == (1, 1, 1, 1)
    after = figures(fair.day)
    assert {name for name in before if before[name] != after[name]} <= {"as_of"}
    assert after["booths_without_tablet"] == [1, 2, 3] and [one["booth"] for one in after["booths"]] == [1, 2, 3]


def test_an_answer_in_however_many_batches_and_logs_counts_once(walk, survey, answered, enrol):
    said = answered()
    for _ in range(3):
        walk.sync(said)
    again = enrol(walk.tablet.booth)  # the tablet was enrolled anew and sends what it is not sure of
    assert outcomes(again.sync(said)) == [("applied", None)]
    assert len(answers_of(person(1))) == 1 == len(attempts_of(person(1)))
    assert figures_of(survey, TODAY)[0].answered == 1


def test_what_is_not_an_answer_is_an_attempt(walk, survey, operation):
    results = ("not_home", "refused", "moved")
    walk.sync(*(operation(n, "survey.attempted", person=person(n), result=results[n - 1]) for n in (1, 2, 3)))
    states = {one.name: (one.tried.last, one.state) for one in people_of(survey, TODAY) if one.tried}
    assert states == {"王小1": ("not_home", "to_ask"), "王小2": ("refused", "ended"), "王小3": ("moved", "to_ask")}
    everybody, _ = figures_of(survey, TODAY)
    assert (everybody.asked, everybody.reached, everybody.answered) == (3, 0, 0)


def test_undone_it_is_gone_in_whatever_order_and_a_later_answer_counts(walk, survey, answered, operation, enrol):
    first = answered(1, said="go_out")
    undo = operation(1, "survey.withdrawn", person=person(1), call=first["id"].upper())
    later = answered(1, said="train", at="2026-02-24T09:30:00+08:00")
    for order in permutations((first, undo, later)):
        models.Operation.delete().execute(), models.DoorCall.delete().execute(), models.Remark.delete().execute()
        for one in order:
            assert outcomes(enrol(walk.tablet.booth).sync(one)) == [("applied", None)]
        assert [one.answer.intention for one in answers_of(person(1))] == ["train"]
    assert figures_of(survey, TODAY)[0].intentions["go_out"] == 0


def test_of_a_door_and_a_call_the_later_counts_whichever_came_first(walk, survey, answered):
    called = Entry(str(uuid4()), person(1), Answer("go_out"), datetime(2026, 2, 24, 2, tzinfo=UTC))  # ten
    walk.sync(answered(1, 1, "stay"), answered(2, 2, "stay", at="2026-02-24T11:00:00+08:00"))
    store(survey, [called, called._replace(id=str(uuid4()), person=person(2))], "phone", "chen")
    latest = {id: given.answer.intention for id, given in latest_of(survey).items()}
    assert latest == {person(1): "go_out", person(2): "stay"}
    assert [one.channel for one in answers_of(person(2))] == ["door", "phone"]


def test_the_round_hears_what_became_of_its_people(walk, survey, answered, operation, enrol):
    second, head = enrol(walk.tablet.booth), walk.sync().json["cursor"]
    said = answered(1, 1, "train")
    walk.sync(said)
    changes = second.sync(cursor=head).json
    (news,) = changes["changes"]
    assert news["id"] == person(1) and [one["said"] for one in news["data"]["calls"]] == ["train"]
    second.sync(operation(1, "survey.withdrawn", person=person(1), call=said["id"]))
    store_attempts(survey, [(str(uuid4()), person(2), "refused", "", "")], "chen", NOON, "phone")
    store(survey, [Entry(str(uuid4()), person(3), Answer("stay"), NOON)], "sms")
    people = {one["id"]: one["data"] for one in second.sync(cursor=changes["cursor"]).json["changes"]}
    assert {id: (one["elsewhere"], len(one["calls"])) for id, one in people.items()} == {
        person(1): ("", 0), person(2): ("ended", 0), person(3): ("answered", 0),
    }  # fmt: skip


def test_what_is_out_of_reach_waits_and_counts_once_it_is_accepted(walk, survey, answered, operation, fair, enrol):
    early, late = "2026-01-31T09:00:00+08:00", "2026-02-24T09:00:00+08:00"
    survey.ends_on = date(2026, 2, 23)
    change_survey(survey)
    answer = walk.sync(
        operation(1, "survey.answered", at=early, person=str(uuid4()), intention="stay"),
        answered(2, 1, at=early), answered(3, 4, at="2026-02-20T09:00:00+08:00"), answered(4, 2, at=late),
    )  # fmt: skip
    assert outcomes(answer) == [
        (WAITS, "survey_unknown"), (WAITS, "survey_over"), (WAITS, "survey_other_booth"), (WAITS, "survey_over"),
    ]  # fmt: skip
    stand = enrol(fair.clothing)
    assert outcomes(stand.sync(answered(1, 1))) == [(WAITS, "survey_other_booth")]
    assert figures_of(survey, TODAY)[0].answered == 0
    for key in ((walk.tablet.id, 1), (walk.tablet.id, 3)):
        settle(key, "accepted", "chen", None, "")
    assert set(latest_of(survey)) == {person(4)}
    survey.ends_on = date(2026, 2, 24)
    change_survey(survey)  # reach follows from the set-up
    assert set(latest_of(survey)) == {person(2), person(4)}


def test_of_another_county_nothing_counts_even_accepted(survey, fair, enrol, answered):
    theirs = models.Survey.create(
        county=fair.elsewhere, name="x", begins_on=date(2026, 2, 1), ends_on=date(2026, 2, 28), made_by="x"
    )
    stranger = enrol(make_round(theirs, fair.other_day, "石院村", ["石院村"]).booth)
    assert told(stranger, "survey_person") == {}
    assert outcomes(stranger.sync(answered())) == [(WAITS, "other_county")]
    settle((stranger.tablet.id, 1), "accepted", "neighbour", None, "")
    assert latest_of(survey) == {} == latest_of(theirs)


def test_what_nobody_can_read_is_refused_and_kept(walk, survey, operation):
    who = person(1)
    spoiled = [
        {"person": who, "intention": "emigrate"}, {"person": who}, {"person": "王小1", "intention": "stay"},
        {"person": who, "intention": "stay", "month": "2026-13"}, {"person": who, "intention": "stay", "place": "moon"},
        {"person": who, "intention": "stay", "trade": "a,b"}, {"person": [who], "intention": "stay"},
    ]  # fmt: skip
    answer = walk.sync(*(operation(n, "survey.answered", **data) for n, data in enumerate(spoiled, start=1)))
    wrong = ("intention", "intention", "person", "month", "place", "trade", "person")
    assert outcomes(answer) == [("refused", f"malformed: {name}") for name in wrong]
    answer = walk.sync(
        operation(8, "survey.attempted", person=who, result="ate me"),
        operation(9, "survey.withdrawn", person=who, call="that one"),
        operation(10, "survey.answered", person=who, intention="stay", mood="merry"),
    )
    assert outcomes(answer) == [
        ("refused", "malformed: result"), ("refused", "malformed: call"), ("attention", "unknown_field"),
    ]  # fmt: skip
    assert answer.json["acknowledged"] == 10 and figures_of(survey, TODAY)[0].answered == 1


def test_a_round_records_nothing_of_a_market(walk, fair, operation):
    somebody = operation(1, "candidate.registered", name="王师傅", birth_year=1970)
    answer = walk.sync(
        somebody, operation(2, "visit.recorded", pass_=fair.passes[0]),
        operation(3, "tally.counted", topic="leaflet", count=2),
        operation(4, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number, channel="card"),
    )  # fmt: skip
    assert {outcome for outcome, _ in outcomes(answer)} == {WAITS}
    assert "survey_round" in {reason for _, reason in outcomes(answer)}
    assert not models.Visit.select().count() and not models.Candidate.select().count()
    assert figures(fair.day)["persons"] == 0 == figures(fair.day)["waiting"]
    assert {one["kind"] for one in answer.json["changes"]} <= {"survey_person", "outcome"}


def test_who_moves_to_another_village_or_is_forgotten_leaves_the_tablet(walk, survey, answered, fair):
    said = walk.sync(answered(1, 1), answered(2, 2)).json
    take_in_roster(survey, fair.county, roster(LINES | {1: "接龙村"}))
    delete_surveyed(fair.county, [person(2)])
    changes = walk.sync(cursor=said["cursor"]).json["changes"]
    gone = {one["id"]: one["data"] for one in changes if one["kind"] == "survey_person"}
    assert [id for id, data in gone.items() if data is None] and "王小2" not in json.dumps(changes, ensure_ascii=False)
    assert told(walk, "survey_person").keys() == {person(3)}
    results = {one["id"]: one["data"]["reason"] for one in changes if one["kind"] == "outcome"}
    assert results == {"T0 1": "survey_other_booth"}  # reach follows from the list


def test_where_a_round_no_longer_goes_its_tablet_forgets(walk, survey, fair):
    found = models.SurveyRound.get(booth=walk.tablet.booth_id)
    change_round(found, "接龙村", ["接龙村"])
    assert told(walk, "survey_person").keys() == {person(4), person(5)}


def test_once_the_survey_is_over_no_tablet_is_told_of_anybody(walk, survey, monkeypatch):
    monkeypatch.setattr(planning, "utcnow", lambda: NOON + timedelta(days=5))
    assert told(walk, "survey_person") == {} and told(walk, "survey")


def test_forgotten_their_answer_stays_and_free_text_goes_whenever_it_comes(walk, survey, operation, fair):
    who, text = person(1), {"mood": "他儿子王大在家"}
    first = operation(1, "survey.answered", person=who, intention="stay", trade="cook", month="2026-03", **text)
    walk.sync(first)
    before = vars(figures_of(survey, TODAY)[0])
    delete_surveyed(fair.county, [who])
    late = operation(2, "survey.answered", at="2026-02-24T10:00:00+08:00", person=who, intention="train", **text)
    assert outcomes(walk.sync(first, late))[0] == ("duplicate", None)
    kept = str([one.body for one in models.Operation.select()])
    assert "王大" not in kept and "王小1" not in kept and "cook" in kept
    assert before["answered"] == 1 and figures_of(survey, TODAY)[0].answered == 1
    assert [one.answer for one in answers_of(who)] == [Answer("train"), Answer("stay", "cook", "", "2026-03")]
    assert walk.sync(first, late).status_code == 200  # the same as ever, shortened or not


def test_a_hand_over_of_a_round_counts_once(walk, survey, answered):
    said = [answered(1, 1), answered(2, 2, "train")]
    walk.sync(said[0])
    ingest(walk.tablet.log, said)  # as a hand-over does
    walk.sync(*said)
    assert {given.answer.intention for given in latest_of(survey).values()} == {"stay", "train"}
    assert models.DoorCall.select().count() == 2
    assert latest_of(survey)[person(1)].at == datetime(2026, 2, 24, 1, tzinfo=UTC)
