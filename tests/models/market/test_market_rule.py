"""Market rules recur as the towns say: by digits of the date, of the lunar date, weekdays, branches, or dates."""

from datetime import date, timedelta

import pytest

from models.market.market_rule import MarketRule, branch_of
from tests.new_moons import first_days

FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


def of(digits: str = "", calendar: str = "gregorian", **more) -> MarketRule:
    return MarketRule(calendar=calendar, digits=digits, **more)


def in_month(rule: MarketRule, year: int, month: int) -> list[int]:
    return [day.day for day in DAYS if (day.year, day.month) == (year, month) and rule.falls_on(day)]


@pytest.mark.parametrize(
    ("digits", "days"),
    [
        ("1-4-7", [1, 4, 7, 11, 14, 17, 21, 24, 27]),
        ("4-7-10", [4, 7, 10, 14, 17, 20, 24, 27, 30]),
        ("1-5-8", [1, 5, 8, 11, 15, 18, 21, 25, 28]),
        ("5-10", [5, 10, 15, 20, 25, 30]),
    ],
)
def test_march_2026_by_the_digits_of_the_date_leaves_out_the_31st(digits, days):
    assert in_month(of(digits), 2026, 3) == days


def test_a_town_may_trade_on_the_31st():
    assert in_month(of("1-4-7", skips_31st=False), 2026, 3)[-1] == 31
    assert of("1-4-7").matters_31st and not of("3-6-9").matters_31st and not of("1", skips_31st=False).matters_31st


def test_lunar_3_6_9_steps_over_new_year():
    assert in_month(of("3-6-9", "lunar"), 2026, 2) == [3, 6, 10, 13, 16, 19, 22, 25]


def test_a_leap_month_counts_like_any_month():
    assert in_month(of("1-4-7", "lunar"), 2025, 8)[:7] == [4, 7, 10, 14, 17, 20, 23]


def test_lunar_days_agree_with_the_moon_on_every_day_of_seven_years():
    starts = first_days(range(290, 390))
    assert starts[0] < FIRST and starts[-1] > LAST and date(2027, 2, 6) in starts
    rules = {digit: of(str(digit or 10), "lunar") for digit in range(10)}
    for day in DAYS:
        lunar = (day - max(start for start in starts if start <= day)).days + 1
        assert rules[lunar % 10].falls_on(day), (day, lunar)
        assert not rules[(lunar + 1) % 10].falls_on(day), (day, lunar)


def test_branches_agree_with_the_almanac_on_every_day_of_seven_years():
    from borax.calendars.lunardate import LunarDate

    for day in DAYS:
        assert LunarDate.from_solar(day).gz_day[1] == "子丑寅卯辰巳午未申酉戌亥"[branch_of(day) - 1], day


def test_zi_and_wu_days_are_six_days_apart():
    held = [day for day in DAYS if of("1-7", "branch").falls_on(day)]
    assert date(2024, 1, 1) in held  # 甲子
    assert {(after - before).days for before, after in zip(held, held[1:], strict=False)} == {6}


def test_odd_even_weekly_and_daily():
    assert in_month(of(calendar="odd"), 2026, 3) == list(range(1, 31, 2))
    assert in_month(of(calendar="odd", skips_31st=False), 2026, 3) == list(range(1, 32, 2))
    assert in_month(of(calendar="even"), 2026, 3) == list(range(2, 31, 2))
    assert in_month(of("7", "weekly"), 2026, 3) == [1, 8, 15, 22, 29]
    assert in_month(of("2-4", "weekly"), 2026, 3) == [3, 5, 10, 12, 17, 19, 24, 26, 31]
    assert in_month(of(calendar="daily"), 2026, 3) == list(range(1, 32))


def test_dates_given_one_by_one():
    assert in_month(of(calendar="dates", dates="2026-03-05\n2026-03-31"), 2026, 3) == [5, 31]


def test_a_rule_holds_from_its_first_date_to_its_last():
    rule = of(calendar="daily", valid_from=date(2026, 3, 3), valid_to=date(2026, 3, 5))
    assert in_month(rule, 2026, 3) == [3, 4, 5]
    assert rule.overlaps(of("1", valid_from=date(2026, 3, 5))) and not rule.overlaps(of("1", valid_to=date(2026, 3, 2)))
