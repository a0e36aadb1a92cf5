"""A town's market dates: its rules one after the other, and the dates on which it is otherwise."""

from datetime import date, timedelta

import pytest

from models import schema as models
from models.market.market_calendar import MarketCalendar, drop_rule, keep_rule
from models.market.market_exception import MarketException


@pytest.fixture
def two_rules(fair):
    """3-6-9 until the end of March 2026, every Sunday from April on."""
    earlier = models.MarketRule.create(town=fair.town, digits="3-6-9")
    later = models.MarketRule(town=fair.town, calendar="weekly", digits="7", valid_from=date(2026, 4, 1))
    keep_rule(later, [], ended=earlier)
    return MarketCalendar.of(fair.town.code)


def test_a_new_rule_ends_the_one_before(two_rules):
    assert [rule.valid_to for rule in two_rules.rules] == [date(2026, 3, 31), None]
    dates = two_rules.next_dates(date(2026, 3, 26), 4)
    assert dates == [date(2026, 3, 26), date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 12)]


def test_the_rule_near_a_date_is_the_one_that_holds_or_comes_or_was(fair, two_rules):
    assert two_rules.rule_near(date(2026, 3, 31)).digits == "3-6-9"
    assert two_rules.rule_near(date(2026, 4, 1)).digits == "7"
    later = MarketCalendar(two_rules.rules[1:])
    assert later.falls_on(date(2026, 3, 1)) is None and later.rule_near(date(2026, 3, 1)).digits == "7"
    earlier = MarketCalendar(two_rules.rules[:1])
    assert earlier.falls_on(date(2026, 4, 5)) is None and earlier.rule_near(date(2026, 5, 1)).digits == "3-6-9"


def test_exceptions_take_a_date_away_and_add_one(fair):
    rule = models.MarketRule(town=fair.town, digits="3-6-9")
    keep_rule(rule, [
        MarketException(date=date(2026, 2, 19), is_held=False, reason="春节停市"),
        MarketException(date=date(2026, 2, 20), is_held=True, reason="补场"),
    ])  # fmt: skip
    calendar = MarketCalendar.of(fair.town.code)
    assert calendar.next_dates(date(2026, 2, 16), 3) == [date(2026, 2, 16), date(2026, 2, 20), date(2026, 2, 23)]
    assert calendar.exception_on(date(2026, 2, 19)).reason == "春节停市"
    assert [e.date.day for e in calendar.exceptions_of(rule)] == [19, 20]


def test_keeping_a_rule_again_replaces_its_exceptions_and_dropping_it_takes_them_along(fair):
    rule = models.MarketRule(town=fair.town, digits="3-6-9")
    day = date(2026, 2, 19)
    keep_rule(rule, [MarketException(date=day, is_held=False), MarketException(date=day + timedelta(1), is_held=True)])
    keep_rule(rule, [MarketException(date=day, is_held=False, reason="停市")])
    assert [e.reason for e in MarketException.select()] == ["停市"]
    drop_rule(rule)
    assert MarketException.select().count() == 0 and MarketCalendar.of(fair.town.code) is None


def test_an_added_date_outside_the_rule_is_not_asked(fair, two_rules):
    assert two_rules.exception_on(date(2030, 1, 1)) is None
    assert two_rules.falls_on(date(2026, 4, 4)) is False
