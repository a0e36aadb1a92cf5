"""Own wishes: the second breath of a registration by phone, on the page after the pass and on one of its own."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from models.phone.own_page import OwnPage
from models.phone.wishes import Wishes, likely_trades, say
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.phone.me import found
from routes.phone.own_wishes_form import OwnWishesForm
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("own_wishes", __name__)
bp.register_error_handler(404, page.not_found)

answers = Attempts("wishes candidate", tries=20, seconds=3_600)


@bp.get("/me/<token>/wishes")
def edit(token: str) -> Response:
    """Show what a candidate said, to be changed and taken back. 404 for an address that is nobody's."""
    candidate = found(token)
    wished = Wishes.of(candidate.candidate)
    return _shown(token, candidate, wished, OwnWishesForm(None, wished))


@bp.post("/me/<token>/wishes")
def update(token: str) -> Response:
    """Note what a candidate wants and can do.

    Form, all of it optional: ``trades``, ``work_kinds``, ``wishes``, ``groups`` (codes, as they are to stand),
    ``wanted_place``, ``wanted_pay_min_fen``, ``last_province`` (a code, empty to take it back), ``sensitive`` (codes of
    sensitive groups) with ``agrees`` (``yes``: their own consent), ``opened_with``. 303 to the own page, which says so;
    422 with the form when something is wrong; 429 after 20 answers within an hour; 404 for an address that is nobody's.
    """
    candidate = found(token)
    wished = Wishes.of(candidate.candidate)
    form = OwnWishesForm(request.form, wished)
    values = form.read()
    if values is None:
        return _shown(token, candidate, wished, form, 422)
    if answers.are_spent(candidate.candidate):
        form.refuse("again", _("This was corrected very often just now. Please wait an hour, or call us."))
        return _shown(token, candidate, wished, form, 429)
    if say(candidate, wished, values):
        answers.add(candidate.candidate)
    return see_other(url_for("me.show", token=token, done="wished", _anchor="more"))


def _shown(token: str, candidate: OwnPage, wished: Wishes, form: OwnWishesForm, status: int = 200) -> Response:
    likely = likely_trades(candidate.market_day, wished.trades)
    return page.page("wishes.html", status, token=token, wishing=form, likely=likely, trades=TRADES)
