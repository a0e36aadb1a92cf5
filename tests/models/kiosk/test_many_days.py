"""Chosen market days are moved or cancelled at once, each as it would be by itself."""

from datetime import date

import pytest

from models import schema as models
from models.kiosk.many_days import Target, cancel_days, chosen_days, move_days, plan_moves
from models.log.change import changes_since
from models.market.tablet import Tablet

TODAY = date(2026, 3, 1)
TOWN = "500120100"


@pytest.fixture
def days(fair):
    """Three market days of a town on its market dates, the last one a draft."""
    models.MarketRule.create(town=TOWN, digits="3-6-9")
    fair.days = [
        models.MarketDay.create(
            county=fair.county, town=TOWN, date=date(2026, 3, n), **({"published_at": None} if n == 9 else {})
        )
        for n in (3, 6, 9)
    ]
    return fair


def chosen(fair):
    return chosen_days(fair.county, [day.id for day in fair.days])


def moved(fair, target, taken=(), why="下雨"):
    steps = plan_moves(fair.county, chosen(fair), target, TODAY)
    return steps, move_days(steps, taken, "chen", why)


def dates(fair):
    return [models.MarketDay.get_by_id(day.id).date.day for day in fair.days]


def test_days_go_onto_the_market_dates_of_their_town_one_after_another(days):
    steps, count = moved(days, Target(onto=date(2026, 3, 13)))
    assert count == 3 and dates(days) == [13, 16, 19]
    first, _second, draft = (models.MarketDay.get_by_id(day.id) for day in days.days)
    assert (first.postponed_from, first.postponed_why) == (date(2026, 3, 3), "下雨")
    assert (draft.postponed_from, draft.is_draft) == (None, True)


def test_days_that_follow_one_another_may_take_each_others_dates(days):
    steps, count = moved(days, Target(onto=date(2026, 3, 6)))
    assert count == 3 and dates(days) == [6, 9, 13]


def test_what_hinders_a_day_is_named_and_leaves_it_out(days):
    models.MarketDay.create(county=days.county, town=TOWN, date=date(2026, 3, 13))
    steps, count = moved(days, Target(by=7))
    assert [step.hindrances for step in steps] == [("off_market",), ("exists",), ()]
    assert count == 1 and dates(days) == [3, 6, 16]
    assert moved(days, Target(by=7), [days.days[0].id, days.days[1].id])[1] == 2
    assert dates(days) == [10, 6, 23]


def test_a_day_that_stays_keeps_its_date(days):
    """The first cannot come where the second stays: the second's own new date is taken."""
    models.MarketDay.create(county=days.county, town=TOWN, date=date(2026, 3, 9))
    days.days = days.days[:2]
    steps, count = moved(days, Target(by=3))
    assert [step.hindrances for step in steps] == [("exists",), ("exists",)] and count == 0


def test_only_a_draft_goes_to_an_earlier_date(days):
    steps, _count = moved(days, Target(by=-1))
    assert ["earlier" in step.hindrances for step in steps] == [True, True, False]


def test_a_device_that_is_elsewhere_then_stays_there(days):
    booth = models.Booth.create(market_day=days.days[0], number=1, name="厂")
    tablet = Tablet.enlist(booth, name="一号")
    other = models.MarketDay.create(county=days.county, town="500120199", date=date(2026, 3, 13))
    Tablet.enlist(models.Booth.create(market_day=other, number=1, name="店"), device=tablet.device)
    days.days = days.days[:1]
    steps, count = moved(days, Target(by=10))
    assert steps[0].hindrances == ("device",) and count == 0
    assert moved(days, Target(by=10), [days.days[0].id])[1] == 1
    assert not Tablet.enrolled(days.days[0])[0].is_expected and Tablet.enrolled(other)[0].is_expected


def test_cancelling_tells_the_tablets_as_a_single_one_does(days):
    booth = models.Booth.create(market_day=days.days[0], number=1, name="厂")
    assert cancel_days(chosen(days), "chen", "暴雨") == 3
    assert {models.MarketDay.get_by_id(day.id).cancelled_why for day in days.days} == {"暴雨"}
    told, _cursor, _more = changes_since(days.days[0].id, booth.number, 0, 0)
    assert ("market_day", str(days.days[0].id)) in told
    assert cancel_days(chosen(days), "chen", "暴雨") == 0


def test_only_days_of_the_county_and_of_the_clerks_towns_are_chosen(days):
    ids = [days.day.id, days.other_day.id]
    assert [day.id for day in chosen_days(days.county, ids)] == [days.day.id]
    assert chosen_days(days.county, ids, frozenset({"500120199"})) == []


def test_what_calendars_show_has_a_new_revision(days):
    day = days.days[0]
    assert (day.revision, day.revised_at) == (0, None)
    cancel_days([day], "chen", "暴雨")
    changed = models.MarketDay.get_by_id(day.id)
    assert changed.revision == 1 and changed.revised_at is not None
