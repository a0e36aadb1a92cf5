"""Operators: who works at a booth's tablets, and the PIN each types there."""

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.kiosk.set_up import drop_operator, keep_operator
from models.market.booth import Booth
from models.market.operator import Operator
from routes.office.booth_page import booth_page
from routes.office.operator_form import OperatorForm
from routes.web.access import find_booth, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint(
    "operators",
    __name__,
    url_prefix="/organiser/market-days/<int:market_day_id>/booths/<int:number>/operators",
)


@bp.post("")
@writes
def create(market_day_id: int, number: int) -> Response:
    """Add an operator.

    Form: ``name``, ``pin`` (4 to 6 digits). htmx gets the block of operators, 201; a browser 303;
    422 with the form.
    """
    booth = find_booth(market_day_id, number)
    form = OperatorForm(booth, request.form)
    name, pin = form.read()
    if not form.ok:
        return booth_page(booth, block_for_htmx("operators"), 422, form)
    operator = Operator(booth=booth, name=name)
    operator.set_pin(pin or "")
    keep_operator(operator)
    return booth_page(booth, "operators", 201) if request.htmx else _to(booth)


@bp.get("/<int:operator_id>/edit")
@writes
def edit(market_day_id: int, number: int, operator_id: int) -> Response:
    """Show an operator's form; the PIN is stored so that nobody can read it."""
    booth = find_booth(market_day_id, number)
    return _form(OperatorForm(booth, operator=_find(booth, operator_id)))


@bp.post("/<int:operator_id>")
@writes
def update(market_day_id: int, number: int, operator_id: int) -> Response:
    """Change an operator's name or PIN. Form as for ``create``; an empty ``pin`` changes nothing."""
    booth = find_booth(market_day_id, number)
    operator = _find(booth, operator_id)
    form = OperatorForm(booth, request.form, operator)
    name, pin = form.read()
    if not form.ok:
        return _form(form, 422)
    operator.name = name or operator.name
    if pin:
        operator.set_pin(pin)
    keep_operator(operator)
    flash(_("The changes are kept."), "success")
    return _to(booth)


@bp.post("/<int:operator_id>/delete")
@writes
def destroy(market_day_id: int, number: int, operator_id: int) -> Response:
    """Take an operator off the booth; what they recorded stays. 303."""
    booth = find_booth(market_day_id, number)
    drop_operator(_find(booth, operator_id))
    flash(_("The operator is off the booth."), "success")
    return _to(booth)


def _find(booth: Booth, operator_id: int) -> Operator:
    return Operator.get_or_none(id=operator_id, booth=booth) or abort(404)


def _to(booth: Booth) -> Response:
    return go_to(
        url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number) + "#operators"
    )


def _form(form: OperatorForm, status: int = 200) -> Response:
    return render_page(
        "office/operators/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        booth=form.booth,
        day=form.booth.market_day,
        operator=form.operator,
    )
