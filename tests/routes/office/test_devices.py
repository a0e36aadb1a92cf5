"""The county's pool of devices, and which booth has which of them on a day."""

from datetime import timedelta

import pytest

from models.market.assignment import assign
from models.market.device import Device
from models.schema import AuditEntry, Booth, MarketDay, Tablet


@pytest.fixture
def device(fair) -> Device:
    return Device.create(county=fair.county, name="红米7", browser="Chrome 80", release="abcdef0123", battery=64)


@pytest.fixture
def booth_page(fair) -> str:
    return f"/organiser/market-days/{fair.day.id}/booths/{fair.clothing.number}"


def test_the_pool_says_of_each_where_it_is_and_what_it_said_of_itself(organiser, fair, device, monkeypatch):
    monkeypatch.setattr("routes.office.device_rows.date_in", lambda county, now: fair.day.date)
    later = MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date + timedelta(days=3))
    assign(device, fair.clothing)
    assign(device, Booth.create(market_day=later, number=9, name="展位"))
    page = organiser.get("/organiser/devices").text
    for said in ("红米7", "64%", "Chrome 80", "abcdef01", f"/{fair.day.id}/booths/1", f"/{later.id}/booths/9"):
        assert said in page


def test_a_booth_is_given_a_device_once(organiser, fair, device, booth_page):
    for _ in range(2):
        assert organiser.post(f"{booth_page}/assignments", data={"device": device.id}).status_code == 303
    assert [(tablet.device_id, tablet.booth_id) for tablet in Tablet] == [(device.id, fair.clothing.id)]
    assert "红米7" in organiser.get(booth_page).text


def test_two_booths_of_one_day_are_refused_beside_the_field(organiser, fair, device, booth_page):
    assign(device, fair.kitchen)
    answer = organiser.post(f"{booth_page}/assignments", data={"device": device.id})
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert "八塘镇 2号展位" in answer.text
    assert Tablet.select().count() == 1


@pytest.mark.parametrize("typed", [{}, {"device": "x"}, {"device": "999"}])
def test_what_is_no_device_of_the_county_is_refused(organiser, booth_page, typed):
    assert organiser.post(f"{booth_page}/assignments", data=typed).status_code == 422


def test_a_device_is_taken_off_a_booth_and_can_be_given_to_another(organiser, fair, device, booth_page):
    tablet = assign(device, fair.kitchen)
    answer = organiser.post(f"/organiser/market-days/{fair.day.id}/tablets/{tablet.id}/withdraw")
    assert answer.status_code == 303 and Tablet.get_by_id(tablet.id).withdrawn_at
    assert organiser.post(f"{booth_page}/assignments", data={"device": device.id}).status_code == 303


def test_as_last_time_in_one_tap(organiser, fair, device):
    assign(device, fair.clothing)
    day = MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date + timedelta(days=7))
    Booth.create(market_day=day, number=fair.clothing.number, name="展位")
    assert organiser.post(f"/organiser/market-days/{day.id}/assignments").status_code == 303
    assert [tablet.device_id for tablet in Tablet.enrolled(day)] == [device.id]
    assert AuditEntry.get(action="devices_assigned").rows == 1


def test_a_lost_device_is_sent_nowhere_and_a_revoked_one_is_out(organiser, device, booth_page):
    assert organiser.post(f"/organiser/devices/{device.id}", data={"name": "红米8", "state": "lost"}).status_code == 303
    assert (Device.get().name, Device.get().state) == ("红米8", "lost")
    assert organiser.post(f"{booth_page}/assignments", data={"device": device.id}).status_code == 422
    assert organiser.post(f"/organiser/devices/{device.id}", data={"name": "", "state": "x"}).status_code == 422
    assert organiser.post(f"/organiser/devices/{device.id}/delete").status_code == 303
    assert Device.get().revoked_at
