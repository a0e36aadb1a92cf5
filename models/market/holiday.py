"""Public holidays: when offices are closed by law, so far as it is the same each year.

The days of the State Council's regulation in its version of 2024; which days before and after are worked in exchange
is announced for each year anew, and nothing is said of that here.
"""

from datetime import date, timedelta
from functools import cache

NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON_BOAT, MID_AUTUMN, NATIONAL = HOLIDAYS = (
    "new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national",
)  # fmt: skip


def holiday_on(day: date) -> str | None:
    """Return the code of the public holiday that a date belongs to, or None."""
    return _of_year(day.year).get(day)


@cache
def _of_year(year: int) -> dict[date, str]:
    from borax.calendars.festivals2 import TermFestival
    from borax.calendars.lunardate import LunarDate

    spring = LunarDate(year, 1, 1).to_solar_date()
    return {
        date(year, 1, 1): NEW_YEAR,
        **{spring + timedelta(days=n): SPRING for n in range(-1, 3)},
        TermFestival("清明").at(year): QINGMING,
        date(year, 5, 1): LABOUR,
        date(year, 5, 2): LABOUR,
        LunarDate(year, 5, 5).to_solar_date(): DRAGON_BOAT,
        LunarDate(year, 8, 15).to_solar_date(): MID_AUTUMN,
        **{date(year, 10, n): NATIONAL for n in (1, 2, 3)},
    }
