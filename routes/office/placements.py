"""Placements: what was found out after each market day, in figures that stand apart from the signed ones."""

from datetime import timedelta

from flask import Blueprint, Response

from models.follow_up.placement import placements, together
from models.follow_up.round import KEPT_OPEN
from models.market.planning import market_days_of
from models.vocabulary.code_list import PLACES
from models.vocabulary.follow_up import OUTCOMES, ROUNDS
from routes.office.market_dates import today_in
from routes.web.access import county, reads, towns
from routes.web.pages import render_page

bp = Blueprint("placements", __name__, url_prefix="/organiser/follow-ups/placements")


@bp.get("")
@reads
def index() -> Response:
    """Show the figures of the market days of the last five months of which anybody was asked, the newest first."""
    today = today_in(county())
    since = today - timedelta(ROUNDS[-1] + KEPT_OPEN)
    days = [day for day in market_days_of(county(), towns()) if since <= day.date <= today]
    figures = placements(day.id for day in days)
    asked = [(day, figures[day.id]) for day in days if figures[day.id]["asked"]]
    return render_page(
        "office/follow_ups/placements.html", asked=asked, places=PLACES, outcomes=OUTCOMES,
        whole=together(found for _, found in asked),
    )  # fmt: skip
