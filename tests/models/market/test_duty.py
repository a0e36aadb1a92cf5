"""Who of a county's people is on duty where, and on which dates that clashes. On both databases."""

from datetime import timedelta

import pytest

from models import schema as models
from models.market.duty import assign, clash_dates, duties_since, ever_on_duty, on_duty, withdraw
from models.market.planning import plan


@pytest.fixture
def li(fair):
    return models.Operator.enlist(fair.clothing, "李工", "2468")


def copy_of(fair, days: int) -> models.MarketDay:
    return plan(
        fair.day, county=fair.county, campaign=fair.campaign, town=fair.town, date=fair.day.date + timedelta(days)
    )


def test_a_copied_day_has_the_same_people_with_the_same_pins(fair, li):
    off = models.Operator.enlist(fair.clothing, "王工", "1357")
    archived = models.Operator.enlist(fair.clothing, "赵工", "1357")
    withdraw(on_duty(fair.clothing)[1])
    models.Operator.update(archived_at=1).where(models.Operator.id == archived.id).execute()
    day = copy_of(fair, 3)
    (duty,) = on_duty(day.booths.order_by(models.Booth.number).get())
    assert (duty.operator_id, duty.known_as, duty.operator.pin_hash) == (li.id, li.id, li.pin_hash)
    assert models.Operator.select().count() == 3 and off.duties.count() == 1


def test_a_duty_is_made_once_and_comes_back_as_it_was(fair, li):
    duty = on_duty(fair.clothing)[0]
    withdraw(duty)
    since = models.Duty.get_by_id(duty.id).withdrawn_at
    withdraw(models.Duty.get_by_id(duty.id))
    assert models.Duty.get_by_id(duty.id).withdrawn_at == since
    assert on_duty(fair.clothing) == [] and [one.id for one in ever_on_duty(fair.day)] == [duty.id]
    assert assign(li, fair.clothing).id == duty.id == assign(li, fair.clothing).id
    assert [one.id for one in on_duty(fair.clothing)] == [duty.id]


def test_two_booths_on_one_date_clash_whichever_the_town_and_not_those_of_other_dates(fair, li):
    assert clash_dates(duties_since(fair.county, fair.day.date)[li.id]) == []
    later = copy_of(fair, 3)
    assert clash_dates(duties_since(fair.county, fair.day.date)[li.id]) == []
    there = models.MarketDay.create(county=fair.county, town="500120199", date=fair.day.date)
    assign(li, models.Booth.create(market_day=there, number=1, name="大兴"))
    assign(li, later.booths.order_by(models.Booth.number.desc()).get())
    assert clash_dates(duties_since(fair.county, fair.day.date)[li.id]) == [fair.day.date, later.date]
    assert clash_dates(duties_since(fair.county, later.date)[li.id]) == [later.date]


def test_a_day_that_is_not_held_clashes_with_none(fair, li):
    there = models.MarketDay.create(county=fair.county, town="500120199", date=fair.day.date, cancelled_at=1)
    assign(li, models.Booth.create(market_day=there, number=1, name="大兴"))
    assert clash_dates(duties_since(fair.county, fair.day.date)[li.id]) == []


def test_the_people_of_a_county_are_its_own(fair, li):
    stranger = models.Operator.enlist(fair.other_booth, "李工", "2468")
    assert [o.id for o in models.Operator.of_county(fair.county)] == [li.id]
    assert duties_since(fair.county, fair.day.date).keys() == {li.id}
    assert stranger.county_id == fair.elsewhere.id
    assert not models.Operator.is_named(fair.elsewhere, "李 工", "八塘")
    assert models.Operator.is_named(fair.elsewhere, "李 工", "")


def test_a_booth_that_is_taken_away_takes_its_duties_along_and_leaves_the_people(fair, li):
    fair.clothing.delete_instance()
    assert not models.Duty.select().exists()
    assert models.Operator.get_by_id(li.id).name == "李工"


def test_a_pin_that_is_cleared_opens_nothing_and_counts(fair, li):
    li.clear_pin()
    li.save()
    assert (li.has_pin, li.pin_salt, li.pin_hash, li.pin_resets) == (False, "", "", 1)
