"""Papers of the law on personal information: the record of processing and the impact assessment."""

from flask import Blueprint, Response

from models.market.retention import Retention
from routes.office.market_dates import today_in
from routes.web.access import county, reads
from routes.web.pages import render_page

bp = Blueprint("papers", __name__, url_prefix="/organiser/papers")


@bp.get("/processing")
@reads
def processing() -> Response:
    """Show the record of processing (PIPL 55 and 56) with the county's own periods, to print and sign."""
    return _paper("processing")


@bp.get("/assessment")
@reads
def assessment() -> Response:
    """Show the impact assessment, filled in with what the product does; what only the office knows is left to write."""
    return _paper("assessment")


def _paper(name: str) -> Response:
    mine = county()
    return render_page(
        f"office/papers/{name}.html", county=mine, periods=Retention.of(mine), today=today_in(mine)
    )
