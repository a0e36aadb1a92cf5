"""Certificates of what was deleted, frozen or released, to print; they name nobody."""

from flask import Blueprint, Response, abort

from models.forgetting.certificate import Certificate
from routes.office.deletions import BY_WHOM
from routes.web.access import county, reads
from routes.web.pages import render_page

bp = Blueprint("certificates", __name__, url_prefix="/organiser/certificates")


@bp.get("/<int:number>")
@reads
def show(number: int) -> Response:
    """Show a certificate of the county as it is printed."""
    made = Certificate.get_or_none(county=county(), number=number) or abort(404)
    return render_page("office/certificates/show.html", made=made, county=county(), by_whom=BY_WHOM)
