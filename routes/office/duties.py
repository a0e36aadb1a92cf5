"""Duties: which of the county's operators work at a booth of a market day."""

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.kiosk.staffing import put_on_duty, reset_pin, take_off_duty
from models.market.booth import Booth
from models.market.duty import Duty
from models.market.operator import Operator
from routes.office.booth_page import booth_page
from routes.office.operator_form import OperatorForm
from routes.office.operator_rows import assignable
from routes.office.operators import pin_cleared
from routes.web.access import county, find_booth_or_round, writes
from routes.web.answers import block_for_htmx, go_to

bp = Blueprint("duties", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/booths/<int:number>/duties")


@bp.post("")
@writes
def create(market_day_id: int, number: int) -> Response:
    """Put somebody on duty at a booth: one of the county's people, or a new one, who is added to them.

    Form: ``operator`` (id), or without it ``name`` and ``unit`` of somebody new. A repeat changes nothing. htmx gets
    the block of operators, 201; a browser 303; 422 with the form.
    """
    booth, form = find_booth_or_round(market_day_id, number), OperatorForm(county(), request.form)
    operator = _chosen(form) if "operator" in request.form else _added(form)
    if operator is None:
        return booth_page(booth, block_for_htmx("operators"), 422, form)
    put_on_duty(operator, booth)
    return booth_page(booth, "operators", 201) if request.htmx else _to(booth)


@bp.post("/<int:duty_id>/delete")
@writes
def destroy(market_day_id: int, number: int, duty_id: int) -> Response:
    """Take an operator off duty at the booth; what they recorded stays. A repeat changes nothing. 303."""
    duty = _find(find_booth_or_round(market_day_id, number), duty_id)
    take_off_duty(duty)
    flash(_("%(name)s is off the booth.", name=duty.operator.name), "success")
    return _to(duty.booth)


@bp.post("/<int:duty_id>/pin/delete")
@writes
def reset(market_day_id: int, number: int, duty_id: int) -> Response:
    """Clear the PIN of somebody on duty here; the person sets a new one at the next sign-in. 303."""
    duty = _find(find_booth_or_round(market_day_id, number), duty_id)
    if duty.withdrawn_at:
        abort(404)
    reset_pin(duty.operator)
    flash(pin_cleared(duty.operator), "success")
    return _to(duty.booth)


def _chosen(form: OperatorForm) -> Operator | None:
    people = {str(operator.id): operator for operator in assignable(county())}
    chosen = form.choice("operator", people)
    return people[chosen] if chosen else None


def _added(form: OperatorForm) -> Operator | None:
    fields = form.read()
    return Operator(county=county(), **fields) if form.ok else None


def _find(booth: Booth, duty_id: int) -> Duty:
    return Duty.get_or_none(id=duty_id, booth=booth) or abort(404)


def _to(booth: Booth) -> Response:
    return go_to(
        url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number) + "#operators"
    )
