"""Rows of the list of towns: which rule each has, and when it goes to market next."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from models.market.county import County
from models.market.division import Division
from models.market.market_calendar import MarketCalendar
from models.market.market_rule import MarketRule
from models.market.planning import towns_of
from routes.office.market_rule_words import rule_in_words


class TownRow(NamedTuple):
    """A town in the list: the rule that holds now or next, and the next market date; both None when none is known."""

    town: Division
    rule: MarketRule | None
    words: str
    next_date: date | None


def town_rows(county: County, today: date, own: Collection[str] | None = None) -> list[TownRow]:
    """Return the county's towns whose codes hold today, by code; ``own``: only these codes. Three statements."""
    towns = [town for town in towns_of(county, today) if own is None or town.code in own]
    calendars = MarketCalendar.of_towns([town.code for town in towns])
    return [_row(town, calendars.get(town.code), today) for town in towns]


def _row(town: Division, calendar: MarketCalendar | None, today: date) -> TownRow:
    if calendar is None:
        return TownRow(town, None, "", None)
    rule = calendar.rule_near(today)
    return TownRow(town, rule, rule_in_words(rule), next(calendar.following(today), None))
