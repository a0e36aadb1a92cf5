"""Links that a chat program made out of a sentence: what stands behind the number is not part of the address."""

import re

from flask import Blueprint, Response, request, url_for

from models.base.typed import digits_of
from routes.phone import page
from routes.web.answers import see_other

bp = Blueprint("links", __name__)

MOST_READ = 300  # characters: a signed pass has 191 digits
_NUMBER = re.compile(r"[0-9]+")


@bp.get("/v/")
def index() -> Response:
    """Lead from an address that lost its number to where one can be typed, by 303."""
    return see_other(url_for("vacancy_pages.index"))


@bp.route("/<any(v, b, m, p):kind>/<path:rest>", methods=["GET", "POST"])
def show(kind: str, rest: str) -> Response:
    """Lead to the vacancy, booth, market day or pass whose number the address begins with, by 303.

    404 where there is no number, and for every form that is sent there.
    """
    number = number_before(rest) if request.method != "POST" else None
    if number is None:
        return page.page("nothing.html", 404)
    return see_other(f"/{kind}/{number}")


def number_before(text: str) -> str | None:
    """Return the whole number that a text begins with, when something stands behind it."""
    first = text[:MOST_READ].split(maxsplit=1)[:1]
    found = _NUMBER.match(digits_of(first[0])) if first else None
    return found[0] if found and found[0] != text else None
