"""Own phones: who registered on this one, whose turn it is, and the way to register somebody of the family."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Blueprint, Response, abort, request, url_for

from models.market.county import County
from models.market.planning import coming, date_in
from routes.phone import holders, page
from routes.phone.form_number import forget_number
from routes.phone.holders import MOST_PEOPLE, Holder
from routes.web.answers import see_other

bp = Blueprint("own_phones", __name__)
bp.register_error_handler(404, page.not_found)


class Tail(NamedTuple):
    """Somebody of this phone, told from others of the same surname by the last digits of their pass."""

    holder: Holder
    digits: str


@bp.get("/me")
def index() -> Response:
    """Show who registered on this phone, by surnames. Query: ``vacancy``, a number to go back to when one is chosen."""
    people = holders.holders()
    county = County.get_by_id(people[0].page.county_id) if people else None
    if county:
        page.of_county(county)
    tails = [Tail(one, own.number[-4:] if (own := one.page.newest_pass()) else "") for one in people]
    day = coming(county, date_in(county)) if county else None
    return page.page("people.html", tails=tails, most=MOST_PEOPLE, day=day, vacancy=_vacancy(request.args))


@bp.post("/me/current")
def update() -> Response:
    """Make somebody the phone's present one. Form: ``token`` (of somebody who registered on it), ``vacancy``.

    303 to that vacancy, or to their page; 404 for anybody else.
    """
    token = request.form.get("token", "")
    if token not in {holder.token for holder in holders.holders()}:
        abort(404)
    number = _vacancy(request.form)
    target = url_for("vacancy_pages.show", number=number) if number else url_for("me.show", token=token)
    return forget_number(holders.remember(see_other(target), token))


@bp.get("/me/<token>/forgetting")
def ask(token: str) -> Response:
    """Ask before the phone forgets somebody: the picture of the pass first. 404 for who did not register on it."""
    found = next((holder for holder in holders.holders() if holder.token == token), None) or abort(404)
    page.of_county(County.get_by_id(found.page.county_id))
    return page.page("forgetting.html", holder=found, own_pass=found.page.newest_pass(), vacancy=_vacancy(request.args))


@bp.post("/me/not-me")
def destroy() -> Response:
    """Let the phone forget one of its people, or all of them, and the number of its form.

    Form: ``token`` (whom; empty: everybody), ``vacancy`` (a number). 303 to that vacancy, or to who is left.
    """
    token, number = request.form.get("token", ""), _vacancy(request.form)
    is_left = bool(token) and any(holder.token != token for holder in holders.holders())
    rest = url_for("own_phones.index") if is_left else url_for("vacancy_pages.index")
    target = url_for("vacancy_pages.show", number=number) if number else rest
    return forget_number(holders.forget(see_other(target), token))


def _vacancy(said: Mapping[str, str]) -> str:
    number = said.get("vacancy", "")
    return number if number.isascii() and number.isdigit() and len(number) == 7 else ""
