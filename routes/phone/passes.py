"""Passes: the page behind a pass's code says what it is and what to do, and no name."""

from flask import Blueprint, Response, url_for

from models.people.candidate_pass import FIRST_PHONE, read_pass
from routes.phone import page
from routes.phone.links import number_before
from routes.web.answers import see_other

bp = Blueprint("passes", __name__)


@bp.get("/p/<digits>")
def show(digits: str) -> Response:
    """Say whether this is a phone's pass or a printed one; 404 when it is neither, 303 to the number before a sentence.

    The database is not asked, so guessing numbers reveals nothing.
    """
    known = read_pass(digits)
    if known is None and (meant := number_before(digits)):
        return see_other(url_for("passes.show", digits=meant))
    if known is None:
        return page.page("pass.html", 404, kind=None)
    number, signed = known
    kind = "phone" if signed or int(number[:-1]) >= FIRST_PHONE else "paper"
    return page.page("pass.html", kind=kind)
