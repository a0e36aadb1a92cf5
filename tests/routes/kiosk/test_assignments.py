"""A device writes many logs: each batch names its own, and the answers say which is to be written next."""

from datetime import timedelta

import pytest

from models.base.clock import utcnow
from models.market.assignment import assign
from models.market.planning import date_in
from models.schema import Booth, Device, Enrolment, MarketDay, Operation, Tablet


@pytest.fixture
def tomorrow(fair) -> Booth:
    """A booth of a market day that is still to come."""
    day = MarketDay.create(county=fair.county, town=fair.town, date=date_in(fair.county) + timedelta(days=1))
    return Booth.create(market_day=day, number=9, name="展位")


def send(tablet, log: str, *operations: dict):
    body = {"protocol": 1, "batch": "0195361e-6d00-7000-8000-00000000ba7c", "cursor": 0, "operations": list(operations)}
    return tablet.browser.post(f"/sync?log={log}", json=body)


def name_of(tablet: Tablet) -> str:
    return f"{tablet.market_day_id}.{tablet.letter}"


def stored(tablet: Tablet) -> list[int]:
    return [row.seq for row in Operation.select().where(Operation.log == tablet.id).order_by(Operation.seq)]


def test_the_answers_name_the_next_log(fair, enrol, tomorrow):
    tablet = enrol(fair.clothing)
    then = assign(Device.get(), tomorrow)
    for answer in (tablet.sync(), tablet.browser.get("/kiosk/identity"), tablet.browser.get("/kiosk/snapshot")):
        told = answer.json["assignment"]
        assert (told["tablet"], told["booth"], told["market_day"]) == (then.letter, 9, then.market_day_id)
        assert (told["date"], told["town"], told["acknowledged"]) == (f"{tomorrow.market_day.date}", "八塘镇", 0)
        assert told["from"].endswith("+08:00")


def test_a_late_batch_lands_in_the_log_that_it_names(fair, enrol, operation, tomorrow):
    tablet = enrol(fair.clothing)
    then = assign(Device.get(), tomorrow)
    visits = [operation(1, "visit.recorded", pass_=number) for number in fair.passes[:2]]
    assert send(tablet, name_of(then), visits[1]).json["log"] == name_of(then)
    assert send(tablet, name_of(tablet.tablet), visits[0]).json["acknowledged"] == 1
    assert (stored(tablet.tablet), stored(then)) == ([1], [1])
    assert Operation.get(Operation.log == tablet.tablet.id).uuid == visits[0]["id"]


def test_a_batch_without_a_name_is_of_the_log_last_written(fair, enrol, operation, tomorrow):
    tablet = enrol(fair.clothing)
    then = assign(Device.get(), tomorrow)
    tablet.sync(operation(1, "visit.recorded", pass_=fair.passes[0]))
    assert (stored(tablet.tablet), stored(then)) == ([1], [])
    send(tablet, name_of(then), operation(1, "visit.recorded", pass_=fair.passes[1]))
    tablet.sync(operation(2, "visit.recorded", pass_=fair.passes[2]))
    assert (stored(tablet.tablet), stored(then)) == ([1], [1, 2])


@pytest.mark.parametrize("log", ["0.A", "x", "1.", "99999999999.A", "1.\u00e9", "of another"])
def test_the_log_of_another_device_takes_nothing(fair, enrol, operation, log):
    tablet, other = enrol(fair.clothing), enrol(fair.kitchen)
    log = name_of(other.tablet) if log == "of another" else log
    answer = send(tablet, log, operation(1, "visit.recorded", pass_=fair.passes[0]))
    assert (answer.status_code, answer.json) == (421, {"error": "other_log"})
    assert not Operation.select().exists()
    assert tablet.browser.get(f"/kiosk/snapshot?log={log}").status_code == 421
    assert tablet.browser.get(f"/kiosk/identity?log={log}").json["tablet"] == tablet.tablet.letter


def test_a_closed_log_says_which_one_is_next(fair, enrol, tomorrow, monkeypatch):
    tablet = enrol(fair.clothing)
    then = assign(Device.get(), tomorrow)
    monkeypatch.setattr("routes.web.tablet_access.is_closed", lambda day: day.id == fair.day.id)
    answer = tablet.sync()
    assert (answer.status_code, answer.json["error"]) == (401, "closed")
    assert answer.json["assignment"]["tablet"] == then.letter
    assert send(tablet, name_of(then)).status_code == 200


def test_a_device_says_what_it_is(fair, enrol):
    tablet = enrol(fair.clothing)
    tablet.browser.post("/sync", json={
        "protocol": 1, "batch": "0195361e-6d00-7000-8000-00000000ba7c", "operations": [], "battery": 64,
        "release": "abc",
    }, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/80.0.3987.99 Safari/537.36"})  # fmt: skip
    device = Device.get()
    assert (device.battery, device.release, device.browser) == (64, "abc", "Chrome 80")
    assert utcnow() - device.last_contact_at < timedelta(minutes=1)
    for nonsense in ({"battery": 101}, {"battery": "x"}, {"release": 7}):
        tablet.sync(**nonsense)
    assert (Device.get().battery, Device.get().release) == (64, "abc")


def test_a_code_of_another_booth_assigns_the_same_device_there(app, fair, tomorrow):
    browser = app.test_client()
    first = browser.post("/enrol", data={"code": Enrolment.open(fair.clothing)}).json
    again = browser.post("/enrol", data={"code": Enrolment.open(tomorrow), "resume": first["resume"]}).json
    assert again["resume"] == first["resume"] and Device.select().count() == 1
    for told in (first, again):
        named = browser.get(f"/kiosk/identity?log={told['market_day']}.{told['tablet']}").json
        assert (named["tablet"], named["market_day"]) == (told["tablet"], told["market_day"])
