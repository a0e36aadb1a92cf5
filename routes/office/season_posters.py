"""Season posters: when each town goes to market for work, on A4 or A3, with the code of the public page."""

from datetime import date, timedelta

from flask import Blueprint, Response, current_app, request

from models.market.planning import towns_of
from models.printing.season_poster import ROOMS, season_posters
from routes.office.market_dates import today_in
from routes.web.access import audit, county, is_own_town, reads, towns
from routes.web.pages import render_page

bp = Blueprint("season_posters", __name__, url_prefix="/organiser/season-poster")

MONTHS = timedelta(days=92)


@bp.get("")
@reads
def index() -> Response:
    """Show the poster, to be printed.

    Query: ``town`` (a code; the whole county; a clerk has their own towns), ``size`` (``a4``, ``a3``),
    ``start`` (today) and ``end`` (three months later). What makes no sense is passed over.
    """
    today = today_in(county())
    choices = [(town.code, town.name) for town in towns_of(county(), today) if is_own_town(town.code)]
    codes = [code for code, _name in choices]
    town = request.args.get("town", "")
    town = town if town in codes else codes[0] if towns() is not None and codes else ""
    size = request.args.get("size", "")
    size = size if size in ROOMS else "a4"
    start = _date("start") or today
    end = _date("end") or start + MONTHS
    posters = season_posters(county(), current_app.config["ORIGIN"], start, end, town, size)
    audit("print", f"season poster {town or 'of the county'}, {start} to {end}", rows=len(posters))
    return render_page(
        "office/season_posters/index.html",
        posters=posters,
        county=county(),
        towns=choices,
        town=town,
        may_all=towns() is None,
        size=size,
        start=start,
        end=end,
    )


def _date(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2099 else None
