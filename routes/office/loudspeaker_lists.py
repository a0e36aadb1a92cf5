"""Loudspeaker lists: what is read out over the market, booth by booth, from a printed sheet."""

from flask import Blueprint, Response

from models.printing.loudspeaker_text import loudspeaker_text
from routes.office.paper_words import WORDS
from routes.web.access import audit, find_market_day, reads
from routes.web.pages import render_page

bp = Blueprint("loudspeaker_lists", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/loudspeaker")


@bp.get("")
@reads
def show(market_day_id: int) -> Response:
    """Show the sentences to read out: every booth that has open vacancies or gives advice."""
    day = find_market_day(market_day_id)
    found = loudspeaker_text(day, WORDS)
    audit("print", f"loudspeaker list of market day {day.id}", rows=found.posts)
    return render_page("office/loudspeaker_lists/show.html", day=day, found=found)
