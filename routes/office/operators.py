"""Operators: the county's people who work at booths' tablets, and where each is on duty."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.staffing import archive_operator, join_operators, keep_operator, reset_pin, restore_operator
from models.market.operator import Operator
from routes.office.lists import operator_list
from routes.office.operator_form import OperatorForm
from routes.office.operator_rows import named_with_place, namesakes_of, operator_rows
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("operators", __name__, url_prefix="/organiser/operators")


@bp.get("")
@reads
def index() -> Response:
    """List the county's operators, and where each is on duty today and next.

    Query as a listing's (routes/web/listing.py), and ``archived`` (``yes``: those that are archived).
    """
    rows = operator_rows(county())
    is_archive = request.args.get("archived") == "yes"
    archived = [row for row in rows if row.operator.archived_at]
    shown = archived if is_archive else [row for row in rows if not row.operator.archived_at]
    return render_page(
        "office/operators/index.html",
        block=block_for_htmx("list"),
        operators=operator_list(shown, is_archive),
        archived=len(archived),
        is_archive=is_archive,
    )


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for an operator."""
    return _form(OperatorForm(county()))


@bp.post("")
@writes
def create() -> Response:
    """Add an operator; the PIN is set by the person, on a tablet. Form: ``name``, ``unit``. 303; 422 with the form."""
    return _keep(OperatorForm(county(), request.form), Operator(county=county()), _("%(name)s is added."))


@bp.get("/<int:operator_id>/edit")
@writes
def edit(operator_id: int) -> Response:
    """Show an operator's form, filled in, with the ways to reset the PIN, to archive and to join."""
    return _form(OperatorForm(county(), operator=_find(operator_id)))


@bp.post("/<int:operator_id>")
@writes
def update(operator_id: int) -> Response:
    """Change an operator's name or unit and tell the tablets that know the person. Form as for ``create``."""
    operator = _find(operator_id)
    return _keep(OperatorForm(county(), request.form, operator), operator, _("The changes are kept."))


@bp.post("/<int:operator_id>/pin/delete")
@writes
def reset(operator_id: int) -> Response:
    """Clear an operator's PIN; the person sets a new one at the next sign-in. 303."""
    operator = _find(operator_id)
    reset_pin(operator)
    flash(pin_cleared(operator), "success")
    return go_to(url_for("operators.edit", operator_id=operator.id))


@bp.post("/<int:operator_id>/archive")
@writes
def archive(operator_id: int) -> Response:
    """Offer an operator for no further booth, off duty from today on. A repeat changes nothing. 303."""
    operator = _find(operator_id)
    archive_operator(operator)
    flash(_("%(name)s is archived.", name=operator.name), "success")
    return go_to(url_for("operators.index"))


@bp.post("/<int:operator_id>/archive/delete")
@writes
def restore(operator_id: int) -> Response:
    """Offer an archived operator again. A repeat changes nothing. 303."""
    operator = _find(operator_id)
    restore_operator(operator)
    flash(_("%(name)s can be assigned again.", name=operator.name), "success")
    return go_to(url_for("operators.index"))


@bp.post("/<int:operator_id>/join")
@writes
def join(operator_id: int) -> Response:
    """Make one person of this one and a namesake, whose duties come here. Nothing undoes it.

    Form: ``other`` (the namesake's id). 303; 422 for somebody who is no namesake.
    """
    kept, form = _find(operator_id), OperatorForm(county(), request.form)
    chosen = form.choice("other", {str(other.id): other for other in namesakes_of(kept)})
    if chosen is None:
        return _form(OperatorForm(county(), operator=kept), 422)
    join_operators(kept, _find(int(chosen)))
    flash(_("These two are one person now. The PIN of %(name)s counts.", name=kept.full_name), "success")
    return go_to(url_for("operators.edit", operator_id=kept.id))


def pin_cleared(operator: Operator) -> str:
    """Return the sentence after a PIN was cleared."""
    return _("The PIN is cleared. %(name)s sets a new one at the next sign-in, once the tablet had a network.",
             name=operator.name)  # fmt: skip


def _find(operator_id: int) -> Operator:
    return Operator.get_or_none(id=operator_id, county=county()) or abort(404)


def _keep(form: OperatorForm, operator: Operator, word: str) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    change(operator, fields)
    keep_operator(operator)
    flash(word % {"name": operator.name}, "success")
    return go_to(url_for("operators.index"))


def _form(form: OperatorForm, status: int = 200) -> Response:
    return render_page(
        "office/operators/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        operator=form.operator,
        namesakes=named_with_place(namesakes_of(form.operator)) if form.operator else [],
    )
