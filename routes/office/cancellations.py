"""Cancellations: an organiser says that a market day is not held, and why, or holds it after all."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.cancellation import cancel, take_cancellation_back
from models.market.life import NotPossible
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_
from routes.office.closed_day import LONGEST_REASON, changing, is_closed
from routes.office.day_states import not_possible
from routes.web.access import find_market_day, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("cancellations", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/cancellation")


class CancellationForm(LabelledForm):
    """What is typed about a cancellation."""

    labels = {"reason": N_("Reason")}


@bp.get("")
@writes
def edit(market_day_id: int) -> Response:
    """Ask whether a market day is to be cancelled, or held after all, and say what that means."""
    return _form(find_market_day(market_day_id), CancellationForm())


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Cancel a market day. Form: ``reason``, which the public reads. 303; 422 with the form.

    409 with the form of a day whose sheet was signed: it was held.
    """
    day, form = find_market_day(market_day_id), CancellationForm(request.form)
    reason = form.text("reason", limit=LONGEST_REASON)
    if reason is None:
        return _form(day, form, 422)
    try:
        with changing(day, form):
            cancel(day, who(), reason)
    except NotPossible as error:
        flash(not_possible(error), "attention")
        return _form(day, form, 409)
    flash(_("The market day is cancelled."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


@bp.post("/delete")
@writes
def destroy(market_day_id: int) -> Response:
    """Hold a market day after all. Form: ``reason``, of a closed day. A repeat changes nothing.

    303; 422 with the form.
    """
    day, form = find_market_day(market_day_id), CancellationForm(request.form)
    if day.is_cancelled:
        with changing(day, form):
            take_cancellation_back(day, who())
    if not form.ok:
        return _form(day, form, 422)
    flash(_("The market day is held after all."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


def _form(day: MarketDay, form: CancellationForm, status: int = 200) -> Response:
    return render_page(
        "office/cancellations/edit.html", block=block_for_htmx("form"), status=status, day=day, form=form,
        closed=is_closed(day),
    )  # fmt: skip
