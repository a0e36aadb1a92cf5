"""The ledger of the law as a printed book: who was introduced to what, and what came of it."""

from datetime import timedelta

from flask import Blueprint, Response, request

from models.forgetting.ledger import MOST, ledger_of
from models.vocabulary.code_list import EXITS, PLACES, SEXES, STAGES
from routes.office.market_dates import today_in
from routes.web.access import audit, county, note_reading, writes
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("ledger", __name__, url_prefix="/organiser/ledger")

USUAL = timedelta(days=30)


@bp.get("")
@writes
def show() -> Response:
    """Show the ledger as it is printed. Query: ``from``, ``to`` (dates; without them the last 30 days). 422 on others.

    That names were read and printed is noted.
    """
    mine, today = county(), today_in(county())
    form = Form(request.args, start={}) if request.args else Form(start={})
    first = form.date("from", required=False) or today - USUAL
    last = form.date("to", required=False) or today
    lines = ledger_of(mine, first, last, today) if form.ok else []
    if lines:
        note_reading("ledger", len(lines), mine)
        audit("print", f"ledger {first} to {last}", len(lines))
    answer = render_page(
        "office/ledger/show.html", status=200 if form.ok else 422, county=mine, lines=lines, first=first, last=last,
        is_whole=len(lines) < MOST, stages=STAGES | EXITS, places=PLACES, sexes=SEXES,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
