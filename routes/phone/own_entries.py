"""Own entries: what a candidate's registration says, corrected by themselves."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from models.market.market_day import MarketDay
from models.phone.amend import amend
from models.phone.own_data import OwnData
from models.phone.own_page import OwnPage
from models.vocabulary.code_list import WORK_KINDS
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.phone.me import found
from routes.phone.own_entry_form import OwnEntryForm
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("own_entries", __name__)
bp.register_error_handler(404, page.not_found)

corrections = Attempts("correction candidate", tries=20, seconds=3_600)


@bp.get("/me/<token>/entry")
def edit(token: str) -> Response:
    """Show the entry to be corrected. 404 for an address that is nobody's."""
    candidate = found(token)
    return _shown(token, _form(candidate, OwnData.of(candidate.candidate), typed=False))


@bp.post("/me/<token>/entry")
def update(token: str) -> Response:
    """Correct the entry.

    Form: ``name``, ``birth_year``, ``phone``, ``home_division`` (texts; the last two may be empty), ``sex``,
    ``education``, ``wanted_place``, ``wanted_pay_min_fen`` (a code, empty to take it back), ``trades``, ``work_kinds``
    (codes), ``of_age`` and ``phone_asked`` when they were asked for, ``opened_with``. 303 to the own page, which says
    so; 422 with the form when something is wrong; 429 after 20 corrections within an hour; 404 for an address that is
    nobody's.
    """
    candidate = found(token)
    own = OwnData.of(candidate.candidate)
    form = _form(candidate, own, typed=True)
    values = form.read()
    if values is None:
        return _shown(token, form, 422)
    if corrections.are_spent(candidate.candidate):
        form.refuse("again", _("This was corrected very often just now. Please wait an hour, or call us."))
        return _shown(token, form, 429)
    if amend(candidate, own.fields(), own.version, values):
        corrections.add(candidate.candidate)
    return see_other(url_for("me.show", token=token, done="corrected", _anchor="data"))


def _form(candidate: OwnPage, own: OwnData, typed: bool) -> OwnEntryForm:
    """Return the form; a tie to work for adults makes the age ask for as much as the tie did."""
    day = MarketDay.get_by_id(candidate.market_day)
    ties = candidate.check_ins() if typed else []
    adults_only = any(tie.vacancy.adults_only for tie in ties if not tie.is_withdrawn)
    return OwnEntryForm(request.form if typed else None, own, day.date.year, adults_only)


def _shown(token: str, form: OwnEntryForm, status: int = 200) -> Response:
    return page.page("entry.html", status, token=token, form=form, trades=TRADES, work_kinds=WORK_KINDS)
