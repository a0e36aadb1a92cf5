"""Closures: a vacancy takes no more candidates, or takes them again; both are facts."""

from flask import Blueprint, Response, url_for
from htmx_flask import request

from models.kiosk.set_up import record_closure
from models.market.booth import Booth
from routes.office.booth_page import booth_page, find_vacancy
from routes.web.access import find_booth, who, writes
from routes.web.answers import go_to

bp = Blueprint(
    "closures",
    __name__,
    url_prefix="/organiser/market-days/<int:market_day_id>/booths/<int:number>"
    "/vacancies/<vacancy_number>/closure",
)


@bp.post("")
@writes
def create(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Close a vacancy. A repeat changes nothing. htmx gets the block of vacancies, a browser 303."""
    return _close_or_open(find_booth(market_day_id, number), vacancy_number, "vacancy.filled")


@bp.post("/delete")
@writes
def destroy(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Open a vacancy again. A repeat changes nothing. htmx gets the block of vacancies, a browser 303."""
    return _close_or_open(find_booth(market_day_id, number), vacancy_number, "vacancy.reopened")


def _close_or_open(booth: Booth, vacancy_number: str, kind: str) -> Response:
    vacancy = find_vacancy(booth, vacancy_number)
    if vacancy.closed != (kind == "vacancy.filled"):
        record_closure(booth.market_day, vacancy, kind, who())
    if request.htmx:
        return booth_page(booth, "vacancies")
    return go_to(url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number))
