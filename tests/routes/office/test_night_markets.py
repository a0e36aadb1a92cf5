"""A night market: from the form to the sheet (tests/data/cases/night_markets.json)."""

from datetime import date, datetime

import pytest

from models import schema as models
from models.figures import live
from models.figures.summary import figures
from models.log.exclusion import Exclusion
from models.phone import registration
from tests.cases import cases

LIST = "/organiser/market-days"


@pytest.fixture
def night(fair):
    models.MarketDay.update(opens_at="18:00", closes_at="01:00").where(models.MarketDay.id == fair.day.id).execute()
    return models.MarketDay.get_by_id(fair.day.id)


@pytest.fixture
def evening(night, fair, enrol, operation):
    """Somebody came before it opened, two in the evening, and one after midnight."""
    times = ("24T17:40", "24T18:10", "24T22:30", "25T00:40")
    enrol(fair.clothing).sync(*[
        operation(
            n, "check_in.recorded", at=f"2026-02-{at}:00+08:00", pass_=fair.passes[n], vacancy=fair.sewing.number
        )
        for n, at in enumerate(times, start=1)
    ])  # fmt: skip
    return night


@pytest.mark.parametrize("case", cases("night_markets"))
def test_it_is_planned_and_its_page_says_that_it_ends_tomorrow(organiser, fair, case):
    hours = {"opens_at": case["opens_at"], "closes_at": case["closes_at"]}
    form = {"town": fair.town.code, "date": "2026-02-26", "past": "yes", "place": "", **hours}
    answer = organiser.post(LIST, data=form)

    assert answer.status_code == 303
    day = models.MarketDay.get(date=date(2026, 2, 26))
    assert (day.opens_at, day.closes_at) == tuple(hours.values())
    page = organiser.get(answer.location + "?lang=en").text
    assert "18:00–01:00 the next morning" in page
    assert "18:00–次日01:00" in organiser.get(answer.location + "?lang=zh").text
    assert organiser.post(LIST, data=form | {"date": "2026-03-01", "opens_at": "08:00"}).status_code == 422


def test_the_hour_after_midnight_comes_last_everywhere(organiser, evening):
    found = figures(evening)
    assert [row["hour"] for row in found["hours"]] == [17, 18, 22, 0]
    assert (found["visits"], found["check_ins"]) == (4, 4)

    assert [row["hour"] for row in live.hours(found, evening)] == [17, 18, 19, 20, 21, 22, 23, 0]
    summary = f"{LIST}/{evening.id}/summary"
    assert [row["hour"] for row in organiser.get(f"{summary}.json").json["hours"]] == [17, 18, 22, 0]
    page = organiser.get(summary).text
    shown = [page.index(f'data-hour="{hour}" data-figure="visits">{visits}<') for hour, visits in
             ((17, 1), (18, 1), (19, 0), (22, 1), (23, 0), (0, 1))]  # fmt: skip
    assert shown == sorted(shown) and 'data-hour="1"' not in page
    assert organiser.get(f"{LIST}/{evening.id}/live").status_code == 200


@pytest.mark.parametrize(
    ("moment", "complete", "phase"),
    [
        ("2026-02-24T17:59", False, "early"), ("2026-02-24T18:00", False, "open"), ("2026-02-25T00:59", True, "open"),
        ("2026-02-25T01:00", False, "closing"), ("2026-02-25T01:00", True, "over"),
        ("2026-02-25T23:59", False, "closing"), ("2026-02-26T00:00", False, "over"),
        ("2026-02-23T20:00", False, "ahead"),
    ],
)  # fmt: skip
def test_it_is_open_until_it_closes(night, moment, complete, phase):
    assert live.phase(night, datetime.fromisoformat(f"{moment}:00+08:00"), complete) == phase


def test_a_phones_pass_holds_until_it_closes(night, monkeypatch):
    ahead = datetime.fromisoformat("2026-02-20T09:00:00+08:00")
    monkeypatch.setattr(registration, "utcnow", lambda: ahead)

    assert registration._end_of(night) == datetime.fromisoformat("2026-02-25T00:59:00+08:00")


def test_what_is_set_aside_from_half_past_midnight_on_is_of_the_next_morning(organiser, evening):
    log = models.Log.get(booth=evening.booths.where(models.Booth.number == 1).get())
    form = {"whose": f"log-{log.id}", "start": "00:30", "end": "", "note": "stolen"}
    organiser.post(f"{LIST}/{evening.id}/exclusions", data=form | {"act": "exclude", "sure": "yes"})

    assert Exclusion.get().from_ms == datetime.fromisoformat("2026-02-25T00:30:00+08:00").timestamp() * 1000
    assert figures(evening)["check_ins"] == 3
