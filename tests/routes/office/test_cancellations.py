"""A market day that is not held: who says so, who reads it, and what is kept."""

from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.figures.version import close
from models.kiosk.record import ground_for
from models.market.planning import coming, nearest

WHY = "大雨，街上积水"
pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def here(fair):
    return f"/organiser/market-days/{fair.day.id}"


@pytest.fixture
def cancel(organiser, here):
    """Cancel the market day."""
    return lambda browser=organiser, reason=WHY: browser.post(f"{here}/cancellation", data={"reason": reason})


def test_a_day_is_cancelled_with_its_reason_and_held_after_all(organiser, cancel, fair, here):
    assert cancel().location == here
    assert WHY in organiser.get(here).text
    day = models.MarketDay.get_by_id(fair.day.id)
    assert (day.is_cancelled, day.cancelled_by, day.cancelled_why) == (True, "chen", WHY)

    assert organiser.post(f"{here}/cancellation/delete").location == here
    assert not models.MarketDay.get_by_id(fair.day.id).is_cancelled
    assert WHY not in organiser.get(here).text
    said = [entry.action for entry in models.AuditEntry.select().order_by(models.AuditEntry.id) if not entry.changes]
    assert said == ["day_cancelled", "cancellation_taken_back"]


def test_a_reason_is_asked_for(cancel, fair):
    assert cancel(reason=" ").status_code == 422
    assert cancel(reason="长" * 10_000).status_code == 422
    assert not models.MarketDay.get_by_id(fair.day.id).is_cancelled


def test_the_public_reads_it_and_the_next_day_and_no_form(client, cancel, fair):
    models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    pages = (f"/m/{fair.day.id}", f"/b/{fair.clothing.id}", f"/v/{fair.sewing.number}")
    assert all(WHY not in client.get(url).text for url in pages)
    cancel()

    for url in pages:
        shown = client.get(url).text
        assert WHY in shown
        assert "2月27日" in shown
        assert 'name="birth_year"' not in shown


def test_nobody_signs_up_for_it_by_phone(client, cancel, fair):
    client.get(f"/v/{fair.sewing.number}")
    cancel()

    form = {"name": "王师傅", "birth_year": "1975", "phone": "", "trades": ["sewing"]}
    answer = client.post(f"/v/{fair.sewing.number}", data=form, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 422
    assert WHY in answer.text
    assert models.Candidate.select().count() == 0


def test_it_is_none_of_the_days_to_come(app, cancel, fair):
    cancel()

    assert coming(fair.county, date(2026, 2, 24)) is None
    assert nearest(date(2026, 2, 24), fair.elsewhere) == fair.other_day
    later = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    assert coming(fair.county, date(2026, 2, 24)) == later


def test_programs_read_which_days_were_not_held(organiser, cancel, here):
    cancel()

    assert [day["cancelled"] for day in organiser.get("/organiser/market-days.json").json] == [WHY]
    assert organiser.get(f"{here}/summary.json").json["market_day"]["cancelled"] == WHY


def test_its_tablets_are_told_and_what_they_send_is_kept(organiser, cancel, fair, enrol, operation, here):
    tablet = enrol(fair.clothing)
    cancel()

    answer = tablet.sync(operation(1, "visit.recorded", pass_=fair.passes[0], channel="card"))

    told = [change["data"]["cancelled"] for change in answer.json["changes"] if change["kind"] == "market_day"]
    assert told == [WHY]
    assert answer.json["results"] == [{"seq": 1, "outcome": "applied"}]
    enrolled = models.Tablet.get_by_id(tablet.tablet.id)
    assert ground_for(enrolled)[0]["data"]["cancelled"] == WHY


def test_it_is_not_closed(organiser, cancel, here):
    cancel()

    assert organiser.post(f"{here}/closings").status_code == 409
    assert models.Closing.select().count() == 0


def test_of_a_closed_day_it_is_a_change_with_its_reason(organiser, cancel, fair, here):
    close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))
    cancel()

    changes = [(change.field, change.new, change.reason) for change in models.Amendment.select()]
    assert changes == [("cancelled_why", WHY, WHY)]
    assert organiser.post(f"{here}/cancellation/delete").status_code == 422
    assert organiser.post(f"{here}/cancellation/delete", data={"reason": "是邻镇"}).status_code == 303


def test_a_day_that_nothing_knows_is_deleted(organiser, fair, here):
    models.PassRange.delete().execute()

    assert organiser.post(f"{here}/delete").location == "/organiser/market-days"
    assert models.MarketDay.get_or_none(id=fair.day.id) is None
    assert models.Vacancy.select().count() == 1  # the other county's


@pytest.mark.parametrize("known_by", ["a fact", "a tablet", "passes", "a version"])
def test_a_day_that_something_knows_stays(organiser, client, fair, enrol, here, known_by):
    if known_by != "passes":
        models.PassRange.delete().execute()
    if known_by == "a fact":
        client.get(f"/v/{fair.sewing.number}")
        form = {"name": "王师傅", "birth_year": "1975", "phone": "", "trades": ["sewing"]}
        assert client.post(f"/v/{fair.sewing.number}", data=form).status_code == 303
    if known_by == "a tablet":
        enrol(fair.clothing)
    if known_by == "a version":
        close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))

    assert organiser.post(f"{here}/delete").status_code == 409
    assert models.MarketDay.get_by_id(fair.day.id) == fair.day


def test_only_organisers_of_the_county_may(app, client, cancel, fair, here):
    neighbour, reader = app.test_client(user=fair.neighbour), app.test_client(user=fair.reader)
    for browser, status in ((client, 401), (reader, 403), (neighbour, 404)):
        assert cancel(browser).status_code == status
        assert browser.post(f"{here}/cancellation/delete").status_code == status
        assert browser.post(f"{here}/delete").status_code == status
    assert not models.MarketDay.get_by_id(fair.day.id).is_cancelled
