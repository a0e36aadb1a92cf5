"""The calendar: the county's market days by month and by season, what each lacks, and where none is planned yet."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from models.figures.calendar import CalendarDate, dates_of, season_of, weeks_between
from models.kiosk.making import make_series
from models.market.county import County
from models.market.planning import towns_of
from models.market.series import LAST
from models.market.series_plan import SeriesPlan, Wish, plan_series
from models.vocabulary.calendar import HOLIDAYS
from routes.office.market_dates import today_in
from routes.web.access import county, is_own_town, reads, towns, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("calendar", __name__, url_prefix="/organiser/calendar")

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WEEKS = 12  # of a season
MOST_SHOWN = 8  # towns of one date that stand in a month at once; the others behind a word


class Weeks(NamedTuple):
    """A month as its weeks, from Monday on; dates of other months are None."""

    first: date
    weeks: list[list[CalendarDate | None]]

    @property
    def before(self) -> str:
        """The month before, as an address says it."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """The month after."""
        return f"{self.first + timedelta(days=31):%Y-%m}"


@bp.get("")
@reads
def index() -> Response:
    """Show a month. Query: ``month`` (2026-03; the present one), ``only`` (a town's code; all).

    What makes no sense is passed over.
    """
    today, town = today_in(county()), _town()
    first = _month(today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    dates = {on.date: on for on in dates_of(county(), first, last, today, _towns(town))}
    weeks = [[dates.get(monday + timedelta(days=n)) for n in range(7)] for monday in weeks_between(first, last)]
    return render_page(
        "office/calendar/month.html",
        month=Weeks(first, weeks),
        counts=_counts(list(dates.values())),
        most=MOST_SHOWN,
        today=today,
        town=town,
        towns=_choices(today),
        holidays=HOLIDAYS,
    )


@bp.get("/season")
@reads
def show() -> Response:
    """Show a season: each town by weeks. Query: ``start`` (a date; today): its week is the first."""
    today = today_in(county())
    start = _date(request.args.get("start", "")) or today
    weeks, rows = season_of(county(), start, start + timedelta(days=7 * (WEEKS - 1)), today, towns())
    step = timedelta(days=7 * WEEKS)
    return render_page(
        "office/calendar/season.html",
        weeks=weeks,
        rows=rows,
        last=weeks[-1] + timedelta(days=6),
        before=weeks[0] - step,
        after=weeks[0] + step,
        today=today,
    )


@bp.post("")
@writes
def create() -> Response:
    """Make a market day here, as its town's last one was. Form: ``town``, ``date``, ``only``. 303.

    Devices and operators that are elsewhere on that date stay there. Nothing is made where the town does not go to
    market, or has a day already: a word says so.
    """
    today = today_in(county())
    code, on = request.form.get("town", ""), _date(request.form.get("date", ""))
    found = [town for town in towns_of(county(), today) if town.code == code and is_own_town(code)]
    if not found or on is None or on < today:
        flash(_("No market day was made: this is no market date of a town to come."), "attention")
        return _back(on or today)
    plan = _one_day(county(), code, on)
    if plan.days:
        make_series(plan, who())
        made = {"town": found[0].name, "date": format_date(on, "long")}
        flash(_("The market day of %(town)s on %(date)s is planned.", **made) if plan.days[0].pattern
              else _("The market day of %(town)s on %(date)s is planned, without booths yet.", **made), "success")
    else:
        flash(_("No market day was made: the town has one then, or does not go to market."), "attention")
    return _back(on)


def _one_day(of: County, town: str, on: date) -> SeriesPlan:
    """Return the plan of one day: a holiday or a town without an earlier day do not hinder who presses here."""
    wish, here = Wish(of, (town,), on, on, LAST), towns_of(of, on)
    keys = [clash.key for clash in plan_series(wish, here).clashes if clash.kind in ("holiday", "no_source")]
    return plan_series(wish, here, keys + [f"no_source:{town}"])


def _back(on: date) -> Response:
    """Lead back to the month, and in it to the date."""
    return go_to(url_for("calendar.index", month=f"{on:%Y-%m}", only=_town() or None, _anchor=f"date-{on}"))


def _town() -> str:
    """Return the code of the town that is looked at alone; empty for all."""
    typed = request.values.get("only", "")
    return typed if typed in {code for code, _name in _choices(today_in(county()))} else ""


def _towns(town: str) -> frozenset[str] | None:
    return frozenset({town}) if town else towns()


def _choices(today: date) -> list[tuple[str, str]]:
    return [(town.code, town.name) for town in towns_of(county(), today) if is_own_town(town.code)]


def _month(today: date) -> date:
    found = MONTH.fullmatch(request.args.get("month", ""))
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def _date(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2099 else None


def _counts(dates: list[CalendarDate]) -> dict[str, int]:
    """Return how many days are planned, lack something, and are free."""
    days = [one for on in dates for one in on.days if not one.day.is_cancelled]
    return {
        "planned": len(days), "lacking": sum(one.lacks_something for one in days),
        "free": sum(len(on.free) for on in dates),
    }  # fmt: skip
