"""Posters of a market day: A4 sheets with a code that leads a phone to a vacancy or a booth."""

from flask import Blueprint, Response, current_app, request

from models.market.booth import stands_of
from models.market.stop import Stop
from models.printing.poster import board_posters, booth_posters, vacancy_posters
from models.printing.poster_words import booth_said, day_said, vacancy_said
from routes.office.paper_words import WORDS
from routes.web.access import audit, find_market_day, reads
from routes.web.pages import render_page

bp = Blueprint("posters", __name__, url_prefix="/organiser/market-days/<int:market_day_id>")

POSTERS = {"vacancy": vacancy_posters, "booth": booth_posters, "market_day": board_posters}
SAID = {"vacancy": vacancy_said, "booth": booth_said}


@bp.get("/posters")
@reads
def index(market_day_id: int) -> Response:
    """Show the posters, to be printed.

    Query: ``per`` (``vacancy``, the default, ``booth`` or ``market_day``) and ``booth`` (a number, any
    number of times; none means all; a market day has all), ``size`` (``a4``, ``a3``). What is neither is passed over.
    """
    day = find_market_day(market_day_id)
    per = request.args.get("per", "")
    per = per if per in POSTERS else "vacancy"
    booths = stands_of(day)
    numbers = [booth.number for booth in booths]
    chosen = [n for n in numbers if n in request.args.getlist("booth", type=int)]
    drawn = POSTERS[per](day, current_app.config["ORIGIN"], chosen)
    if per == "market_day":
        posters = [day_said(poster, day, booths, Stop.of_day(day), WORDS) for poster in drawn]
    else:
        posters = [SAID[per](poster, day, WORDS) for poster in drawn]
    audit("print", f"posters per {per} of market day {day.id}", rows=len(posters))
    return render_page(
        "office/posters/index.html",
        day=day,
        per=per,
        size="a3" if request.args.get("size") == "a3" else "a4",
        numbers=numbers,
        chosen=chosen,
        posters=posters,
    )
