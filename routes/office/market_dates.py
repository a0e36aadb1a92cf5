"""Market dates: whether a town goes to market on a date, and when it does next."""

from datetime import date, datetime
from typing import NamedTuple

from babel.dates import format_skeleton
from flask_babel import get_locale

from models.base.clock import utcnow
from models.market.county import County
from models.market.division import Division
from models.market.market_calendar import MarketCalendar
from models.market.planning import date_in
from routes.office.market_rule_words import rule_in_words
from routes.web.language import language

MOST = 6  # dates to choose from


class Offer(NamedTuple):
    """What a form says beside its date. ``on_market_day`` is None when nothing is known of that date.

    ``reason`` says why that very date is an exception.
    """

    town: str
    rule: str
    on_market_day: bool | None
    chosen: date | None
    dates: list[date]
    reason: str
    is_confirmed: bool


def offer_for(town: Division | None, chosen: date | None, today: date) -> Offer | None:
    """Return what is known about a town's market dates, or None without a town or a rule."""
    calendar = MarketCalendar.of(town.code) if town else None
    if town is None or calendar is None:
        return None
    on_market_day = calendar.falls_on(chosen) if chosen else None
    rule = calendar.rule_near(chosen or today)
    exception = calendar.exception_on(chosen) if chosen else None
    start = max(today, chosen) if chosen and not on_market_day else today
    return Offer(
        town.name, rule_in_words(rule), on_market_day, chosen, calendar.next_dates(start, MOST),
        exception.reason if exception else "", rule.is_confirmed,
    )  # fmt: skip


def lunar(day: date) -> str:
    """Return the lunar date as people write it, to Chinese readers only."""
    if language() != "zh":
        return ""
    from borax.calendars.lunardate import LunarDate

    return LunarDate.from_solar(day).strftime("%L%M月%D")


def short_day(day: date) -> str:
    """Return a day as it is written small: 11月25日周三, Wed, Nov 25."""
    return format_skeleton("MMMEd", day, locale=get_locale())


def month_words(day: date) -> str:
    """Return a month as a calendar's head has it: 2026年3月, March 2026."""
    return format_skeleton("yMMMM", day, locale=get_locale())


def today_in(county: County) -> date:
    """Return the county's date now; while a night market goes on after midnight, still that market's."""
    return date_in(county, utcnow())


def local_now(county: County) -> datetime:
    """Return the county's wall clock."""
    return utcnow().astimezone(county.zone())
