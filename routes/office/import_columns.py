"""Columns of an import: which field of ours each is, by hand, and remembered for the county's next such file."""

import re
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from models.imports.import_run import matched, remember, sheet_of
from models.imports.sheet_import import CHECKING, MATCHING, READY, SheetImport, ask
from models.spreadsheet.cell import column_name
from models.spreadsheet.heading import heading_in, heading_of, likely_heading
from routes.office import workers
from routes.office.import_kinds import KIND_WORDS, KINDS
from routes.office.import_page import TROUBLES, find_import, labels_of
from routes.web.access import who, writes
from routes.web.answers import go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("import_columns", __name__, url_prefix="/organiser/imports/<int:import_id>/columns")

AS_READ = ("heading", "labels", "fields")
SAMPLES = 3  # rows below the heading


@bp.get("")
@writes
def edit(import_id: int) -> Response:
    """Show the columns of an import with what stands in them, and which field each is."""
    found = find_import(import_id)
    if found.state not in (MATCHING, READY):
        return go_to(url_for("imports.show", import_id=import_id))
    return _form(found, Form(start=_start(found)))


@bp.post("")
@writes
def update(import_id: int) -> Response:
    """Keep which field each column is, or read another sheet or heading.

    Form: ``act`` (``heading``: only look at that sheet and heading), ``sheet`` (its place), ``heading`` (its row,
    or two as 2-3), ``column-0`` and so on (codes of fields, empty: not read), ``without_hidden`` (``yes``). 303;
    422 with the form.
    """
    found, form = find_import(import_id), Form(request.form)
    if found.state not in (MATCHING, READY):
        return go_to(url_for("imports.show", import_id=import_id))
    kind = KINDS[found.kind]
    sheet = form.whole("sheet", 0, len(found.sheets) - 1)
    rows = _heading(form)
    if form.value("act") == "heading" and form.ok:
        found.sheet = sheet or 0
        first, known = sheet_of(found), kind.columns()
        heading = (heading_in(first, known, rows) if rows else heading_of(first, known)) or likely_heading(first, known)
        as_read = matched(found, kind, heading)
        ask(found, MATCHING, MATCHING, READY, sheet=found.sheet, **{name: as_read[name] for name in AS_READ})
        return go_to(url_for(".edit", import_id=import_id))
    fields = {place: code for place in range(len(found.labels)) if (code := form.value(f"column-{place}"))}
    _look_at(form, found, fields)
    if not form.ok or not found.labels:
        return _form(found, form, 422)
    remember(found, found.labels, fields, who())
    without = form.value("without_hidden") == "yes"
    kept = {str(place): code for place, code in fields.items()}
    if ask(found, CHECKING, MATCHING, READY, fields=kept, without_hidden=without):
        workers.imports.start_if_needed()
    return go_to(url_for("imports.show", import_id=import_id))


def _heading(form: Form) -> tuple[int, ...]:
    """Return the numbers of the rows that head the sheet; none: they are looked for."""
    typed = form.code("heading", 10, required=False) or ""
    found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", typed)
    if typed and not found:
        form.refuse("heading", _("One row or two, such as 3 or 2-3."))
        return ()
    if not found:
        return ()
    first, last = int(found[1]), int(found[2] or found[1])
    if last - first not in (0, 1):
        form.refuse("heading", _("One row or two, such as 3 or 2-3."))
    return tuple(dict.fromkeys((first, last)))


def _look_at(form: Form, found: SheetImport, fields: dict[int, str]) -> None:
    """Refuse fields that are none, that stand twice, and a match that lacks what the kind needs."""
    kind = KINDS[found.kind]
    labels, several = labels_of(kind), {one.code for one in kind.columns() if one.many}
    for place, code in fields.items():
        if code not in labels:
            form.refuse(f"column-{place}", _("Please choose one."))
        elif code not in several and list(fields.values()).count(code) > 1:
            form.refuse(f"column-{place}", _("Two columns cannot be the same."))
    if missing := kind.missing(fields.values()):
        form.refuse("missing", _("Still missing: %(fields)s", fields=_(", ").join(_(labels[code]) for code in missing)))


def _start(found: SheetImport) -> dict[str, Any]:
    start: dict[str, Any] = {f"column-{place}": code for place, code in found.field_places.items()}
    heading = "-".join(str(number) for number in found.heading)
    return start | {"sheet": found.sheet, "heading": heading, "without_hidden": "yes" if found.without_hidden else ""}


def _form(found: SheetImport, form: Form, status: int = 200) -> Response:
    rows = sheet_of(found).rows
    below = [row for row in rows if row.number > max(found.heading or [0])][:SAMPLES]
    columns = [
        (place, column_name(place), label, [cell for row in below for cell in row.cells[place : place + 1] if cell])
        for place, label in enumerate(found.labels)
    ]
    kind = KINDS[found.kind]
    return render_page(
        "office/imports/columns.html", status=status, found=found, form=form, columns=columns, labels=labels_of(kind),
        first=rows[:6], missing=kind.missing(found.field_places.values()), kind_words=KIND_WORDS, troubles=TROUBLES,
    )  # fmt: skip
