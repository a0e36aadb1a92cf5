"""Of several answers the latest by its time counts, in any order and by any way; forgetting keeps the figures."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from models import schema as models
from models.base.database import writing
from models.forgetting.due import Due
from models.forgetting.listed import forget_what_is_listed, list_outside
from models.forgetting.retain import retain
from models.forgetting.surveyed import delete_surveyed, forget_surveyed
from models.messages.audience import HELD_BACK
from models.messages.opt_out import opt_out
from models.messages.survey_audience import of_survey, written_to
from models.surveys.roster import read_roster, take_in
from models.surveys.survey import token_of
from models.surveys.survey_answer import Answer, Entry, answers_of, latest_of, store
from models.surveys.survey_attempt import store_attempts
from models.surveys.survey_list import figures_of, people_of

TODAY = date(2026, 1, 20)
AT = datetime(2026, 1, 10, 4, tzinfo=UTC)


@pytest.fixture
def survey(fair):
    """A survey of six people of two villages; the last did not agree to be contacted, the fifth has no phone."""
    made = models.Survey.create(
        county=fair.county, name="节后打算", begins_on=date(2026, 1, 5), ends_on=date(2026, 2, 10), made_by="chen"
    )
    phones = {n: "" if n == 5 else 13_800_000_000 + n for n in range(1, 7)}
    lines = [f"{n},王{n},{phones[n]},{'石院村' if n < 4 else '接龙村'},{'否' if n == 6 else '是'}" for n in phones]
    take_in(made, fair.county, read_roster("\n".join(["编号,姓名,电话,村,同意联系", *lines]).encode()))
    return made


def person(number: int) -> str:
    return str(models.SurveyPerson.get(bureau_id=str(number)).id)


def test_of_answers_by_three_ways_the_latest_counts_in_any_order(survey):
    who = person(1)
    said = [
        ("sms", Entry(str(uuid4()), who, Answer("go_out", "sewing", "outside", "2026-03"), AT)),
        ("phone", Entry(str(uuid4()), who, Answer("stay", "cook", "county", "2026-02"), AT + timedelta(days=2))),
        ("visit", Entry(str(uuid4()), who, Answer("train"), AT + timedelta(days=1))),
    ]
    for order in permutations(said):
        models.SurveyAnswer.delete().execute()
        for channel, entry in order + order:  # and each is sent twice
            store(survey, [entry], channel)
        assert latest_of(survey)[who].answer == Answer("stay", "cook", "county", "2026-02")
        assert [one.channel for one in answers_of(who)] == ["phone", "visit", "sms"]
        everybody, villages = figures_of(survey, TODAY)
        assert (everybody.listed, everybody.asked, everybody.reached, everybody.answered) == (6, 1, 1, 1)
        assert everybody.intentions["stay"] == 1 and sum(everybody.intentions.values()) == 1


def test_figures_by_village_count_asked_reached_and_answered_in_persons(survey, fair):
    store_attempts(survey, [
        (str(uuid4()), person(1), "no_answer", "", ""), (str(uuid4()), person(1), "reached", "", ""),
        (str(uuid4()), person(2), "no_answer", "2026-02-01", ""), (str(uuid4()), person(4), "refused", "", ""),
    ], "chen", AT, "phone")  # fmt: skip
    store(survey, [Entry(str(uuid4()), person(5), Answer("start_business"), AT)], "visit", "chen")
    mailing = models.Mailing.create(
        county=fair.county, audience="survey", about=survey.id, purpose="-", language="zh", text="-", made_by="chen"
    )
    models.Message.create(id=str(uuid4()), mailing=mailing, recipient=person(3), state="sent")
    everybody, (jielong, shiyuan) = figures_of(survey, TODAY, written_to(survey))
    assert (everybody.listed, everybody.asked, everybody.reached, everybody.answered) == (6, 5, 2, 1)
    assert (shiyuan.village, shiyuan.listed, shiyuan.asked, shiyuan.reached, shiyuan.answered) == ("石院村", 3, 3, 1, 0)
    assert jielong.intentions["start_business"] == 1 == jielong.answered
    states = {one.bureau_id: one.state for one in people_of(survey, TODAY)}
    assert states == {"1": "to_ask", "2": "later", "3": "to_ask", "4": "ended", "5": "answered", "6": "to_ask"}


def test_a_message_goes_to_who_agreed_has_a_mobile_and_did_not_answer(survey, fair):
    audience = of_survey("https://ganchang.example")
    assert audience.planned(survey.id) == [person(4), person(1), person(2), person(3)]
    store(survey, [Entry(str(uuid4()), person(1), Answer("stay"), AT)], "visit")
    opt_out(fair.county, ["13800000002"], [], "office")
    with writing():
        delete_surveyed(fair.county, [person(3)])
        models.SurveyPerson.update(phone="023-41421234").where(models.SurveyPerson.bureau_id == "4").execute()
    read = audience.read(fair.county, survey.id, [person(n) for n in (1, 2, 4, 5, 6)])
    held = {models.SurveyPerson.get_by_id(id).bureau_id: one.held for id, one in read.items()}
    assert held == {"1": "answered", "2": "opted_out", "4": "no_number", "5": "no_number", "6": "no_consent"}
    assert set(held.values()) <= HELD_BACK.keys()
    models.OptOut.delete().execute()
    (one,) = audience.read(fair.county, survey.id, [person(2)]).values()
    assert one.number == "13800000002" and one.values["name"] == "王"
    assert one.values["link"] == f"https://ganchang.example/s/{token_of(fair.county, person(2))}"
    assert not audience.read(fair.elsewhere, survey.id, [person(2)])


def test_after_its_period_a_survey_names_nobody_and_its_figures_stay(survey, fair):
    store(survey, [Entry(str(uuid4()), person(1), Answer("stay"), AT)], "visit")
    store_attempts(survey, [(str(uuid4()), person(1), "reached", "", "王1的儿子")], "chen", AT, "phone")
    before = vars(figures_of(survey, TODAY)[0])
    last = date(2026, 5, 11)  # ninety days after its end
    assert not Due(fair.county, last).surveyed()
    assert retain(fair.county, last + timedelta(days=1))["surveyed"] == 6
    left = str(list(models.SurveyPerson.select().dicts())) + str(list(models.SurveyAttempt.select().dicts()))
    assert not [word for word in ("王1", "138000", "儿子") if word in left]
    assert vars(figures_of(survey, TODAY)[0]) == before
    assert retain(fair.county, last + timedelta(days=1))["surveyed"] == 0


def test_who_was_deleted_is_forgotten_again_when_a_backup_comes_back(survey, fair, tmp_path):
    who, listed = person(1), tmp_path / "forgotten"
    was = models.SurveyPerson.get_by_id(who).__data__
    delete_surveyed(fair.county, [who])
    assert list_outside(listed) == 1 and "王" not in listed.read_text()
    with writing():  # the backup
        models.Forgotten.delete().execute()
        models.SurveyPerson.update(**{name: was[name] for name in ("name", "phone", "bureau_id", "token_hash")}).where(
            models.SurveyPerson.id == who
        ).execute()
    assert forget_what_is_listed(listed) == 1
    assert models.SurveyPerson.get_by_id(who).phone is None and models.SurveyPerson.get(bureau_id="2").name == "王2"
    with writing():
        assert forget_surveyed(fair.county, [who]) == 0


def test_a_deleted_job_seeker_is_deleted_from_surveys_too(survey, fair, operation):
    from models.forgetting.delete import delete_person
    from models.intake.ingest import ingest
    from models.market.tablet import Tablet

    id = str(uuid4())
    ingest(Tablet.enlist(fair.clothing, letter="A").log, [
        operation(1, "candidate.registered", id=id, name="王1", birth_year=1980, phone="+86 138 0000 0001"),
    ])  # fmt: skip
    delete_person(fair.county, id, "chen", "person")
    names = {one.name for one in models.SurveyPerson.select()}
    assert names == {"", "王2", "王3", "王4", "王5", "王6"}
