"""Checklists: what has to be ready before a market day, on a page to tick and on one sheet of A4."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.market.checklist import keep_checklist
from models.market.market_day import MarketDay
from models.market.stop import Stop
from models.vocabulary.code_list import VENUES
from routes.office.checklist_form import ChecklistForm
from routes.web.access import audit, county, find_market_day, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("checklists", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/checklist")


@bp.get("")
@reads
def show(market_day_id: int) -> Response:
    """Show a market day's checklist; who may write ticks it here."""
    day = find_market_day(market_day_id)
    return _form(day, ChecklistForm(day))


@bp.post("")
@writes
def update(market_day_id: int) -> Response:
    """Keep the checklist. Form: see routes/office/checklist_form.py. 303; 422 with the form."""
    day = find_market_day(market_day_id)
    form = ChecklistForm(day, request.form)
    lines = form.read()
    if not form.ok:
        return _form(day, form, 422)
    keep_checklist(day, who(), lines)
    flash(_("The checklist is kept."), "success")
    return go_to(url_for("checklists.show", market_day_id=day.id))


@bp.get("/sheet")
@reads
def sheet(market_day_id: int) -> Response:
    """Show the checklist as one sheet of A4, to be printed, ticked by hand and signed."""
    day = find_market_day(market_day_id)
    form = ChecklistForm(day)
    lines = [line for line in form.lines if not line.is_left_out]
    audit("print", f"checklist of market day {day.id}", rows=len(lines))
    return render_page(
        "office/checklists/sheet.html",
        day=day,
        county=county(),
        form=form,
        lines=lines,
        stops=Stop.of_day(day),
        venues=VENUES,
        printed_at=utcnow().astimezone(county().zone()),
    )


def _form(day: MarketDay, form: ChecklistForm, status: int = 200) -> Response:
    return render_page(
        "office/checklists/show.html", block=block_for_htmx("form"), status=status, day=day, form=form, venues=VENUES
    )
