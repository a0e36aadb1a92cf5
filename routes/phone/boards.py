"""Boards: all booths and vacancies of a market day, for a phone."""

from itertools import groupby

from flask import Blueprint, Response, abort

from models.phone.notice import booth_notices, day_notice, vacancies_of_day
from routes.phone import page, page_cache

bp = Blueprint("boards", __name__)
bp.register_error_handler(404, page.not_found)


@bp.get("/m/<int:market_day_id>")
def show(market_day_id: int) -> Response:
    """Show the board of a market day. 404 for no such day."""
    day = day_notice(market_day_id) if market_day_id < 2**31 else None
    if day is None:
        abort(404)
    page.of_day(day)
    booths, vacancies, ending = booth_notices(day.id), vacancies_of_day(day.id), page.ending(day)
    of_booth = {booth: list(group) for booth, group in groupby(vacancies, lambda v: v.booth_id)}
    return page_cache.answer(
        ("m", day.id),
        (day, booths, vacancies, ending),
        lambda: page.render("board.html", day=day, booths=booths, of_booth=of_booth, **ending._asdict(),
                              openings=sum(v.openings for v in vacancies), count=len(vacancies)),
    )  # fmt: skip
