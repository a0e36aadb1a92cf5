"""What an event is: its type with what is usual for it, hosts, a caravan's stops, and viewers who are in no total."""

import json
from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.figures.version import close
from models.vocabulary.code_list import VENUES
from models.vocabulary.event import EVENT_CLASSES, EVENT_TYPES, LEVELS, USUAL
from routes.office import market_dates
from tests.html import one_line

LIST = "/organiser/market-days"


@pytest.fixture(autouse=True)
def some_weeks_before(monkeypatch):
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 1, 20, 1, tzinfo=UTC))


@pytest.fixture
def save(organiser, fair, day):
    """Save the cast's market day; changes say what it is."""

    def save(url=day, **changes):
        form = {"town": fair.town.code, "date": "2026-02-24", "opens_at": "08:00", "closes_at": "12:00", "place": ""}
        return organiser.post(url, data=form | changes)

    return save


def test_the_venues_are_those_of_the_bureaus_list():
    assert list(VENUES) == [
        "MARKET_TOWN", "HR_MARKET", "GIG", "NIGHT", "CBD", "PARK", "COMMUNITY", "HUB", "CARAVAN", "ONLINE",
    ]  # fmt: skip
    assert USUAL.keys() == EVENT_TYPES.keys()
    for usual in USUAL.values():
        assert usual.venue in VENUES and usual.event_class in EVENT_CLASSES and usual.level in LEVELS


def test_an_ordinary_market_day_needs_no_word_about_it(save):
    save(LIST, date="2026-02-26")
    made = models.MarketDay.get(date=date(2026, 2, 26))
    assert (made.event_type, made.venue, made.event_class, made.level) == ("MARKET", "MARKET_TOWN", "MICRO", "COUNTY")
    assert not made.is_draft


def test_what_is_left_open_is_usual_for_the_type_and_what_is_said_stands(save, fair):
    save(event_type="DEMO", venue="", hosts="市就业局", co_organisers="总工会，残联")
    made = models.MarketDay.get_by_id(fair.day.id)
    assert (made.venue, made.event_class, made.level) == ("CBD", "COMPREHENSIVE", "CITY")
    save(event_type="DEMO", venue="PARK")
    assert models.MarketDay.get_by_id(fair.day.id).venue == "PARK"
    save()  # a form of before, without these fields
    assert models.MarketDay.get_by_id(fair.day.id).venue == "PARK"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("event_type", "PARTY"), ("venue", "SPACE"), ("event_class", "x"), ("level", "x"), ("viewers", "-1"),
     ("viewers", "many"), ("employers_online", "1.5"), ("hosts", "长" * 10_000)],
)  # fmt: skip
def test_a_wrong_field_is_named(save, fair, field, typed):
    answer = save(**{field: typed})
    assert answer.status_code == 422 and '<details class="fold event-kind" open>' in answer.text
    assert models.MarketDay.get_by_id(fair.day.id).event_type == "MARKET"


def test_viewers_of_a_stream_are_shown_apart_and_in_no_figure(organiser, save, fair, day, enrol, operation):
    enrol(fair.clothing).sync(operation(1, "visit.recorded", pass_=fair.passes[0], channel="card"))
    before = organiser.get(f"{day}/summary.json").json
    save(event_type="LIVE", viewers="230000", employers_online="12")
    after = organiser.get(f"{day}/summary.json").json
    assert (after["market_day"]["viewers"], after["market_day"]["employers_online"]) == (230_000, 12)
    for told in (before, after):
        del told["market_day"], told["as_of"]
    assert after == before and after["visits"] == 1
    shown = one_line(organiser.get(f"{day}/summary").text)
    assert 'data-figure="viewers">230000<' in shown and 'data-figure="visits">1<' in shown


def test_a_caravan_has_stops_on_the_board_the_poster_and_the_sheet(organiser, client, save, fair, day):
    save(event_type="CARAVAN")
    assert f"{day}/stops" in organiser.get(day).text
    stops = {"place_1": "八塘镇政府", "from_1": "08:00", "to_1": "09:30"}
    stops |= {"place_2": "智灯村", "from_2": "10:00", "to_2": "11:00"}
    assert organiser.post(f"{day}/stops", data=stops).location == day
    office = (day, f"{day}/posters?per=market_day", f"{day}/summary", f"{day}/loudspeaker", f"{day}/checklist/sheet")
    for page in (client.get(f"/m/{fair.day.id}"), *map(organiser.get, office)):
        assert page.text.index("八塘镇政府") < page.text.index("智灯村") and "08:00–09:30" in page.text
    found = organiser.get(f"{day}/summary.json").json["stops"]
    assert found[1] == {"stop": 2, "place": "智灯村", "starts_at": "10:00", "ends_at": "11:00"}
    assert "智灯村" in organiser.get(f"{day}/summary.csv").text
    assert organiser.get(f"{day}/summary.xlsx").status_code == 200

    for wrong in ({"from_1": ""}, {"to_1": "25:00"}, {"to_2": "09:00"}, {"place_1": "长" * 100}):
        assert organiser.post(f"{day}/stops", data=stops | wrong).status_code == 422
    only = {"place_1": "智灯村", "from_1": "10:00", "to_1": "11:00"}
    assert organiser.post(f"{day}/stops", data=only).status_code == 303
    assert [stop.place for stop in models.Stop.of_day(fair.day)] == ["智灯村"]


def test_of_a_closed_day_it_changes_with_a_reason(organiser, save, fair, day):
    close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))
    stop = {"place_1": "智灯村", "from_1": "10:00", "to_1": "11:00"}
    assert save(event_type="CARAVAN").status_code == organiser.post(f"{day}/stops", data=stop).status_code == 422
    assert save(event_type="CARAVAN", reason="写错").status_code == 303
    assert organiser.post(f"{day}/stops", data=stop | {"reason": "漏了"}).status_code == 303
    changed = {(row.thing, row.field) for row in models.Amendment.select()}
    assert {("market_day", "event_type"), ("stop", "place")} <= changed
    assert organiser.get(f"{day}/closings").status_code == 200


def test_a_version_of_before_says_nothing_of_the_event_and_differs_in_nothing(organiser, fair, day):
    closing = close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))
    figures = json.loads(closing.figures)
    del figures["stops"]
    figures["market_day"] = {k: figures["market_day"][k] for k in ("id", "date", "town", "place", "venue", "opens_at",
                             "closes_at", "office", "campaign", "theme", "cancelled")}  # fmt: skip
    models.Closing.update(figures=json.dumps(figures)).execute()
    for page in ("summary", "summary.csv", "summary.xlsx", "closings"):
        assert organiser.get(f"{day}/{page}").status_code == 200
    assert 'class="apart"' not in organiser.get(f"{day}/closings").text


def test_the_list_is_filtered_by_state_and_type(organiser, save, fair):
    save(LIST, date="2026-02-26", draft="yes")
    save(LIST, date="2026-02-27", event_type="CARAVAN")
    drafted, caravan = (models.MarketDay.get(date=date(2026, 2, n)).id for n in (26, 27))

    def shown(**query) -> set[int]:
        page = organiser.get(LIST, query_string=query).text
        return {day.id for day in models.MarketDay.select() if f'id="day-{day.id}"' in page}

    assert shown() == {fair.day.id, drafted, caravan}
    assert shown(state="draft") == {drafted}
    assert shown(type="CARAVAN") == {caravan}
    assert shown(type="CARAVAN", state="draft") == set()
    assert shown(state="nonsense") == {fair.day.id, drafted, caravan}
    page = organiser.get(LIST, query_string={"type": "CARAVAN"}).text
    assert "type=CARAVAN&amp;sort=" in page or "type=CARAVAN" in page.partition("<thead>")[2]
