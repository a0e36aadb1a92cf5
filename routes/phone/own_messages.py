"""Own messages: somebody says on their own page that they want no text messages, or wants them again."""

from flask import Blueprint, Response, request, url_for

from models.market.county import County
from models.messages.opt_out import BY_PAGE, is_opted_out, opt_in, opt_out
from models.phone.own_data import OwnData
from routes.phone import page
from routes.phone.me import found
from routes.web.answers import see_other

bp = Blueprint("own_messages", __name__, url_prefix="/me/<token>/messages")
bp.register_error_handler(404, page.not_found)


@bp.get("")
def edit(token: str) -> Response:
    """Say whether messages come, and offer the other. 404 for an address that is nobody's."""
    candidate = found(token)
    number = OwnData.of(candidate.candidate).phone
    county = County.get_by_id(candidate.county_id)
    return page.page("messages.html", token=token, is_out=is_opted_out(county, number, [candidate.candidate]))


@bp.post("")
def update(token: str) -> Response:
    """Want no messages any more, or again. Form: ``wants`` (``yes``: again). 303 back; 404 as ``edit``."""
    candidate = found(token)
    number = OwnData.of(candidate.candidate).phone
    county = County.get_by_id(candidate.county_id)
    if request.form.get("wants") == "yes":
        opt_in(county, [number], [candidate.candidate])
    else:
        opt_out(county, [number], [candidate.candidate], BY_PAGE)
    return see_other(url_for("own_messages.edit", token=token))
