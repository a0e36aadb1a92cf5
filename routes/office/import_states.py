"""States of an import: it is taken in, stopped, or undone."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.imports.import_kind import FAULTY
from models.imports.sheet_import import (
    ALL,
    APPLYING,
    CHECKING,
    DONE,
    GOOD,
    MATCHING,
    READING,
    READY,
    STOPPED,
    UNDOING,
    SheetImport,
    ask,
    drop_text,
)
from models.imports.sheet_row import taken_of
from routes.office import workers
from routes.office.import_page import find_import
from routes.web.access import audit, who, writes
from routes.web.answers import go_to

bp = Blueprint("import_states", __name__, url_prefix="/organiser/imports/<int:import_id>/state")


@bp.post("")
@writes
def create(import_id: int) -> Response:
    """Take an import in. Form: ``mode`` (``all``: all rows or none; ``good``), ``checked`` (vacancies). 303.

    Where a row is faulty, only the good rows can be taken, and only by that word.
    """
    found = find_import(import_id)
    mode = request.form.get("mode", "")
    if mode not in (ALL, GOOD) or (mode == ALL and found.counts.get(FAULTY)):
        flash(_("Say whether all rows are to be taken, or the good ones only."), "attention")
        return _to(import_id)
    is_checked = request.form.get("checked") == "yes"
    total = sum(found.counts.get(state, 0) for state in ("new", "changed"))
    return _go_on(found, ask(found, APPLYING, READY, mode=mode, is_checked=is_checked, applied_by=who(), total=total))


@bp.post("/delete")
@writes
def destroy(import_id: int) -> Response:
    """Stop an import. What is being taken in whole is either kept whole or not at all. 303."""
    found = find_import(import_id)
    if ask(found, STOPPED, READING, MATCHING, CHECKING, READY, APPLYING):
        drop_text(found)
        audit("sheet_import_stopped", str(found.name), rows=taken_of(found))
    else:
        flash(_("It is in another state by now."), "attention")
    return _to(import_id)


@bp.post("/undo")
@writes
def undo(import_id: int) -> Response:
    """Undo an import, where nothing that it made was changed or used since. 303."""
    found = find_import(import_id)
    return _go_on(found, ask(found, UNDOING, DONE, STOPPED, undone_by=who()))


def _go_on(found: SheetImport, is_asked: bool) -> Response:
    """Have the worker do what an import was asked for, or say that it can no longer be."""
    if is_asked:
        workers.imports.start_if_needed()
    else:
        flash(_("It is in another state by now."), "attention")
    return _to(found.id)


def _to(import_id: int) -> Response:
    return go_to(url_for("imports.show", import_id=import_id))
