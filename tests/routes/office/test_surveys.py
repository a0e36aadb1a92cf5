"""Surveys in the office and on the phone: the list in, calls, a village's sheet, the page of a link, results out."""

import csv
import io
import zlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from models import schema as models
from models.market import planning
from models.messages import sending
from models.surveys.survey import token_of
from routes.office import mailings, market_dates, survey_answers
from routes.phone import survey_pages

TEN = datetime(2026, 1, 20, 2, tzinfo=UTC)
ROSTER = """编号,姓名,电话,村,同意联系
01,王小明,13800006666,石院村,是
=2,李强,13800007777,接龙村,是
03,陈秀英,,石院村,否
"""
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def january(monkeypatch, app, tmp_path):
    """Have it be ten in the morning of a day in the survey."""
    app.config["SMS_FOLDER"] = str(tmp_path / "messages")
    for module in (planning, sending, mailings, market_dates, survey_answers, survey_pages):
        monkeypatch.setattr(module, "utcnow", lambda: TEN)


@pytest.fixture
def survey(organiser, fair):
    """Make a survey in the office, and take a list in; return its address."""
    form = {"name": "节后打算", "begins_on": "2026-01-05", "ends_on": "2026-02-10"}
    made = organiser.post("/organiser/surveys", data=form).location
    assert send(organiser, made, ROSTER, "take").status_code == 303
    return made


def send(browser, survey: str, text: str, act: str):
    file = (io.BytesIO(text.encode("gb18030")), "list.csv")
    return browser.post(f"{survey}/roster", data={"file": file, "act": act}, content_type="multipart/form-data")


def person(number: str) -> str:
    return str(models.SurveyPerson.get(bureau_id=number).id)


def results(browser, survey: str) -> dict[str, list[str]]:
    rows = csv.reader(io.StringIO(browser.get(f"{survey}.csv").data.decode("utf-8-sig")))
    return {row[0]: row[1:] for row in list(rows)[1:]}


def test_a_list_is_looked_at_first_and_a_wrong_line_keeps_all_out(organiser, survey):
    models.SurveyPerson.delete().execute()
    assert send(organiser, survey, ROSTER, "look").status_code == 200
    wrong = send(organiser, survey, ROSTER + ",没号,,石院村,\n", "take")
    assert wrong.status_code == 422 and ">5<" in wrong.text
    assert not models.SurveyPerson.select().count()
    assert organiser.post(f"{survey}/roster", data={"act": "take"}).status_code == 422


def test_a_call_is_written_down_once_with_its_answer(organiser, survey):
    address = f"{survey}/people/{person('01')}/answer"
    page = organiser.get(address).text
    assert "13800006666" in page and models.AuditEntry.get(what="survey phone").why == "节后打算"
    form = {"id": str(uuid4()), "channel": "phone", "result": "reached", "intention": "stay", "trade": "cook",
            "place": "county", "month": "2026-03", "note": "下午方便"}  # fmt: skip
    for _ in range(2):
        assert organiser.post(address, data=form).status_code == 303
    assert models.SurveyAnswer.select().count() == models.SurveyAttempt.select().count() == 1
    assert results(organiser, survey)["01"][5:7] == ["2026-03", "1"]
    listed = organiser.get(f"{survey}/people").text
    assert "王小明" in listed and "13800006666" not in listed


@pytest.mark.parametrize("spoilt", [
    {"result": ""}, {"channel": "pigeon"}, {"result": "no_answer"}, {"month": "2031-01"}, {"next_on": "2026-01-20"},
    {"intention": "", "trade": "cook"}, {"note": "长" * 101},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_the_field(organiser, survey, spoilt):
    form = {"channel": "phone", "result": "reached", "intention": "stay"} | spoilt
    answer = organiser.post(f"{survey}/people/{person('01')}/answer", data=form)
    assert answer.status_code == 422 and "field-error" in answer.text
    assert not models.SurveyAnswer.select().count() + models.SurveyAttempt.select().count()


def test_a_villages_sheet_is_printed_without_phones_and_entered_once(organiser, survey):
    sheet = organiser.get(f"{survey}/people/sheet?village=石院村").text
    assert "王小明" in sheet and "陈秀英" in sheet and "李强" not in sheet and "13800006666" not in sheet
    assert organiser.get(f"{survey}/people/sheet?village=无").status_code == 404
    assert "陈秀英" in organiser.get(f"{survey}/people/entries?village=石院村").text
    form = {"village": "石院村", "on": "2026-01-18", f"intention-{person('01')}": "go_out",
            f"place-{person('01')}": "outside", f"result-{person('03')}": "no_answer"}  # fmt: skip
    for _ in range(2):
        assert organiser.post(f"{survey}/people/entries", data=form).status_code == 303
    assert models.SurveyAnswer.select().count() == 1 and models.SurveyAttempt.select().count() == 2
    for spoilt in ({"on": "2026-01-21"}, {"on": "2025-12-31"}, {f"intention-{person('03')}": "x"}):
        assert organiser.post(f"{survey}/people/entries", data=form | spoilt).status_code == 422
    assert organiser.post(f"{survey}/people/entries", data=form | {"village": "无"}).status_code == 404


def test_a_person_answers_behind_their_link_once_and_corrects_it(client, organiser, fair, survey):
    address = f"/s/{token_of(fair.county, person('01'))}"
    page = client.get(address)
    assert len(zlib.compress(page.data)) < 14_000 and "王小明" not in page.text and "13800006666" not in page.text
    form = {"id": str(uuid4()), "intention": "go_out", "trade": "sewing", "place": "outside", "month": "2026-03"}
    for _ in range(2):
        assert client.post(address, data=form, headers=OURS).status_code == 303
    assert models.SurveyAnswer.select().count() == 1 and 'name="intention"' not in client.get(address).text
    assert 'name="intention"' in client.get(f"{address}?again=yes").text
    client.post(address, data=form | {"id": str(uuid4()), "intention": "stay"}, headers=OURS)
    everybody = organiser.get(survey).text
    assert models.SurveyAnswer.select().count() == 2 and "<strong>1</strong>" in everybody
    assert client.post(address, data={"id": "x"}, headers=OURS).status_code == 422
    assert client.get("/s/nobody").status_code == 404


def test_nothing_is_stored_when_the_survey_is_over(client, fair, survey):
    models.Survey.update(ends_on="2026-01-19").execute()
    address = f"/s/{token_of(fair.county, person('01'))}"
    assert 'name="intention"' not in client.get(address).text
    assert client.post(address, data={"intention": "stay"}, headers=OURS).status_code == 303
    assert not models.SurveyAnswer.select().count()


def test_messages_with_links_go_to_who_agreed_and_an_opt_out_on_the_page_holds(app, client, organiser, fair, survey):
    client.post(f"/s/{token_of(fair.county, person('=2'))}/messages", headers=OURS)
    text = {"for": f"survey-{survey.rpartition('/')[2]}", "language": "zh", "purpose": "打算", "text": "{name} {link}"}
    made = organiser.post("/organiser/mailings", data=text).location
    organiser.post(f"{made}/begin")
    assert "sent: 1" in app.test_cli_runner().invoke(args=["send-messages"]).output
    (message,) = models.Message.select().where(models.Message.state == "sent")
    assert message.recipient == person("01")
    assert "https://ganchang.example/s/" in organiser.get(made).text


def test_results_are_keyed_by_the_bureaus_number_and_name_nobody(organiser, survey):
    found = results(organiser, survey)
    assert found.keys() == {"01", "'=2", "03"}
    text = organiser.get(f"{survey}.csv").data.decode("utf-8-sig")
    assert not [word for word in ("王小明", "13800006666", "石院村") if word in text]


def test_somebody_is_deleted_and_their_answer_stays_in_the_figures(app, client, organiser, fair, survey, tmp_path):
    app.config["FORGOTTEN"] = str(tmp_path / "forgotten")
    who, token = person("01"), token_of(fair.county, person("01"))
    client.post(f"/s/{token}", data={"intention": "stay"}, headers=OURS)
    assert organiser.post(f"{survey}/people/{who}/delete").status_code == 303
    assert "王小明" not in organiser.get(f"{survey}/people").text and "01" not in results(organiser, survey)
    assert client.get(f"/s/{token}").status_code == 404
    assert "<strong>1</strong>" in organiser.get(survey).text
    assert organiser.post(f"{survey}/people/{who}/delete").status_code == 404


def test_a_survey_is_changed_and_dates_that_make_no_sense_are_refused(organiser, survey):
    form = {"name": "新名", "begins_on": "2026-01-05", "ends_on": "2026-03-01"}
    assert organiser.post(survey, data=form).status_code == 303 and "新名" in organiser.get(f"{survey}/edit").text
    for spoilt in ({"name": ""}, {"ends_on": "2026-01-01"}, {"ends_on": "2027-06-01"}, {"begins_on": ""}):
        assert organiser.post(survey, data=form | spoilt).status_code == 422
