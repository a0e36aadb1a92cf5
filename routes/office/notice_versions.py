"""Notice versions: what the county told people about their data, since when, and what was given under each version."""

from flask import Blueprint, Response

from models.desk.notice_version import given_under, versions_of
from models.vocabulary.privacy import PARTS
from routes.web.access import county, reads
from routes.web.language import LANGUAGES
from routes.web.pages import render_page
from routes.web.privacy import keep_version

bp = Blueprint("notice_versions", __name__, url_prefix="/organiser/papers/notice")


@bp.get("")
@reads
def index() -> Response:
    """Show every version of the privacy notice, as it is printed, with what was given under it in numbers."""
    mine = county()
    keep_version(mine)
    versions = [(one, given_under(mine, one)) for one in versions_of(mine)]
    return render_page(
        "office/notice_versions/index.html", county=mine, versions=versions, parts=PARTS, languages=LANGUAGES
    )
