"""For random rules and periods a series has exactly the dates of its rules, reckoned a second time without them.

Lunar dates come from the astronomy of tests/new_moons.py, branches from the count of days since a known 甲子, and all
else from plain digits: no code is shared with models/market/.
"""

from bisect import bisect_right
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import schema as models
from models.base.database import db
from models.market.planning import towns_of
from models.market.series_plan import Wish, plan_series
from tests.new_moons import first_days

FIRST, LAST = date(2024, 3, 1), date(2030, 10, 31)
A_ZI_DAY = date(2000, 1, 7)  # 甲子 by the printed almanac
MONTHS = first_days(range(290, 390))
DIGITS = st.sets(st.integers(1, 10), min_size=1, max_size=5)
PERIODS = st.tuples(st.dates(FIRST, LAST - timedelta(days=120)), st.integers(0, 100))
RULES = st.one_of(
    st.tuples(st.just("gregorian"), DIGITS, st.booleans()), st.tuples(st.just("lunar"), DIGITS, st.booleans()),
    st.tuples(st.just("weekly"), st.sets(st.integers(1, 7), min_size=1), st.booleans()),
    st.tuples(st.just("branch"), st.sets(st.integers(1, 12), min_size=1, max_size=3), st.booleans()),
    st.tuples(st.sampled_from(["odd", "even", "daily"]), st.just(set()), st.booleans()),
)  # fmt: skip


def expected(calendar: str, numbers: set[int], skips_31st: bool, on: date) -> bool:
    """Say whether a market falls on a date, as a person with an almanac would."""
    is_31st_left_out = skips_31st and on.day == 31
    if calendar == "gregorian":
        return str(on.day)[-1] in {str(n)[-1] for n in numbers} and not is_31st_left_out
    if calendar == "lunar":
        return str((on - MONTHS[bisect_right(MONTHS, on) - 1]).days + 1)[-1] in {str(n)[-1] for n in numbers}
    if calendar == "weekly":
        return ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(f"{on:%a}") in numbers
    if calendar == "branch":
        return (on - A_ZI_DAY).days % 12 + 1 in numbers
    if calendar == "odd":
        return on.day in range(1, 32, 2) and not is_31st_left_out
    return calendar == "daily" or on.day in range(2, 31, 2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.lists(RULES, min_size=1, max_size=3), period=PERIODS, change=st.integers(0, 100), pauses=st.sets(
    st.integers(0, 100), max_size=4))  # fmt: skip
def test_a_series_has_the_dates_of_its_rules(fair, rules, period, change, pauses):
    """The first town's rule is followed by another in the middle; some dates are exceptions both ways."""
    start, length = period
    end, turn = start + timedelta(days=length), start + timedelta(days=change)
    with db.atomic() as transaction:
        models.MarketDay.delete().execute()
        towns = [
            models.Division.create(code=f"50012020{n}", name=f"镇{n}", parent="500120", level="township")
            for n in range(len(rules))
        ]
        wanted: set = set()
        for place, (town, (calendar, numbers, skips)) in enumerate(zip(towns, rules, strict=True)):
            digits = "-".join(map(str, sorted(numbers)))
            rule = models.MarketRule.create(
                town=town, calendar=calendar, digits=digits, skips_31st=skips,
                valid_to=None if place else turn - timedelta(days=1),
            )  # fmt: skip
            dates = {on for on in _between(start, end) if expected(calendar, numbers, skips, on)}
            if place == 0:
                models.MarketRule.create(town=town, calendar="daily", valid_from=turn)
                dates = {on for on in dates if on < turn} | {on for on in _between(start, end) if on >= turn}
                for n in pauses:
                    on = start + timedelta(days=n)
                    if on < turn:
                        is_held = not expected(calendar, numbers, skips, on)
                        models.MarketException.create(rule=rule, date=on, is_held=is_held)
                        if on <= end:
                            dates ^= {on}
            wanted |= {(town.code, on) for on in dates}
        wish = Wish(fair.county, tuple(town.code for town in towns), start, end, "none")
        first = plan_series(wish, towns_of(fair.county, start))
        plan = plan_series(wish, towns_of(fair.county, start), [clash.key for clash in first.clashes])
        assert [(day.town.code, day.date) for day in plan.days] == sorted(wanted, key=lambda one: (one[1], one[0]))
        transaction.rollback()


def _between(start: date, end: date) -> list[date]:
    return [date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)]
