"""Loudspeaker lists: what is read out over the market, booth by booth, from a printed sheet."""

from itertools import groupby

from flask import Blueprint, Response

from models.market.pay import pay_range
from models.market.stop import Stop
from models.phone.notice import booth_notices, vacancies_of_day
from models.vocabulary.code_list import ADVICE_TOPICS
from routes.web.access import audit, find_market_day, reads
from routes.web.pages import render_page

bp = Blueprint("loudspeaker_lists", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/loudspeaker")


@bp.get("")
@reads
def show(market_day_id: int) -> Response:
    """Show the sentences to read out: every booth that has open vacancies or gives advice."""
    day = find_market_day(market_day_id)
    vacancies = [vacancy for vacancy in vacancies_of_day(day.id) if not (vacancy.closed or vacancy.ended)]
    offered = {booth: list(group) for booth, group in groupby(vacancies, lambda vacancy: vacancy.booth_id)}
    audit("print", f"loudspeaker list of market day {day.id}", rows=len(vacancies))
    return render_page(
        "office/loudspeaker_lists/show.html",
        day=day,
        county=day.county,
        stops=Stop.of_day(day),
        booths=[booth for booth in booth_notices(day.id) if booth.id in offered or booth.kind == "desk"],
        offered=offered,
        pay_range=pay_range,
        topics=ADVICE_TOPICS,
    )
