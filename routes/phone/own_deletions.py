"""Own deletions: a candidate asks on their own page that everything that is kept of them is deleted."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, url_for

from models.forgetting.delete import NobodyThere
from models.forgetting.listed import list_outside
from models.forgetting.request import ask_to_delete, has_asked
from models.forgetting.retain import overwrite
from models.market.county import County
from routes.phone import holders, page
from routes.phone.me import found
from routes.web.answers import see_other

bp = Blueprint("own_deletions", __name__, url_prefix="/me/<token>/deletion")
bp.register_error_handler(404, page.not_found)

PHONE = "phone page"  # who did it, in the audit log and on the certificate


@bp.get("")
def new(token: str) -> Response:
    """Ask whether everything is to be deleted, and say what that means. 404 for an address that is nobody's."""
    candidate = found(token)
    return page.page("deletion.html", candidate=candidate, token=token, has_asked=has_asked(candidate.candidate))


@bp.post("")
def create(token: str) -> Response:
    """Delete what is kept of somebody, and show the certificate; the address is nobody's afterwards.

    303 back to the question where the office has to look first. 404 for an address that is nobody's.
    """
    candidate = found(token)
    county = County.get_by_id(candidate.county_id)
    try:
        made = ask_to_delete(county, candidate.candidate, PHONE)
    except NobodyThere:
        abort(404)
    if made is None:
        return see_other(url_for("own_deletions.new", token=token))
    overwrite()
    try:
        list_outside(Path(current_app.config["FORGOTTEN"]))
    except OSError as error:  # the nightly run writes it
        current_app.logger.warning("the list of what was forgotten cannot be written: %s", error)
    return holders.forget(page.page("deleted.html", made=made, county=county), token)
