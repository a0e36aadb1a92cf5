"""Superior's forms: a bureau's own workbook is kept, its cells named once, and it is filled for any day or period."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from models.figures.form_figure import (
    LONGEST_SPAN,
    figure_paths,
    sheet_for,
    sheets_between,
    values_of,
)
from models.market.market_day import MarketDay
from models.market.planning import market_days_of
from models.market.signing import versions_of
from models.market.superior_form import SuperiorForm, forms_of, name_cells, named_in
from models.spreadsheet.book import Trouble
from models.spreadsheet.filled import LARGEST, Grid, filled, grids_of, loses_pictures
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.office.superior_form_words import figure_words, figures_by_section, suggestions
from routes.office.workbook import XLSX
from routes.web.access import audit, county, find_market_day, reads, who, writes
from routes.web.answers import go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("superior_forms", __name__, url_prefix="/organiser/superior-forms")

LONGEST_NAME = 100  # letters
MOST_CHOICES = 60  # market days to choose from
TROUBLES = {
    "not_read": N_("No workbook that we can read: please save it as .xlsx in Excel or WPS, and try again."),
    "too_large": N_("The workbook is too large: at most 1 MB, and 8 MB once it is unpacked."),
    "too_many": N_("The workbook merges too many cells. Please take merged cells apart where nothing is written."),
    "unsafe": N_("The file holds what no spreadsheet needs. Save it anew in Excel or WPS, and try again."),
    "macros": N_("The workbook holds macros, which are programs. Please save it as .xlsx without macros."),
    "empty": N_("There is nothing in the file."),
}


@bp.get("")
@reads
def index() -> Response:
    """List the county's forms, with the form that keeps another."""
    return _index(Form())


@bp.post("")
@writes
def create() -> Response:
    """Keep a workbook. Form: ``file`` (.xlsx). 303 to its cells; 422 with the form."""
    form = Form(request.form)
    content = _file(form)
    if content is None:
        return _index(form, 422)
    name = _name_of(request.files.get("file"))
    made = SuperiorForm.create(county=county(), name=name, size=len(content), content=content, made_by=who())
    return go_to(url_for(".show", form_id=made.id))


@bp.get("/<int:form_id>")
@reads
def show(form_id: int) -> Response:
    """Show a form's sheets as grids, and one cell with the figures to choose from. Query: ``sheet`` and ``cell``."""
    return _page(find_form(form_id), Form())


@bp.post("/<int:form_id>")
@writes
def update(form_id: int) -> Response:
    """Put another workbook in a form's place; names of cells stay. Form: ``file``. 303; 422 with the page."""
    found, form = find_form(form_id), Form(request.form)
    content = _file(form)
    if content is None:
        return _page(found, form, 422)
    found.content, found.size = content, len(content)
    found.save()
    flash(_("The workbook was replaced. The cells keep their names."), "success")
    return go_to(url_for(".show", form_id=found.id))


@bp.post("/<int:form_id>/cells")
@writes
def name_cell(form_id: int) -> Response:
    """Say which figure belongs into a cell. Form: ``sheet``, ``cell``, ``figure`` (none: it has none). 303; 404."""
    found, form = find_form(form_id), Form(request.form)
    sheet, cell, figure = form.value("sheet"), form.value("cell"), form.value("figure")
    if figure and figure not in figure_paths():
        abort(404)
    rows = next((grid.rows for grid in _grids(found) if grid.name == sheet), [])
    if not any(one.may and one.at == cell for row in rows for one in row):
        abort(404)
    name_cells(found, {(sheet, cell): figure})
    return go_to(url_for(".show", form_id=found.id, sheet=sheet, _anchor="grid"))


@bp.post("/<int:form_id>/suggestions")
@writes
def suggest(form_id: int) -> Response:
    """Name all empty cells whose labels say what belongs there; what has a name keeps it. 303."""
    found = find_form(form_id)
    named = named_in(found)
    new = {at: figure for at, figure in suggestions(_grids(found)).items() if at not in named}
    name_cells(found, new)
    said = _("%(count)s cells were named. Please look at each: a label can mean something else.", count=len(new))
    flash(said, "success")
    return go_to(url_for(".show", form_id=found.id, _anchor="grid"))


@bp.post("/<int:form_id>/names/delete")
@writes
def forget_names(form_id: int) -> Response:
    """Take the names of all cells away. 303."""
    found = find_form(form_id)
    name_cells(found, dict.fromkeys(named_in(found), ""))
    flash(_("No cell has a name now."), "success")
    return go_to(url_for(".show", form_id=found.id))


@bp.post("/<int:form_id>/delete")
@writes
def destroy(form_id: int) -> Response:
    """Take a form away, with the names of its cells. 303."""
    find_form(form_id).delete_instance()
    flash(_("The form is taken away."), "success")
    return go_to(url_for(".index"))


@bp.get("/<int:form_id>/filled.xlsx")
@reads
def fill(form_id: int) -> Response:
    """Send the workbook with its named cells filled.

    Query: ``day`` (a market day's id) and perhaps ``outside``, for readers outside the county, of a closed day; or
    ``from`` and ``until`` (dates): the sums of the market days held. 422 with the page where that makes no sense.
    """
    found, form = find_form(form_id), Form(request.args)
    named = named_in(found)
    if not named:
        form.refuse("day", _("No cell has a name yet."))
    about, sheets = _sheets(form) if form.ok else ("", [])
    if not form.ok:
        return _page(found, form, 422)
    values = values_of(named.values(), sheets)
    try:
        content = filled(bytes(found.content), {at: values[figure] for at, figure in named.items()})
    except Trouble as error:
        form.refuse("day", _(TROUBLES[error.code]))
        return _page(found, form, 422)
    audit("export", f"superior form {found.id}, {about}", rows=len(named))
    name = f"{found.name}-{about}.xlsx"
    headers = {"Content-Disposition": f"attachment; filename=\"form-{found.id}.xlsx\"; filename*=UTF-8''{quote(name)}",
               "Cache-Control": "no-store"}  # fmt: skip
    return Response(content, mimetype=XLSX, headers=headers)


def find_form(form_id: int) -> SuperiorForm:
    """Return a form of the asker's county, or 404."""
    return SuperiorForm.get_or_none(id=form_id, county=county()) or abort(404)


def _sheets(form: Form) -> tuple[str, list[dict[str, Any]]]:
    """Return what is to be filled in, in words for the file's name, and the figures of its market days."""
    if asked := form.value("day"):
        day = find_market_day(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0)
        one = sheet_for(day, bool(form.value("outside")))
        if one is None:
            form.refuse("outside", _("Only what is closed leaves the county."))
            return "", []
        return f"{day.date}-{day.town_name}", [one]
    start, end = form.date("from"), form.date("until")
    if start and end and not start <= end < start + timedelta(days=LONGEST_SPAN):
        form.refuse("until", _("Please choose a date after the first, of a year at most."))
    if not form.ok or not start or not end:
        return "", []
    sheets = list(sheets_between(county(), start, end))
    if not sheets:
        form.refuse("until", _("No market day was held in this time."))
    return f"{start}-{end}", sheets


def _file(form: Form) -> bytes | None:
    """Return the workbook that was sent, or None after noting what is wrong with it."""
    file = request.files.get("file")
    content = file.read(LARGEST + 1) if file else b""
    if not content:
        form.refuse("file", _("Please choose a file."))
        return None
    try:
        grids_of(content)
    except Trouble as error:
        form.refuse("file", _(TROUBLES.get(error.code, TROUBLES["not_read"])))
        return None
    if loses_pictures(content):
        flash(_("Charts and pictures of this workbook will not be in the filled one."), "attention")
    return content


def _name_of(file: FileStorage | None) -> str:
    name = str(file.filename if file else "").replace("\\", "/").rpartition("/")[2].strip()
    return name.removesuffix(".xlsx")[:LONGEST_NAME].strip() or _("without a name")


def _grids(found: SuperiorForm) -> list[Grid]:
    return grids_of(bytes(found.content))


def _index(form: Form, status: int = 200) -> Response:
    return render_page("office/superior_forms/index.html", status=status, form=form, forms=forms_of(county()))


def _page(found: SuperiorForm, form: Form, status: int = 200) -> Response:
    grids = _grids(found)
    grid = next((one for one in grids if one.name == request.args.get("sheet")), grids[0])
    named, proposed = named_in(found), suggestions(grids)
    cell = next((one for row in grid.rows for one in row if one.may and one.at == request.args.get("cell")), None)
    at = (grid.name, cell.at) if cell else ("", "")
    return render_page(
        "office/superior_forms/show.html", status=status, found=found, form=form, grids=grids, grid=grid, cell=cell,
        words={key: figure_words(figure) for key, figure in named.items()}, chosen=named.get(at, ""),
        proposed=proposed.get(at, ""), proposed_words=figure_words(proposed[at]) if at in proposed else "",
        sections=figures_by_section() if cell else [], unnamed=sum(key not in named for key in proposed),
        days=_days(),
    )  # fmt: skip


def _days() -> list[tuple[MarketDay, bool]]:
    """Return the market days that have been held lately, each with whether it is closed."""
    today: date = today_in(county())
    days = [day for day in market_days_of(county()) if day.date <= today and not day.is_cancelled and day.published_at]
    closed = versions_of([day.id for day in days[:MOST_CHOICES]])
    return [(day, day.id in closed) for day in days[:MOST_CHOICES]]
