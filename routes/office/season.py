"""The season: all vacancies of a county, whichever days offer them; which are urgent, which are to be checked."""

from flask import Blueprint, Response

from models.figures.season import county_season
from models.vocabulary.code_list import VACANCY_KINDS
from routes.office.market_dates import today_in
from routes.office.season_lists import county_season_list
from routes.web.access import county, reads
from routes.web.answers import block_for_htmx
from routes.web.pages import render_page

bp = Blueprint("season", __name__, url_prefix="/organiser/vacancies")


@bp.get("")
@reads
def index() -> Response:
    """List the county's vacancies, urgent ones first. Query as a listing's (routes/web/listing.py)."""
    rows = county_season(county(), today_in(county()))
    return render_page(
        "office/season/index.html",
        block=block_for_htmx("list"),
        season=county_season_list(rows),
        kinds=VACANCY_KINDS,
        urgent=sum(row.vacancy.urgent and row.state == "open" for row in rows),
        drafts=sum(row.state == "draft" for row in rows),
        stale=sum(row.is_stale for row in rows),
    )
