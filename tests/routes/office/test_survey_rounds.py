"""Rounds from door to door in the office: made, changed, taken away; what waits of them; and no trace at the market."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.kiosk.survey_set_up import make_round
from models.market import planning
from models.surveys.roster import read_roster, take_in
from models.surveys.survey_answer import latest_of
from routes.office import market_dates

CHECKED = re.compile(r'<input[^>]*name="villages"[^>]* checked')
NOON = datetime(2026, 2, 24, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    for module in (planning, market_dates):
        monkeypatch.setattr(module, "utcnow", lambda: NOON)


@pytest.fixture
def survey(fair):
    dates = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
    made = models.Survey.create(county=fair.county, name="节后打算", made_by="chen", **dates)
    take_in(made, fair.county, read_roster("编号,姓名,村\n01,王小明,石院村\n02,李强,接龙村".encode()))
    return made


@pytest.fixture
def made(survey, fair):
    return make_round(survey, fair.day, "石院村一组", ["石院村"])


def test_a_round_is_made_and_its_booth_has_tablets_and_people_on_duty(organiser, survey, fair):
    here = f"/organiser/surveys/{survey.id}/rounds"
    assert "石院村" in organiser.get(f"{here}/new").text
    form = {"name": "石院村一组", "day": str(fair.day.id), "villages": ["石院村"]}
    answer = organiser.post(here, data=form)
    assert (answer.status_code, answer.location) == (303, f"/organiser/market-days/{fair.day.id}/booths/1001")
    page = organiser.get(answer.location).text
    assert "节后打算" in page and "石院村" in page and "/posters" not in page
    assert organiser.post(f"{answer.location}/tablets").status_code in (200, 201, 303)
    assert organiser.post(f"{answer.location}/duties", data={"name": "刘晓琴"}).status_code == 303
    assert "石院村一组" in organiser.get(f"/organiser/surveys/{survey.id}").text
    assert organiser.post(here, data=form).location.endswith("/1002")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"day": "x"}, {"day": ""}, {"villages": []}, {"villages": ["火星"]}, {"name": "石" * 41}]
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(organiser, survey, fair, wrong):
    form = {"name": "二组", "day": str(fair.day.id), "villages": ["石院村", "接龙村"]} | wrong
    answer = organiser.post(f"/organiser/surveys/{survey.id}/rounds", data=form)
    assert answer.status_code == 422 and models.SurveyRound.select().count() == 0
    assert "name" in wrong or "二组" in answer.text
    assert "villages" in wrong or len(CHECKED.findall(answer.text)) == 2


def test_no_round_of_a_survey_that_is_over_nor_on_another_countys_day(organiser, survey, fair):
    form = {"name": "二组", "day": str(fair.other_day.id), "villages": ["石院村"]}
    assert organiser.post(f"/organiser/surveys/{survey.id}/rounds", data=form).status_code == 422
    models.Survey.update(ends_on=date(2026, 2, 23)).execute()
    form["day"] = str(fair.day.id)
    assert organiser.post(f"/organiser/surveys/{survey.id}/rounds", data=form).status_code == 422


def test_a_round_is_changed_and_taken_away_while_nobody_knows_it(organiser, survey, made, enrol):
    here = f"/organiser/surveys/{survey.id}/rounds/{made.booth_id}"
    assert len(CHECKED.findall(organiser.get(f"{here}/edit").text)) == 1
    assert organiser.post(here, data={"name": "", "villages": ["接龙村"]}).status_code == 422
    assert organiser.post(here, data={"name": "三组", "villages": ["接龙村"]}).status_code == 303
    assert models.SurveyRound.get().villages == ["接龙村"] and models.Booth.get_by_id(made.booth_id).name == "三组"
    tablet = enrol(made.booth).tablet
    assert organiser.post(f"{here}/delete").status_code == 409
    models.Tablet.delete().where(models.Tablet.log == tablet.id).execute()
    models.Log.delete().where(models.Log.id == tablet.id).execute()
    assert organiser.post(f"{here}/delete").status_code == 303
    assert not models.Booth.select().where(models.Booth.id == made.booth_id).exists()


def test_a_round_is_of_its_survey_and_county_and_a_stand_is_none(organiser, app, fair, survey, made):
    dates = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28)}
    other = models.Survey.create(county=fair.county, name="x", made_by="x", **dates)
    found = ((other, made.booth_id), (survey, fair.clothing.id), (survey, 99))
    for address in (f"{one.id}/rounds/{booth}" for one, booth in found):
        assert organiser.get(f"/organiser/surveys/{address}/edit").status_code == 404
    for who in (fair.neighbour, fair.clerk, fair.reader, fair.reviewer):
        answer = app.test_client(user=who).get(f"/organiser/surveys/{survey.id}/rounds/{made.booth_id}/edit")
        assert answer.status_code in (403, 404)


def test_at_the_market_there_is_no_round(organiser, client, fair, made):
    day = f"/organiser/market-days/{fair.day.id}"
    for page in (day, f"{day}/posters?per=booth", f"{day}/summary", f"{day}/live", f"{day}/booths/new"):
        text = organiser.get(page).text
        assert "石院村一组" not in text and "1002" not in text, page
    assert "石院村一组" not in client.get(f"/m/{fair.day.id}").text
    assert client.get(f"/b/{made.booth_id}").status_code == 404
    for page in ("edit", "vacancies/new"):
        assert organiser.get(f"{day}/booths/1001/{page}").status_code == 404
    assert organiser.post(f"{day}/booths/1001", data={"number": "7", "kind": "desk", "name": "x"}).status_code == 404
    copy = planning.plan(fair.day, county=fair.county, town=fair.town, date=date(2026, 2, 27), campaign=None)
    assert [booth.number for booth in copy.booths] == [1, 2, 3]


def test_what_waits_is_settled_in_the_office_and_counts(organiser, fair, survey, made, enrol, operation):
    far = str(models.SurveyPerson.get(bureau_id="02").id)
    tablet = enrol(made.booth)
    tablet.sync(
        operation(1, "survey.answered", person=far, intention="stay"),
        operation(2, "survey.answered", person=far, intention="emigrate", at="2026-02-24T10:00:00+08:00"),
    )
    here = f"/organiser/market-days/{fair.day.id}/quarantine"
    assert "名单" in organiser.get(here).text
    for seq in (1, 2):
        assert organiser.get(f"{here}/{tablet.tablet.id}/{seq}").status_code == 200
    assert organiser.post(f"{here}/{tablet.tablet.id}/1", data={"act": "accepted"}).status_code == 303
    assert latest_of(survey)[far].answer.intention == "stay"
    corrected = {"act": "corrected", "intention": "train", "place": "county", "month": "2026-03"}
    assert organiser.post(f"{here}/{tablet.tablet.id}/2", data=corrected).status_code == 303
    assert latest_of(survey)[far].answer == ("train", "", "county", "2026-03")
    rows = list(csv.reader(io.StringIO(organiser.get(f"/organiser/surveys/{survey.id}.csv").data.decode("utf-8-sig"))))
    line = next(row for row in rows if row[0] == "02")
    assert "入户" in line[2] and line[3] == "先学技术"
    page = organiser.get(f"/organiser/surveys/{survey.id}/people/{far}/answer").text
    assert "入户" in page and "先学技术" in page
