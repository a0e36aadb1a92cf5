"""A market day is put off: same codes, same passes, same sign-ups, and everybody reads why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import schema as models
from models.base.database import fetch
from models.kiosk.postponement import postpone
from models.people.candidate_pass import PhonePass
from routes.office import market_dates
from tests.routes.phone.visit import MORNING

WHY = "大雨，街上积水"


@pytest.fixture
def put_off(organiser, day):
    """Postpone the cast's market day; changes spoil a field."""

    def put_off(browser=organiser, **changes):
        return browser.post(f"{day}/postponement", data={"date": "2026-02-27", "reason": WHY} | changes)

    return put_off


@pytest.fixture(autouse=True)
def the_day_before(monkeypatch):
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 2, 23, 1, tzinfo=UTC))


def test_who_scans_a_poster_or_signed_up_reads_the_new_date_and_why(app, organiser, put_off, sign_up, fair, day):
    phone = app.test_client()
    own_page = sign_up(browser=phone).location
    before = organiser.get(f"{day}/summary.json").json
    assert put_off().location == day

    for url in (f"/m/{fair.day.id}", f"/b/{fair.clothing.id}", f"/v/{fair.sewing.number}"):
        shown = app.test_client().get(url).text
        assert WHY in shown and "2月24日" in shown and "2月27日" in shown
    assert WHY in phone.get(own_page).text
    assert 'name="birth_year"' in app.test_client().get(f"/v/{fair.cook.number}").text  # it goes on taking people
    assert WHY in organiser.get(day).text and WHY in organiser.get(f"{day}/summary").text
    after = organiser.get(f"{day}/summary.json").json
    moved = {"date": "", "postponed_from": "", "postponed": ""}
    assert after["market_day"] | moved == before["market_day"] | moved
    counted = ("persons", "registered", "check_ins", "signed_up")
    assert [after[name] for name in counted] == [0, 1, 1, 1] and before["registered"] == 1


def test_the_passes_of_those_who_signed_up_hold_on_the_new_date(put_off, sign_up, fair, enrol, operation):
    sign_up()
    old = PhonePass.get().digits
    put_off()
    issued = PhonePass.get()
    assert issued.digits != old and issued.expires_at.date() == date(2026, 2, 27)

    tablet = enrol(fair.clothing)
    scans = [
        operation(n, "check_in.recorded", at="2026-02-27T09:00:00+08:00", pass_=digits, vacancy=fair.sewing.number)
        for n, digits in enumerate((issued.digits, old), start=1)  # of the page, and of a screenshot from before
    ]
    assert [result["outcome"] for result in tablet.sync(*scans).json["results"]] == ["applied", "applied"]


def test_its_tablets_are_told(put_off, fair, enrol):
    tablet = enrol(fair.clothing)
    put_off()
    told = [change["data"]["date"] for change in tablet.sync().json["changes"] if change["kind"] == "market_day"]
    assert told == ["2026-02-27"]


def test_what_phones_recorded_counts_the_same_whether_it_came_before_or_after(app, put_off, sign_up, fair, morning):
    """A phone's check-in on the old date is no visit on the new one."""
    sign_up(name="早")  # at nine on the old date: a visit, as long as that is the date
    assert visits() == 1
    put_off()
    assert visits() == 0
    sign_up(browser=app.test_client(), name="晚")
    assert visits() == 0
    morning(MORNING + timedelta(days=3))
    sign_up(browser=app.test_client(), name="新")
    assert visits() == 1


def visits() -> int:
    return fetch("SELECT COUNT(*) FROM visit")[0][0]


def test_a_day_that_a_tablet_recorded_for_keeps_its_date(put_off, fair, enrol, operation):
    enrol(fair.clothing).sync(operation(1, "visit.recorded", pass_=fair.passes[0], channel="card"))
    assert put_off().status_code == 409
    assert models.MarketDay.get_by_id(fair.day.id).date == date(2026, 2, 24)


@pytest.mark.parametrize(
    "wrong", [{"date": "2026-02-24"}, {"date": "2026-02-20"}, {"date": ""}, {"reason": " "}, {"reason": "长" * 300}]
)
def test_a_wrong_field_is_named(put_off, fair, wrong):
    assert put_off(**wrong).status_code == 422
    assert models.MarketDay.get_by_id(fair.day.id).postponed_from is None


def test_another_day_of_the_town_stands_in_the_way(put_off, fair):
    models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    assert put_off().status_code == 422


def test_only_organisers_of_the_county_may(app, client, put_off, fair, day):
    reader, neighbour = app.test_client(user=fair.reader), app.test_client(user=fair.neighbour)
    for browser, status in ((client, 401), (reader, 403), (neighbour, 404)):
        assert put_off(browser).status_code == status


def test_a_vacancy_is_found_under_its_old_number(client, put_off, fair):
    put_off()
    assert client.get(f"/v/{fair.sewing.number}").status_code == 200


def test_twice_put_off_it_says_the_date_of_its_posters(client, put_off, fair):
    put_off()
    postpone(models.MarketDay.get_by_id(fair.day.id), date(2026, 3, 2), "chen", "还在下")
    shown = client.get(f"/m/{fair.day.id}").text
    assert "2月24日" in shown and "3月2日" in shown and "还在下" in shown and WHY not in shown
