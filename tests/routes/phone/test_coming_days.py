"""The public page of coming days, and its feeds, read back by the package that reads calendars."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from models import schema as models
from models.kiosk.cancellation import cancel
from models.kiosk.postponement import postpone
from models.kiosk.set_up import change_market_day
from routes.phone import coming_days

EIGHT = "500120100"
TODAY = date(2026, 3, 1)


@pytest.fixture
def days(fair, monkeypatch):
    monkeypatch.setattr(coming_days, "date_in", lambda county: TODAY)
    fair.days = [
        models.MarketDay.create(
            county=fair.county, town=EIGHT, date=date(2026, 3, n), place="正街", opens_at=opens, closes_at=closes
        )
        for n, opens, closes in ((3, "08:00", "12:00"), (6, "08:00", "12:00"), (9, "18:00", "01:00"))
    ]
    fair.draft = models.MarketDay.create(county=fair.county, town="500120199", date=date(2026, 3, 4), published_at=None)
    return fair


def events(client, fair, town="") -> dict[int, object]:
    answer = client.get(f"/c/{fair.county.id}{'/' + town if town else ''}.ics")
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    found = Calendar.from_ical(answer.data)
    return {int(one["uid"].split("@")[0].rpartition("-")[2]): one for one in found.walk("VEVENT")}


def test_the_page_shows_published_days_by_town(client, days):
    page = client.get(f"/c/{days.county.id}")
    assert page.status_code == 200 and "八塘镇" in page.text and "大兴镇" not in page.text
    assert "3月3日" in page.text and "铜梁" not in page.text
    assert "3月9日" in client.get(f"/c/{days.county.id}/{EIGHT}").text


def test_a_county_or_town_that_is_not_there_is_a_404(client, days):
    for path in ("/c/999", "/c/99999999999999", f"/c/{days.county.id}/500151", f"/c/{days.county.id}/x", "/c/999.ics",
                 f"/c/{days.elsewhere.id}/{EIGHT}", f"/c/{days.county.id}/x.ics"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_page_and_a_feed_are_answered_from_what_is_kept_until_something_changes(client, days):
    for path in (f"/c/{days.county.id}", f"/c/{days.county.id}.ics"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        cancel(days.days[0], "chen", path)
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_times_are_the_countys(client, days):
    found = events(client, days)
    first = found[days.days[0].id]
    assert first["dtstart"].dt == datetime(2026, 3, 3, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert first["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert first["dtend"].dt.astimezone(UTC) == datetime(2026, 3, 3, 4, tzinfo=UTC)
    night = found[days.days[2].id]
    assert night["dtend"].dt == datetime(2026, 3, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    zones = Calendar.from_ical(client.get(f"/c/{days.county.id}.ics").data).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Shanghai"]


def test_a_draft_and_another_countys_day_are_in_no_feed(client, days):
    found = events(client, days)
    assert days.draft.id not in found and days.other_day.id not in found
    assert set(events(client, days, EIGHT)) == {day.id for day in (*days.days, days.day)}


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, days):
    day = days.days[0]
    before = events(client, days)[day.id]
    change_market_day(day, place="新街口")
    moved = events(client, days)[day.id]
    assert moved["uid"] == before["uid"] and moved["sequence"] > before["sequence"] and "新街口" in moved["location"]
    postpone(day, date(2026, 3, 13), "chen", "下雨")
    later = events(client, days)[day.id]
    assert later["uid"] == before["uid"] and later["sequence"] > moved["sequence"]
    assert later["dtstart"].dt.date() == date(2026, 3, 13) and str(later["status"]) == "CONFIRMED"


def test_a_cancelled_day_says_so_and_why(client, days):
    day = days.days[1]
    before = events(client, days)[day.id]["sequence"]
    cancel(day, "chen", "暴雨；停电,\n改期另行通知")
    event = events(client, days)[day.id]
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", before + 1)
    assert "暴雨；停电,\n改期另行通知" in event["description"]
    assert "暴雨" in client.get(f"/c/{days.county.id}/{EIGHT}").text


def test_what_is_over_for_a_month_is_in_no_feed(client, days):
    old = models.MarketDay.create(county=days.county, town=EIGHT, date=TODAY - timedelta(days=40))
    assert old.id not in events(client, days)


def test_the_page_is_small_with_sixty_towns_and_a_season(client, fair, monkeypatch):
    monkeypatch.setattr(coming_days, "date_in", lambda county: TODAY)
    for n in range(60):
        town = models.Division.create(code=f"5001203{n:02}", name=f"第{n}镇", parent="500120", level="township")
        for k in range(25):
            models.MarketDay.create(county=fair.county, town=town, date=TODAY + timedelta(days=k * 3 + n % 3))
    answer = client.get(f"/c/{fair.county.id}", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 14 * 1024 and answer.headers["Content-Encoding"] == "gzip"
