"""A series in the browser: asked for, shown with its clashes, made as shown, taken back."""

import re
from datetime import date

import pytest

from models import schema as models
from models.market import planning
from models.market.operator import Operator
from routes.office import calendar, many_days, market_rule_lists, series, yearly_campaigns

TODAY = date(2026, 3, 1)
EIGHT, DAXING = "500120100", "500120199"
ASKED = {"town": "all", "start": "2026-03-02", "end": "2026-03-15", "source": "last"} | {"operators": "yes"}


@pytest.fixture
def season(fair, monkeypatch):
    """The first of March, with market rules, a person who works at two towns, and the cast's day to copy."""
    for room in (calendar, many_days, market_rule_lists, series, yearly_campaigns):
        monkeypatch.setattr(room, "today_in", lambda county: TODAY)
    monkeypatch.setattr(planning, "date_in", lambda county, now=None: TODAY)
    for town in (EIGHT, DAXING):
        models.MarketRule.create(town=town, digits="3-6-9")
    Operator.enlist(fair.clothing, "李工")
    return fair


def asked(fair, **changes) -> dict:
    return ASKED | {"template": fair.day.id, "campaign": fair.campaign.id} | changes


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def count() -> int:
    return models.MarketDay.select().where(models.MarketDay.series.is_null(False)).count()


def made(organiser, fair, **changes):
    page = organiser.post("/organiser/series/preview", data=asked(fair, **changes)).text
    return organiser.post("/organiser/series", data=asked(fair, **changes) | {
        "digest": hidden(page, "digest"), "shown": hidden(page, "shown")
    })  # fmt: skip


def test_the_preview_shows_days_and_clashes_and_stores_nothing(organiser, season):
    page = organiser.post("/organiser/series/preview", data=asked(season))
    assert page.status_code == 200 and count() == 0
    assert "同一天排在两处的工作人员" in page.text and "李工" in page.text and "确认排期（8场）" in page.text


def test_a_series_is_made_as_it_was_shown(organiser, season):
    answer = made(organiser, season)
    assert answer.status_code == 303 and count() == 8
    day = models.MarketDay.get(town=DAXING, date=date(2026, 3, 3))
    assert (day.campaign, day.is_draft, day.booths.count()) == (season.campaign, False, 3)


def test_what_changed_meanwhile_is_shown_again(organiser, season):
    page = organiser.post("/organiser/series/preview", data=asked(season)).text
    models.MarketDay.create(county=season.county, town=EIGHT, date=date(2026, 3, 3))
    answer = organiser.post("/organiser/series", data=asked(season) | {"digest": hidden(page, "digest"), "shown": ""})
    assert answer.status_code == 409 and "情况有变化" in answer.text and count() == 0


def test_one_tick_takes_all_of_a_kind_and_another_reckoning_keeps_it(organiser, season):
    page = organiser.post("/organiser/series/preview", data=asked(season) | {"take": "all:operator"}).text
    assert "checked" in page[page.index('id="clash-operator"') :]
    key = hidden(page, "shown")
    organiser.post("/organiser/series", data=asked(season) | {
        "digest": hidden(page, "digest"), "shown": key, "take": key,
    })  # fmt: skip
    there = models.MarketDay.get(town=DAXING, date=date(2026, 3, 3))
    assert [duty.operator.name for booth in there.booths for duty in booth.duties] == ["李工"]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("start", "2026-02-01", "已经过去"), ("end", "2026-03-01", "早于"), ("end", "2029-01-01", "最长一年"),
        ("start", "x", "日期"), ("source", "x", "请选择"), ("opens_at", "8", "08:00"), ("town", "x", "至少"),
        ("campaign", "999", "请选择"), ("template", "0", "请选择"),
    ],
)  # fmt: skip
def test_bad_input_is_named_beside_its_field_and_nothing_is_lost(organiser, season, field, value, word):
    answer = organiser.post("/organiser/series/preview", data=asked(season) | {field: value})
    assert answer.status_code == 422 and word in answer.text
    assert 'name="end" class="control" required' in answer.text and count() == 0


def test_a_series_is_taken_back_with_a_reason(organiser, season):
    made(organiser, season)
    (one,) = models.Series.select()
    assert organiser.post(f"/organiser/series/{one.id}/undo", data={"reason": ""}).status_code == 422 and count() == 8
    assert "撤销" in organiser.get("/organiser/series").text
    assert organiser.post(f"/organiser/series/{one.id}/undo", data={"reason": "误排"}).status_code == 303
    assert count() == 0 and "已撤销" in organiser.get("/organiser/series").text


def test_nobody_else_makes_or_takes_back_a_series(app, season, organiser):
    made(organiser, season)
    (one,) = models.Series.select()
    for who in (season.reader, season.reviewer, season.clerk, season.other_clerk, season.city):
        browser = app.test_client(user=who)
        assert browser.post("/organiser/series", data=asked(season)).status_code in (403, 404), who.login
        assert browser.post(f"/organiser/series/{one.id}/undo", data={"reason": "x"}).status_code in (403, 404)
        assert browser.post("/organiser/several-days", data={"day": season.day.id, "act": "cancel", "reason": "x"}
                            ).status_code in (403, 404)  # fmt: skip
    stranger = app.test_client(user=season.neighbour)
    assert stranger.post(f"/organiser/series/{one.id}/undo", data={"reason": "x"}).status_code == 404
    stranger.post("/organiser/several-days", data={"day": season.day.id, "act": "cancel", "reason": "x"})
    assert not models.MarketDay.get_by_id(season.day.id).is_cancelled and count() == 8
    assert stranger.get("/organiser/series").text.count("series-") == 0


def test_a_month_shows_what_is_planned_what_lacks_and_where_a_day_can_be_made(organiser, season):
    made(organiser, season, town=EIGHT)
    page = organiser.get("/organiser/calendar?month=2026-03").text
    third = page[page.index('id="date-2026-03-03"') : page.index('id="date-2026-03-04"')]
    assert "正月十五" in third and "八塘镇" in third and f'value="{DAXING}"' in third
    assert re.search(r"缺人2\s*机3", third.replace("</span>", ""))
    only = organiser.get(f"/organiser/calendar?month=2026-03&only={DAXING}").text
    assert "八塘镇</a>" not in only
    for odd in ("month=x", "month=2026-13", "only=x", "month=9999-01"):
        assert organiser.get(f"/organiser/calendar?{odd}").status_code == 200


def test_a_week_of_the_season_begins_on_monday(organiser, season):
    page = organiser.get("/organiser/calendar/season?start=2026-03-04").text
    assert "3/2</a>" in page and "0/2" in page
    assert all(date.fromisoformat(day).weekday() == 0 for day in re.findall(r"#date-(2026-\d\d-\d\d)", page))


def test_a_day_is_made_in_one_press_where_the_rule_has_one(organiser, season):
    answer = organiser.post("/organiser/calendar", data={"town": EIGHT, "date": "2026-03-03"})
    assert answer.status_code == 303 and answer.location.endswith("#date-2026-03-03")
    assert models.MarketDay.get(town=EIGHT, date=date(2026, 3, 3)).booths.count() == 3
    for town, on in ((EIGHT, "2026-03-03"), (EIGHT, "2026-03-04"), (EIGHT, "2026-02-26"), ("x", "2026-03-06")):
        organiser.post("/organiser/calendar", data={"town": town, "date": on})
    assert count() == 1


def test_a_clerk_sees_and_makes_days_of_their_own_towns_alone(app, season, organiser):
    made(organiser, season)
    clerk = app.test_client(user=season.clerk)
    page = clerk.get("/organiser/calendar?month=2026-03").text
    assert "八塘镇" in page and "大兴镇" not in page
    assert "大兴镇" not in clerk.get("/organiser/calendar/season").text
    assert "大兴镇" not in clerk.get(f"/organiser/season-poster?town={DAXING}&start=2026-03-01").text
    before = models.MarketDay.select().count()
    clerk.post("/organiser/calendar", data={"town": DAXING, "date": "2026-03-16"})
    assert models.MarketDay.select().count() == before
    clerk.post("/organiser/calendar", data={"town": EIGHT, "date": "2026-03-16"})
    assert models.MarketDay.select().count() == before + 1
    assert app.test_client(user=season.reader).post(
        "/organiser/calendar", data={"town": EIGHT, "date": "2026-03-19"}
    ).status_code == 403  # fmt: skip


def days_of(fair) -> list[int]:
    rows = models.MarketDay.select().where(models.MarketDay.series.is_null(False), models.MarketDay.town == EIGHT)
    return [day.id for day in rows.order_by(models.MarketDay.date)]


def test_chosen_days_are_cancelled_with_a_reason(organiser, season):
    made(organiser, season)
    chosen = {"day": days_of(season)[:2], "act": "cancel"}
    assert organiser.post("/organiser/several-days/preview", data=chosen).status_code == 422
    page = organiser.post("/organiser/several-days/preview", data=chosen | {"reason": "暴雨"})
    assert "停办2场" in page.text
    assert organiser.post("/organiser/several-days", data=chosen | {"reason": "暴雨"}).status_code == 303
    assert [models.MarketDay.get_by_id(id).cancelled_why for id in days_of(season)] == ["暴雨", "暴雨", "", ""]


def test_chosen_days_are_moved_onto_market_dates(organiser, season):
    made(organiser, season)
    chosen = {"day": days_of(season), "act": "move", "onto": "2026-03-16"}
    assert "3月16日" in organiser.post("/organiser/several-days/preview", data=chosen).text
    assert organiser.post("/organiser/several-days", data=chosen).status_code == 422  # without a reason
    assert organiser.post("/organiser/several-days", data=chosen | {"reason": "暴雨"}).status_code == 303
    dates = [models.MarketDay.get_by_id(id).date.day for id in days_of(season)]
    assert dates == [16, 19, 23, 26]


def test_chosen_days_are_copied_and_the_copies_taken_back(organiser, season):
    made(organiser, season)
    chosen = {"day": days_of(season)[:2], "act": "copy", "onto": "2026-03-16"}
    page = organiser.post("/organiser/several-days/preview", data=chosen).text
    chosen |= {"digest": hidden(page, "digest")}
    assert organiser.post("/organiser/several-days", data=chosen).status_code == 303
    copies = models.Series.select().order_by(models.Series.id.desc()).get()
    assert [day.date.day for day in copies.market_days.order_by(models.MarketDay.date)] == [16, 19]
    organiser.post(f"/organiser/series/{copies.id}/undo", data={"reason": "误排"})
    assert count() == 8


@pytest.mark.parametrize(
    "odd", [{}, {"day": "x"}, {"by": "7", "onto": "2026-03-16"}, {"by": "999"}, {"act": "x"}, {"onto": "x"}]
)
def test_nonsense_about_several_days_comes_back_with_the_list(organiser, season, odd):
    made(organiser, season)
    chosen = {"day": days_of(season)[:1], "act": "move"} | odd
    assert organiser.post("/organiser/several-days/preview", data=chosen).status_code == 422


def test_the_campaigns_of_a_year_are_made_at_once(organiser, season):
    page = organiser.get("/organiser/campaigns/year/new?year=2027").text
    fields = dict(re.findall(r'name="(\w+_(?:starts|ends)_on)"[^>]* value="([\d-]+)"', page))
    fields |= {
        "year": "2027", "take": ["spring_breeze", "autumn"], "autumn_starts_on": "2027-09-10",
        "own1_name": "开州橘乡招聘季", "own1_starts_on": "2027-11-01", "own1_ends_on": "2027-12-31",
    }  # fmt: skip
    assert organiser.post("/organiser/campaigns/year", data=fields).status_code == 303
    found = {campaign.name: (campaign.starts_on, campaign.ends_on) for campaign in season.county.campaigns}
    assert found["2027年金秋招聘月"] == (date(2027, 9, 10), date(2027, 9, 30))
    assert found["2027年春风行动暨就业援助季"][0] == date(2027, 1, 1) and "开州橘乡招聘季" in found
    again = organiser.post("/organiser/campaigns/year", data=fields)
    assert again.status_code == 422 and "error-summary" in again.text
    wrong = fields | {"take": ["youth"], "youth_ends_on": "2027-01-01", "own1_name": ""}
    assert organiser.post("/organiser/campaigns/year", data=wrong).status_code == 422


def test_market_rules_are_entered_as_a_list(organiser, season):
    models.MarketRule.delete().execute()
    lines = "八塘 逢一四七\n大兴镇：农历二五八"
    looked = organiser.post("/organiser/market-rules-list", data={"lines": lines, "look": "yes"})
    assert "逢一四七赶场" in looked.text and models.MarketRule.select().count() == 0
    assert organiser.post("/organiser/market-rules-list", data={"lines": lines}).status_code == 303
    found = {rule.town.name: (rule.calendar, rule.digits) for rule in models.MarketRule.select()}
    assert found == {"八塘镇": ("gregorian", "1-4-7"), "大兴镇": ("lunar", "2-5-8")}
    for bad in ("", "来凤 1-4-7", "八塘 休市", "八塘 1-4-7\n八塘镇 2-5-8"):
        answer = organiser.post("/organiser/market-rules-list", data={"lines": bad})
        assert answer.status_code == 422 and bad.partition("\n")[0] in answer.text
    organiser.post("/organiser/market-rules-list", data={"lines": "八塘 3-6-9"})
    assert models.MarketRule.get(town=EIGHT).digits == "1-4-7"  # what a town has stays


def test_the_list_begins_with_today(organiser, season):
    made(organiser, season)
    page = organiser.get("/organiser/market-days").text
    rows = re.findall(r'id="day-(\d+)"', page)
    dates = [models.MarketDay.get_by_id(int(id)).date for id in rows]
    ahead = [on for on in dates if on >= date.today()]
    past = [on for on in dates if on < date.today()]
    assert dates == sorted(ahead) + sorted(past, reverse=True)


def test_a_season_poster_has_the_code_of_the_public_page(organiser, season):
    made(organiser, season)
    page = organiser.get("/organiser/season-poster?start=2026-03-01&end=2026-03-31").text
    assert f"ganchang.example/c/{season.county.id}" in page and page.count("<section class=\"sheet") == 1
    town = organiser.get(f"/organiser/season-poster?town={EIGHT}&size=a3&start=2026-03-01&end=2026-03-31").text
    assert "season-poster-a3.css" in town and "正月十五" in town and "大兴镇</th>" not in town
    assert organiser.get("/organiser/season-poster?size=x&start=x&town=x").status_code == 200
