"""Privacy notices for everybody: what a county says about people's data, and what it said before."""

from flask import Blueprint, Response, abort, request

from models.desk.notice_version import versions_of
from models.market.county import County
from models.vocabulary.privacy import PARTS
from routes.phone import page
from routes.web.language import language
from routes.web.privacy import keep_version

bp = Blueprint("privacy_notices", __name__)
bp.register_error_handler(404, page.not_found)


@bp.get("/notice/<int:county_id>")
def show(county_id: int) -> Response:
    """Show a county's privacy notice. Query: ``version`` (its number; without one, that which holds). 404 for none."""
    county = County.get_or_none(id=county_id) or abort(404)
    page.of_county(county)
    keep_version(county)
    versions = versions_of(county)
    wanted = request.args.get("version", versions[0].number, type=int)
    chosen = next((one for one in versions if one.number == wanted), None) or abort(404)
    text = chosen.texts.get(language()) or next(iter(chosen.texts.values()))
    return page.page("notice.html", versions=versions, chosen=chosen, text=text, parts=PARTS, county=county)
