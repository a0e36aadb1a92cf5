"""Pass sheets: an organiser reserves numbers for paper passes and prints them as cards."""

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask_babel import gettext as _

from models.base.database import writing
from models.kiosk.set_up import reserve_passes
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.people.candidate_pass import PassRange
from models.printing.pass_sheet import CARDS, pass_sheets
from models.printing.thermal_slip import WIDTHS, pass_slips
from routes.office.paper_words import WORDS
from routes.web.access import audit, find_market_day, reads, writes
from routes.web.answers import see_other
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint(
    "pass_sheets", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/passes"
)

MOST = 2_000  # in one range: 200 sheets, four tenths of a second


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List the market day's ranges, and offer to reserve another."""
    return _index(find_market_day(market_day_id), Form(start={"count": 200}))


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Reserve a range of passes and tell the tablets of every booth.

    Form: ``count`` (int, a multiple of 10 up to 2,000: no card of a sheet is wasted). Answers 303
    to the new range's sheets; 422 when the count is none.
    """
    day = find_market_day(market_day_id)
    form = Form(request.form)
    count = form.whole("count", CARDS, MOST)
    if count and count % CARDS:
        form.refuse("count", _("A sheet has ten cards: please write 10, 20, 30 and so on."))
    if count is None or not form.ok:
        return _index(day, form, status=422)
    span = _reserve(day, count)
    return see_other(url_for(".show", market_day_id=day.id, range_id=span.id))


@bp.get("/<int:range_id>")
@reads
def show(market_day_id: int, range_id: int) -> Response:
    """Show a range as sheets of cards, to be printed. Query: ``paper`` (58 or 80: a slip of so many mm for each)."""
    day = find_market_day(market_day_id)
    span = PassRange.get_or_none(id=range_id, market_day=day) or abort(404)
    point = ServicePoint.nearest(day.county_id, "", day.town_name)
    if (paper := request.args.get("paper", "")) in WIDTHS:
        return _slips(span, point, paper)
    found = pass_sheets(span, current_app.config["ORIGIN"])
    audit("print", f"passes {span.first} to {span.last}", rows=sum(map(len, found.sheets)))
    return render_page(
        "office/pass_sheets/show.html",
        day=day,
        county=day.county,
        campaign=day.campaign_id and day.campaign,
        point=point,
        span=span,
        sheets=found.sheets,
        modules=found.modules,
    )


def _slips(span: PassRange, point: ServicePoint | None, paper: str) -> Response:
    numbers = span.numbers()
    audit("print", f"slips {span.first} to {span.last}", rows=len(numbers))
    addresses = [f"{current_app.config['ORIGIN']}/p/{number}" for number in numbers]
    sheets = pass_slips(span.market_day, numbers, addresses, point, paper, WORDS)
    return render_page("office/pass_sheets/slips.html", span=span, sheets=sheets)


def _index(day: MarketDay, form: Form, status: int = 200) -> Response:
    spans = list(day.pass_ranges.order_by(PassRange.first_payload))
    return render_page(
        "office/pass_sheets/index.html",
        status=status,
        day=day,
        spans=spans,
        cards=CARDS,
        form=form,
    )


def _reserve(day: MarketDay, count: int) -> PassRange:
    with writing():
        span = reserve_passes(day, count)
        audit("reserve_passes", f"passes {span.first} to {span.last}", rows=count)
    return span
