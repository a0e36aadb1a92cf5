"""Signings: an organiser notes who signed the printed sheet of a market day, and when; or that this was a mistake."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.publication import sign, unsign
from models.market.closing import Closing
from models.market.life import NotPossible
from models.market.market_day import MarketDay
from models.market.signing import Signing
from models.vocabulary.code_list import N_
from routes.office.day_states import not_possible
from routes.office.market_dates import today_in
from routes.web.access import county, find_market_day, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("signings", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/signing")


class SigningForm(LabelledForm):
    """What is typed about a signature."""

    labels = {"signed_by": N_("Signed by"), "signed_on": N_("Signed on")}


@bp.get("")
@writes
def edit(market_day_id: int) -> Response:
    """Ask who signed the sheet of the version that holds, and on which date."""
    return _form(find_market_day(market_day_id), SigningForm(start={"signed_on": today_in(county())}))


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Note who signed. Form: ``signed_by`` (names), ``signed_on`` (date), ``version`` (which one was signed).

    303; 422 with the form; 409 when no version holds, or another one by now.
    """
    day, form = find_market_day(market_day_id), SigningForm(request.form)
    signed_by, signed_on = form.text("signed_by", limit=80), form.date("signed_on")
    if signed_on and not day.date <= signed_on <= today_in(county()):
        form.refuse("signed_on", _("Please choose a date from the market day to today."))
    if not form.ok or signed_by is None or signed_on is None:
        return _form(day, form, 422)
    latest = Closing.latest(day)
    if latest and form.value("version") not in ("", str(latest.version)):
        flash(_("The figures were closed anew meanwhile: please look which version was signed."), "attention")
        return _form(day, form, 409)
    try:
        signing = sign(day, who(), signed_by, signed_on)
    except NotPossible as error:
        flash(not_possible(error), "attention")
        return _form(day, form, 409)
    flash(_("It is noted that version %(number)s is signed.", number=signing.version), "success")
    return go_to(url_for("closings.index", market_day_id=day.id))


@bp.post("/delete")
@writes
def destroy(market_day_id: int) -> Response:
    """Take back that the version that holds was signed. 303."""
    day = find_market_day(market_day_id)
    try:
        unsign(day, who())
        flash(_("The note that it was signed is taken back."), "success")
    except NotPossible as error:
        flash(not_possible(error), "attention")
    return go_to(url_for("closings.index", market_day_id=day.id))


def _form(day: MarketDay, form: SigningForm, status: int = 200) -> Response:
    latest = Closing.latest(day)
    return render_page(
        "office/signings/edit.html", block=block_for_htmx("form"), status=status, day=day, form=form, latest=latest,
        signing=Signing.of_day(day).get(latest.version) if latest else None,
    )  # fmt: skip
