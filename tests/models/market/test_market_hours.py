"""Hours of markets by day and by night."""

from datetime import date, datetime, time

import pytest

from models.market import market_hours as hours
from models.market.planning import coming, date_in
from models.schema import MarketDay

DAY, NIGHT = ("08:00", "12:00"), ("18:00", "01:00")
ON = date(2026, 2, 24)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "can_be"),
    [
        ("08:00", "12:00", True), ("18:00", "23:59", True), ("18:00", "01:00", True), ("18:00", "00:00", True),
        ("12:00", "06:00", True), ("08:00", "07:00", False), ("08:00", "08:00", False), ("18:00", "18:00", False),
        ("18:00", "08:00", False), ("09:00", "01:00", False),
    ],
)  # fmt: skip
def test_a_market_may_end_next_morning_but_not_before_it_begins(opens_at, closes_at, can_be):
    assert hours.can_be(opens_at, closes_at) == can_be


def test_hours_stand_in_the_order_of_the_market():
    assert hours.first_hour(*DAY) == 0 and hours.first_hour(*NIGHT) == 10
    assert hours.in_order([0, 9, 23, 17, 18], hours.first_hour(*NIGHT)) == [17, 18, 23, 0, 9]
    assert hours.span_of([0, 17, 22], 10) == [17, 18, 19, 20, 21, 22, 23, 0]
    assert hours.span_of([8, 11, 9], 0) == [8, 9, 10, 11]


@pytest.mark.parametrize(
    ("clock", "moment"),
    [("18:30", "2026-02-24T18:30"), ("17:00", "2026-02-24T17:00"), ("00:30", "2026-02-25T00:30"),
     ("09:30", "2026-02-25T09:30")],
)  # fmt: skip
def test_a_time_after_midnight_is_of_the_next_morning(clock, moment):
    assert hours.moment_at(ON, *NIGHT, time.fromisoformat(clock)) == datetime.fromisoformat(moment)
    assert hours.moment_at(ON, *DAY, time.fromisoformat(clock)) == datetime.combine(ON, time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("now", "today"),
    [("2026-02-24T23:59", 24), ("2026-02-25T00:59", 24), ("2026-02-25T01:00", 25), ("2026-02-25T12:00", 25)],
)
def test_while_a_night_market_goes_on_its_date_is_todays(fair, now, today):
    now = datetime.fromisoformat(f"{now}:00+08:00")
    assert date_in(fair.county, now) == now.date()  # its market is by day
    MarketDay.update(opens_at="18:00", closes_at="01:00").where(MarketDay.id == fair.day.id).execute()

    assert date_in(fair.county, now) == date(2026, 2, today)
    assert date_in(fair.elsewhere, now) == now.date()
    assert (coming(fair.county, date_in(fair.county, now)) == fair.day) == (today == 24)
