"""A draft is the office's alone; from draft to signed in the browser."""

from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.figures.version import close
from models.market.planning import coming


@pytest.fixture
def draft(fair, morning):
    morning(datetime(2026, 2, 20, 1, tzinfo=UTC))
    models.MarketDay.update(published_at=None).where(models.MarketDay.id == fair.day.id).execute()
    return fair.day


def test_phones_are_told_when_to_come_back_and_nothing_else(client, draft, fair):
    for url in (f"/m/{draft.id}", f"/b/{fair.clothing.id}", f"/v/{fair.sewing.number}"):
        answer = client.get(url)
        assert answer.status_code == 200 and "2月24日" in answer.text
        assert not [word for word in ("缝纫工", "山城制衣厂", 'name="birth_year"') if word in answer.text]
    assert client.get(f"/v/{fair.sewing.number}/spoken.mp3").status_code == 404
    other = f"{int(fair.sewing.number[:-1]) + 1}"  # a number beside it is not led there
    assert "缝纫工" not in client.get(f"/v/{other}0").text


def test_nobody_signs_up_for_a_draft(client, draft, fair, form):
    client.get(f"/v/{fair.sewing.number}")
    answer = client.post(f"/v/{fair.sewing.number}", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 422 and models.Candidate.select().count() == 0


def test_a_draft_is_no_day_to_come_and_a_page_leads_past_it(client, draft, fair):
    assert coming(fair.county, date(2026, 2, 20)) is None
    held = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    assert coming(fair.county, date(2026, 2, 20)) == held
    assert f'href="/m/{held.id}"' in client.get(f"/m/{draft.id}").text


def test_tablets_and_posters_are_made_ready_before(organiser, draft, fair, day, enrol):
    assert organiser.get(f"{day}/posters").status_code == 200
    assert enrol(fair.clothing).browser.get("/kiosk/snapshot").status_code == 200
    assert "山城制衣厂" in organiser.get(day).text and "Draft" in organiser.get(f"{day}?lang=en").text


def test_a_draft_is_published_and_made_a_draft_again(organiser, client, draft, fair, day):
    assert organiser.post(f"{day}/publication").location == day
    assert "缝纫工" in client.get(f"/m/{draft.id}").text
    assert models.MarketDay.get_by_id(draft.id).published_by == "chen"
    assert organiser.post(f"{day}/publication").location == day  # a repeat changes nothing
    assert models.AuditEntry.select().where(models.AuditEntry.action == "day_published").count() == 1


def test_a_day_is_planned_as_a_draft(organiser, fair, draft, client):
    form = {"town": fair.town.code, "date": "2026-02-27", "opens_at": "08:00", "closes_at": "12:00", "place": ""}
    answer = organiser.post("/organiser/market-days", data=form | {"draft": "yes"})
    made = models.MarketDay.get(date=date(2026, 2, 27))
    assert answer.status_code == 303 and made.is_draft
    assert "still being prepared" in client.get(f"/m/{made.id}?lang=en").text


def test_a_past_date_is_recorded_afterwards_and_the_sheet_says_so(organiser, fair, draft):
    form = {"town": fair.town.code, "date": "2026-02-19", "opens_at": "08:00", "closes_at": "12:00", "place": ""}
    answer = organiser.post("/organiser/market-days", data=form | {"past": "yes", "draft": "yes"})
    made = models.MarketDay.get(date=date(2026, 2, 19))
    assert made.afterwards and not made.is_draft
    assert "Recorded afterwards" in organiser.get(f"{answer.location}/summary?lang=en").text
    assert organiser.get(f"{answer.location}/summary.json").json["market_day"]["afterwards"] is True
    organiser.post(answer.location, data=form | {"date": "2026-02-21"})
    assert not models.MarketDay.get_by_id(made.id).afterwards


def test_the_signature_is_noted_with_its_version_and_stands_on_the_sheet(organiser, app, fair, day):
    signed = {"signed_by": "陈晓、王强", "signed_on": "2026-02-25", "version": "1"}
    assert organiser.post(f"{day}/signing", data=signed).status_code == 409
    close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))
    assert organiser.post(f"{day}/signing", data=signed | {"version": "7"}).status_code == 409
    for wrong in ({"signed_by": " "}, {"signed_on": "2026-02-23"}, {"signed_on": "2099-01-01"}):
        assert organiser.post(f"{day}/signing", data=signed | wrong).status_code == 422
    assert app.test_client(user=fair.reader).post(f"{day}/signing", data=signed).status_code == 403

    assert organiser.post(f"{day}/signing", data=signed).location == f"{day}/closings"
    for url in (f"{day}/closings", f"{day}/summary"):
        assert "陈晓、王强" in organiser.get(url).text
    assert organiser.get("/organiser/market-days.json").json[0]["state"] == "signed"
    assert "陈晓、王强" in organiser.get(f"{day}/signing").text
    assert organiser.post(f"{day}/signing", data=signed).status_code == 409
    assert organiser.post(f"{day}/cancellation", data={"reason": "大雨"}).status_code == 409
    assert "陈晓、王强" not in organiser.get(f"{day}/summary", query_string={"version": "open"}).text
    assert organiser.post(f"{day}/signing/delete").status_code == 303
    assert organiser.get("/organiser/market-days.json").json[0]["state"] == "closed"
