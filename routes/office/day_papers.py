"""Papers of a market day: one page of what there is to print, and the papers that are drawn in millimetres."""

from functools import partial

from flask import Blueprint, Response, current_app, request, url_for

from models.market.booth import stands_of
from models.market.market_day import MarketDay
from models.printing.booth_paper import WAYS
from models.printing.day_paper import DAY_PAPERS, DRAWN, SIGN_IN, SIGNS, STRIP, drawn_sheets, sheets_of
from models.printing.sign_in_sheet import MOST_SHEETS
from routes.office.paper_words import WORDS
from routes.web.access import audit, find_market_day, reads
from routes.web.pages import render_page

bp = Blueprint("day_papers", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/papers")


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List what can be printed for a market day: for whom, how many sheets, on which paper."""
    day = find_market_day(market_day_id)
    return render_page(
        "office/day_papers/index.html", day=day, papers=list(DAY_PAPERS.values()), sheets=sheets_of(day),
        links={code: _links(day, code) for code in DAY_PAPERS},
    )  # fmt: skip


@bp.get("/<any('signs', 'tents', 'strip', 'sign-in'):code>")
@reads
def show(market_day_id: int, code: str) -> Response:
    """Show a paper as sheets to print.

    Query: ``booth`` (numbers; none: all), for signs ``way`` (``left``, ``right``, ``ahead``: an arrow in place of the
    code), for sign-in sheets ``sheets`` (1 to 20 for each booth). What makes no sense is passed over.
    """
    day = find_market_day(market_day_id)
    numbers = [booth.number for booth in stands_of(day)]
    chosen = [number for number in numbers if number in request.args.getlist("booth", type=int)]
    way = request.args.get("way", "")
    way = way if way in WAYS else ""
    count = max(1, min(MOST_SHEETS, request.args.get("sheets", 1, type=int)))
    sheets = drawn_sheets(code, day, current_app.config["ORIGIN"], WORDS, chosen, way, count)
    audit("print", f"{code} of market day {day.id}", rows=len(sheets))
    return render_page(
        "office/day_papers/show.html", day=day, paper=DAY_PAPERS[code], sheets=sheets, numbers=numbers, chosen=chosen,
        way=way, count=count, has_ways=code == SIGNS, has_count=code == SIGN_IN, has_booths=code != STRIP,
    )  # fmt: skip


def _links(day: MarketDay, code: str) -> dict[str, str]:
    """Return the addresses of a paper, by what each is called beside the others: its size, or nothing."""
    of = partial(url_for, market_day_id=day.id)
    if code in DRAWN:
        return {"": of(".show", code=code)}
    if per := {"gate": "market_day", "booths": "booth", "vacancies": "vacancy"}.get(code):
        return {"A4": of("posters.index", per=per), "A3": of("posters.index", per=per, size="a3")}
    endpoints = {
        "passes": "pass_sheets.index", "loudspeaker": "loudspeaker_lists.show", "checklist": "checklists.sheet",
        "summary": "summaries.show",
    }  # fmt: skip
    return {"": of(endpoints[code])}
