"""Counties: where one server serves several, a visitor chooses theirs."""

from flask import Blueprint, Response

from models.market.county import County
from models.market.planning import coming, date_in
from routes.phone import page

bp = Blueprint("counties", __name__)


@bp.get("/counties")
def index() -> Response:
    """Show every county with the board of its coming market day."""
    counties = County.by_age()
    return page.page("counties.html", counties=[(county, coming(county, date_in(county))) for county in counties])
