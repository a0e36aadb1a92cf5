"""Boards: all booths and vacancies of a market day, for a phone; searched by words, trade, age and place of work."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _

from models.derived.calling import called
from models.phone import board
from models.phone.board import LONGEST_QUERY, Shown, Wish
from models.phone.notice import DayNotice, booth_notices, day_notice, vacancies_of_day
from models.phone.stop import stop_notices
from models.vocabulary.code_list import PLACES
from models.vocabulary.trade import TRADES
from routes.phone import page, page_cache
from routes.web.answers import see_other

bp = Blueprint("boards", __name__)
bp.register_error_handler(404, page.not_found)

FIRST_TRADES = 8  # pictures that are shown at once; the others behind a word


@bp.get("/m/<int:market_day_id>")
def show(market_day_id: int) -> Response:
    """Show the board of a market day, or what of it somebody asks for. 404 for no such day.

    Query: ``q`` (words), ``trade`` (a code), ``near`` (town, county, city, outside), ``older`` (``yes``), ``page``
    (from 1). What is no such value counts as not said. A vacancy's whole number leads to the vacancy.
    """
    return _answer(market_day_id, "board.html")


@bp.get("/m/<int:market_day_id>/square")
def square(market_day_id: int) -> Response:
    """Show the board for a tablet in the square, which renews itself. Query and 404 as for ``show``."""
    return _answer(market_day_id, "square.html")


def _answer(market_day_id: int, template: str) -> Response:
    day = day_notice(market_day_id) if market_day_id < 2**31 else None
    if day is None:
        abort(404)
    page.of_day(day)
    if day.is_draft:
        return page.draft(day)
    booths, vacancies, ending = booth_notices(day.id), vacancies_of_day(day.id), page.ending(day)
    stops, wish, number = stop_notices(day), _wish(), _page()
    if any(vacancy.number == wish.q.replace(" ", "") for vacancy in vacancies):
        return see_other(url_for("vacancy_pages.show", number=wish.q.replace(" ", "")))
    going = vacancies if ending.is_over else tuple(vacancy for vacancy in vacancies if not vacancy.ended)
    found = vacancies if wish == Wish() else board.fitting(going, day, wish, _trade_words)
    pages = board.paged(booths, found, is_whole=wish == Wish())
    number = min(number, len(pages))

    is_on = page.today(day) == day.date and not ending.is_over
    calls = tuple(called(day.id, page.now())) if is_on else ()

    def render() -> str:
        return page.render(
            template, day=day, stops=stops, called=calls, **ending._asdict(), count=len(going),
            openings=sum(v.openings for v in going), wish=wish, found=found, pages=pages, number=number,
            trades={code: TRADES[code] for code in board.trades_of(vacancies) if code in TRADES},
            first_trades=FIRST_TRADES, places=_places(day, vacancies),
            link=lambda **changes: _link(day, wish, **changes), distance=lambda v: board.distance(v, day),
            anchors=_anchors(pages),
        )  # fmt: skip

    if wish != Wish():  # what people type is without end, so it is not kept
        return page.private(render())
    return page_cache.answer((template, day.id, number), (day, booths, vacancies, stops, ending, calls), render)


def _trade_words(trade: str) -> str:
    return _(TRADES[trade]) if trade in TRADES else ""


def _wish() -> Wish:
    asked = request.args
    trade, near = asked.get("trade", ""), asked.get("near", "")
    q = " ".join(asked.get("q", "")[:LONGEST_QUERY].split())
    return Wish(q, trade if trade in TRADES else "", near if near in PLACES else "", asked.get("older") == "yes")


def _page() -> int:
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _link(day: DayNotice, wish: Wish, **changes: Any) -> str:
    """Return the board's address with a wish changed; ``page`` is the first again unless it is named."""
    asked = wish._asdict() | {"older": "yes" if wish.older else ""} | changes
    return url_for("boards.show", market_day_id=day.id, **{name: value for name, value in asked.items() if value})


def _places(day: DayNotice, vacancies: Any) -> dict[str, str]:
    """Return the places of work that the day has, from near to far."""
    there = {board.distance(vacancy, day) for vacancy in vacancies}
    return {code: words for code, words in PLACES.items() if code in there}


def _anchors(pages: list[list[Shown]]) -> list[tuple[int, int]]:
    """Return (page, number) of each booth that is shown."""
    return [(number, shown.booth.number) for number, one in enumerate(pages, 1) for shown in one]
