"""First steps: what an organiser goes on with after the first account: rules, the first tablet, a test print."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, current_app, flash, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.clock import utcnow
from models.kiosk.set_up import keep_booth, plan_market_day
from models.market.booth import Booth, stands_of
from models.market.division import Division
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.planning import market_days_of, towns_of
from models.printing import qr
from models.vocabulary.code_list import N_
from routes.office.booth_form import BoothForm
from routes.office.first_step_list import GOES_ON, PRINTED, first_steps, steps_of
from routes.office.market_dates import today_in
from routes.office.market_day_form import MarketDayForm
from routes.web.access import county, writes
from routes.web.answers import go_to, see_other
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("first_steps", __name__, url_prefix="/organiser/first-steps")
bp.add_app_template_global(first_steps)

MOST = 12  # market dates to choose the first day from


class Coming(NamedTuple):
    """A date on which a town goes to market by its rule."""

    town: Division
    date: date

    @property
    def key(self) -> str:
        """Name it in a form."""
        return f"{self.town.code} {self.date}"


class FirstDayForm(LabelledForm):
    """Which market date is the first to be planned."""

    labels = {"market": N_("Market date")}


@bp.get("")
@writes
def index() -> Response:
    """Show what is set up and what is not."""
    return render_page("office/first_steps/index.html", steps=steps_of(county()), goes_on=bool(session.get(GOES_ON)))


@bp.post("")
@writes
def create() -> Response:
    """Show the steps above every page of the office from now on. 303."""
    session[GOES_ON] = True
    return go_to(url_for(".index"))


@bp.post("/delete")
@writes
def destroy() -> Response:
    """Show the steps above the pages no longer. They can be gone on with from the county's page. 303."""
    session.pop(GOES_ON, None)
    flash(_("The first steps are put away. They stay on the page “County”."), "success")
    return go_to(url_for("market_days.index"))


@bp.get("/device")
@writes
def edit_device() -> Response:
    """Offer the next market dates by the towns' rules; once a day with a booth is planned, offer its code."""
    return _device_form(FirstDayForm())


@bp.post("/device")
@writes
def update_device() -> Response:
    """Plan the first market day as a draft, with a service desk as its booth 1.

    Form: ``market`` (a town's code and a date, as the page offers them). 303; 422.
    """
    form, offered = FirstDayForm(request.form), {coming.key: coming for coming in _coming()}
    chosen = form.choice("market", offered)
    if chosen is None:
        return _device_form(form, 422)
    day_form = MarketDayForm(county(), _typed_day(offered[chosen]))
    fields = day_form.read()
    if not day_form.ok:  # somebody planned it meanwhile
        form.refuse("market", next(iter(day_form.errors.values())))
        return _device_form(form, 422)
    day = plan_market_day(county=county(), **fields)
    keep_booth(Booth(market_day=day, **_desk(day)))
    flash(_("The market day is planned as a draft: publish it when it is ready."), "success")
    return go_to(url_for(".edit_device"))


@bp.get("/sheet")
@writes
def sheet() -> Response:
    """Show one sheet of A4 that says what to check of the printer: size, fonts, codes, the place of the seal."""
    origin = current_app.config["ORIGIN"]
    local = utcnow().astimezone(county().zone())
    return render_page(
        "office/first_steps/sheet.html", county=county(), qr=qr.svg(origin), origin=origin, printed_at=local
    )


@bp.post("/sheet")
@writes
def update_sheet() -> Response:
    """Note that the test print was right, for as long as one is signed in. 303."""
    session[PRINTED] = True
    return see_other(url_for(".index"))


def _coming() -> list[Coming]:
    """Return the next market dates of all towns that have a rule, those left out that are planned already."""
    mine, today = county(), today_in(county())
    towns = {town.code: town for town in towns_of(mine, today)}
    planned = {(day.town_id, day.date) for day in market_days_of(mine)}
    found = [
        Coming(towns[code], on)
        for code, calendar in MarketCalendar.of_towns(list(towns)).items()
        for on in calendar.next_dates(today, MOST)
        if (code, on) not in planned
    ]
    return sorted(found, key=lambda coming: (coming.date, coming.town.code))[:MOST]


def _typed_day(coming: Coming) -> MultiDict:
    """Return the form of a market day as somebody would fill it in for this date."""
    usual = {"opens_at": "08:00", "closes_at": "12:00", "event_type": "MARKET", "draft": "yes"}
    return MultiDict({"town": coming.town.code, "date": coming.date.isoformat(), **usual})


def _desk(day: MarketDay) -> dict:
    """Return the fields of a service desk, as the booth's form reads them."""
    start = {"number": "1", "kind": "desk", "name": _("Service desk"), "expects_tablet": "yes"}
    typed = MultiDict(start)
    typed.setlist("topics", ["visitor", "leaflet", "policy"])
    return BoothForm(day, typed).read()


def _planned() -> Booth | None:
    """Return the first booth of the next market day that has one."""
    days = [day for day in market_days_of(county()) if day.date >= today_in(county()) and not day.is_cancelled]
    return next((booth for day in reversed(days) for booth in stands_of(day)), None)


def _device_form(form: FirstDayForm, status: int = 200) -> Response:
    booth = _planned()
    return render_page(
        "office/first_steps/device.html", status=status, form=form, booth=booth, coming=[] if booth else _coming()
    )
