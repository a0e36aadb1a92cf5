"""Imports: a spreadsheet is taken in, looked at, and kept only when somebody says so."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.imports.sheet_import import MATCHING, SheetImport, imports_of
from models.imports.sheet_row import hidden_of, kept_back, taken_of
from models.spreadsheet.book import LARGEST
from models.vocabulary.code_list import N_
from routes.office import workers
from routes.office.import_kinds import KIND_WORDS, KINDS
from routes.office.import_page import STATE_WORDS, TROUBLES, WHYS, find_import, shown_rows
from routes.office.import_template import template_of
from routes.office.workbook import XLSX
from routes.web.access import audit, county, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("imports", __name__, url_prefix="/organiser/imports")

TOO_LARGE = TROUBLES["too_large"]
LONGEST_NAME = 100  # letters of a file's name
PACE = 2  # seconds between two looks at how far it is
TEMPLATE_NAMES = {"employers": N_("Employers, template"), "vacancies": N_("Vacancies, template"),
                  "operators": N_("Operators, template")}  # fmt: skip


@bp.get("")
@writes
def index() -> Response:
    """Show the form for a file, the templates, and what was taken in before."""
    return _index(Form(start={"kind": request.args.get("kind", "")}))


@bp.post("")
@writes
def create() -> Response:
    """Take a file; it is read in a process of its own. Form: ``kind``, ``file``. 303 to its page; 422 with the form."""
    form, file = Form(request.form), request.files.get("file")
    kind = form.choice("kind", KINDS)
    content = file.read(LARGEST + 1) if file else b""
    if not content:
        form.refuse("file", _("Please choose a file."))
    elif len(content) > LARGEST:
        form.refuse("file", _(TOO_LARGE))
    if not form.ok:
        return _index(form, 422)
    name = str(file.filename if file else "")[-LONGEST_NAME:].strip() or _("without a name")
    found = SheetImport.create(
        county=county(), kind=kind, name=name, size=len(content), content=content, made_by=who()
    )
    workers.imports.start_if_needed()
    return go_to(url_for(".show", import_id=found.id))


@bp.get("/<int:import_id>")
@writes
def show(import_id: int) -> Response:
    """Show how far an import is, what it would change, every faulty row, or what became of it.

    Query: ``show`` (``faulty``, ``new``, ``changed``, ``unchanged``), ``page``. 303 to its columns where a person has
    to match them.
    """
    found = find_import(import_id)
    if found.is_working:
        workers.imports.start_if_needed()
    if found.state == MATCHING:
        return go_to(url_for("import_columns.edit", import_id=found.id))
    return render_page(
        "office/imports/show.html",
        block=block_for_htmx("progress") if request.headers.get("HX-Target") == "progress" else None,
        found=found, rows=shown_rows(found, request.args), state=STATE_WORDS[found.state], troubles=TROUBLES,
        kind_words=KIND_WORDS, hidden=hidden_of(found),
        kept=[(row.number, row.name, WHYS[row.why]) for row in kept_back(found)], taken=taken_of(found), pace=PACE,
    )  # fmt: skip


@bp.get("/template.xlsx")
@writes
def template() -> Response:
    """Return an empty list to fill in, as a workbook with drop-downs. Query: ``kind``. 404 for another kind."""
    kind = request.args.get("kind", "")
    if kind not in TEMPLATE_NAMES:
        abort(404)
    name = f"{_(TEMPLATE_NAMES[kind])}.xlsx"
    answer = Response(template_of(kind, county()), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"  # headers are ASCII
    return answer


@bp.post("/<int:import_id>/delete")
@writes
def destroy(import_id: int) -> Response:
    """Take an import away of which nothing was kept, with all that it holds. 303; 409 of one that was kept."""
    found = find_import(import_id)
    if found.applied_at or found.is_working:
        flash(_("It was taken in: it can be undone, and stays in this list."), "attention")
        return _index(Form(start={}), 409)
    found.delete_instance()
    audit("sheet_import_dropped", str(found.name))
    flash(_("The file is taken away. Nothing of it was kept."), "success")
    return go_to(url_for(".index"))


def _index(form: Form, status: int = 200) -> Response:
    return render_page(
        "office/imports/index.html", status=status, form=form, imports=imports_of(county()), kinds=KIND_WORDS,
        states=STATE_WORDS,
    )  # fmt: skip
