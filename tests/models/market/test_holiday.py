"""Public holidays, against the days that the State Council announced as holidays by law."""

from datetime import date

import pytest

from models.market.holiday import HOLIDAYS, holiday_on

BY_LAW = {
    2025: ["01-01", "01-28", "01-29", "01-30", "01-31", "04-04", "05-01", "05-02", "05-31", "10-06",
           "10-01", "10-02", "10-03"],
    2026: ["01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02", "06-19", "09-25",
           "10-01", "10-02", "10-03"],
    2027: ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15",
           "10-01", "10-02", "10-03"],
}  # fmt: skip


@pytest.mark.parametrize("year", BY_LAW)
def test_the_days_of_a_year_are_those_of_the_law(year):
    found = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    assert [f"{day:%m-%d}" for day in found if holiday_on(day)] == sorted(BY_LAW[year])


def test_each_holiday_has_its_code():
    assert holiday_on(date(2026, 2, 16)) == "spring" and holiday_on(date(2026, 2, 20)) is None
    assert {holiday_on(date(2026, int(d[:2]), int(d[3:]))) for d in BY_LAW[2026]} == set(HOLIDAYS)
