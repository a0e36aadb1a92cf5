"""The vacancies of a whole market day, whichever booth offers them."""

from flask import Blueprint, Response

from models.figures.overview import vacancy_rows
from models.market.pay import pay_range
from models.quarantine.queue import waiting
from routes.office.lists import vacancy_list
from routes.web.access import find_market_day, reads
from routes.web.answers import block_for_htmx
from routes.web.pages import render_page

bp = Blueprint("day_vacancies", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/vacancies")


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List a market day's vacancies with their check-ins, who was hired and what is left. Query as a listing's."""
    day = find_market_day(market_day_id)
    return render_page(
        "office/day_vacancies/index.html",
        block=block_for_htmx("list"),
        day=day,
        vacancies=vacancy_list(day, vacancy_rows(day)),
        pay_range=pay_range,
        waiting=waiting(day),
    )
