"""Calendars of a county: which market days are planned in a period, what each still lacks, where none is planned."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from models.base.database import fetch
from models.market.booth import ROUND
from models.market.county import County
from models.market.division import Division
from models.market.holiday import holiday_on
from models.market.life import CLOSED, OPEN, states_of
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.planning import towns_of

WEEK = timedelta(days=7)


class Planned(NamedTuple):
    """A market day in a calendar. How many of its ``booths`` lack vacancies, operators or a tablet is asked of days to
    come; ``is_unsigned`` is a day that is over and whose sheet nobody signed."""

    day: MarketDay
    state: str
    booths: int = 0
    no_vacancies: int = 0
    no_operators: int = 0
    no_tablets: int = 0
    is_unsigned: bool = False
    is_empty: bool = False  # of a day to come: it has no booth yet

    @property
    def lacks_something(self) -> bool:
        """Say whether somebody has something to do."""
        return any((self.no_vacancies, self.no_operators, self.no_tablets, self.is_unsigned, self.is_empty))


class CalendarDate(NamedTuple):
    """One date: its market days by town, and the towns that go to market then and have none planned."""

    date: date
    days: list[Planned]
    free: list[Division]
    holiday: str | None


class SeasonCell(NamedTuple):
    """A town's week: how many market days are planned, how many of them lack something, how many dates are free."""

    planned: int
    lacking: int
    free: int


class SeasonRow(NamedTuple):
    """A town with its weeks; ``has_rule`` says whether its market dates are known."""

    town: Division
    has_rule: bool
    cells: list[SeasonCell]


def weeks_between(start: date, end: date) -> list[date]:
    """Return the Mondays of the weeks that a period touches."""
    first = start - timedelta(days=start.weekday())
    return [first + WEEK * n for n in range((end - first).days // 7 + 1)]


def dates_of(
    county: County, start: date, end: date, today: date, towns: Collection[str] | None = None
) -> list[CalendarDate]:
    """Return each date of a period with what is planned and what is free. Six statements, however long it is."""
    here = [town for town in towns_of(county, today) if towns is None or town.code in towns]
    planned: dict[date, list[Planned]] = {}
    for one in planned_days(county, start, end, today, towns):
        planned.setdefault(one.day.date, []).append(one)
    calendars = MarketCalendar.of_towns([town.code for town in here])
    found = []
    for n in range((end - start).days + 1):
        on = start + timedelta(days=n)
        there = {one.day.town_id for one in planned.get(on, ())}
        free = [
            town for town in here
            if on >= today and town.code not in there and town.code in calendars and town.holds_on(on)
            and calendars[town.code].falls_on(on)
        ]  # fmt: skip
        found.append(CalendarDate(on, planned.get(on, []), free, holiday_on(on)))
    return found


def season_of(
    county: County, start: date, end: date, today: date, towns: Collection[str] | None = None
) -> tuple[list[date], list[SeasonRow]]:
    """Return the Mondays of a period, and each town's weeks; whole weeks are counted."""
    weeks = weeks_between(start, end)
    here = [town for town in towns_of(county, today) if towns is None or town.code in towns]
    known = MarketCalendar.of_towns([town.code for town in here])
    counted: dict[tuple[str, date], list[int]] = {}
    for on in dates_of(county, weeks[0], weeks[-1] + WEEK - timedelta(days=1), today, towns):
        monday = on.date - timedelta(days=on.date.weekday())
        for one in on.days:
            cell = counted.setdefault((one.day.town_id, monday), [0, 0, 0])
            cell[0] += not one.day.is_cancelled
            cell[1] += one.lacks_something
        for town in on.free:
            counted.setdefault((town.code, monday), [0, 0, 0])[2] += 1
    return weeks, [
        SeasonRow(town, town.code in known, [SeasonCell(*counted.get((town.code, week), (0, 0, 0))) for week in weeks])
        for town in here
    ]


def planned_days(
    county: County, start: date, end: date, today: date, towns: Collection[str] | None = None
) -> list[Planned]:
    """Return a county's market days of a period by date, each with what it lacks. Three statements."""
    of_period = (MarketDay.county == county) & (MarketDay.date >= start) & (MarketDay.date <= end)
    rows = MarketDay.select(MarketDay, Division).join(Division).where(of_period)
    days = [day for day in rows.order_by(MarketDay.date, MarketDay.town, MarketDay.id)
            if towns is None or day.town_id in towns]  # fmt: skip
    for day in days:
        day.county = county
    states, lacks = states_of(days), _lacks(county, start, end)
    return [_planned(day, states[day.id], lacks.get(day.id), today) for day in days]


def _planned(day: MarketDay, state: str, lacks: tuple[int, int, int, int] | None, today: date) -> Planned:
    if day.is_cancelled:
        return Planned(day, state)
    if day.date < today:
        return Planned(day, state, lacks[0] if lacks else 0, is_unsigned=state in (OPEN, CLOSED))
    return Planned(day, state, *(lacks or (0, 0, 0, 0)), is_empty=lacks is None)


_LACKS = (
    "SELECT d.id, COUNT(b.id),"
    " SUM(CASE WHEN b.kind <> 'desk' AND NOT EXISTS (SELECT 1 FROM offer AS o WHERE o.booth_id = b.id)"
    " THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM duty AS y WHERE y.booth_id = b.id AND y.withdrawn_at IS NULL)"
    " THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN b.expects_tablet AND NOT EXISTS (SELECT 1 FROM log AS l JOIN tablet AS t ON t.id = l.id"
    " WHERE l.booth_id = b.id AND t.withdrawn_at IS NULL AND t.revoked_at IS NULL) THEN 1 ELSE 0 END)"
    f" FROM market_day AS d JOIN booth AS b ON b.market_day_id = d.id AND b.kind <> '{ROUND}'"
    " WHERE d.county_id = ? AND d.date >= ? AND d.date <= ? GROUP BY d.id"
)


def _lacks(county: County, start: date, end: date) -> dict[int, tuple[int, int, int, int]]:
    """Return by market day: its booths, and how many of them lack vacancies, operators and a tablet. One statement."""
    rows = fetch(_LACKS, (county.id, start, end))
    return {id: (booths, vacancies, operators, tablets) for id, booths, vacancies, operators, tablets in rows}
