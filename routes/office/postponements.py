"""Postponements: an organiser moves a market day to a later date and says why."""

from datetime import date

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import InUse
from models.kiosk.postponement import has_begun, postpone
from models.market.county import County
from models.market.life import NotPossible, moves_from, state_of
from models.market.market_day import MarketDay
from models.market.planning import is_planned
from models.vocabulary.code_list import N_
from routes.office.closed_day import LONGEST_REASON
from routes.office.day_states import not_possible
from routes.office.market_dates import offer_for, today_in
from routes.web.access import county, find_market_day, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("postponements", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/postponement")


class PostponementForm(LabelledForm):
    """What is typed about a postponement."""

    labels = {"date": N_("New date"), "reason": N_("Reason")}

    def read(self, day: MarketDay, county: County) -> tuple[date | None, str | None]:
        """Return the new date and the reason; look at ``ok`` before using them."""
        to, reason = self.date("date"), self.text("reason", limit=LONGEST_REASON)
        if to and to <= day.date:
            self.refuse("date", _("The new date has to be later than the old one."))
        elif to and to < today_in(county):
            self.refuse("date", _("This date is past."))
        elif to and is_planned(county, day.town_id, to, day):
            self.refuse("date", _("There already is a market day of this town on this date."))
        return to, reason


@bp.get("")
@writes
def edit(market_day_id: int) -> Response:
    """Ask for the new date of a market day and the reason, and say what that means."""
    return _form(find_market_day(market_day_id), PostponementForm())


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Postpone a market day. Form: ``date``, ``reason``, which the public reads. 303; 422 with the form.

    409 with the form when its state does not allow it, or a tablet recorded something.
    """
    day, form = find_market_day(market_day_id), PostponementForm(request.form)
    to, reason = form.read(day, county())
    if not form.ok or to is None or reason is None:
        return _form(day, form, 422)
    try:
        postpone(day, to, who(), reason)
    except NotPossible as error:
        flash(not_possible(error), "attention")
        return _form(day, form, 409)
    except InUse:
        flash(_("Its tablets recorded something already, so its date stays. You can cancel it."), "attention")
        return _form(day, form, 409)
    flash(_("The market day is postponed."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


def _form(day: MarketDay, form: PostponementForm, status: int = 200) -> Response:
    return render_page(
        "office/postponements/edit.html",
        block=block_for_htmx("form"),
        status=status,
        day=day,
        form=form,
        is_possible="postpone" in moves_from(state_of(day)) and not has_begun(day),
        offer=offer_for(day.town, None, max(day.date, today_in(county()))),
    )
