"""Reports: the figures of many market days as a page that prints, JSON, CSV and XLSX."""

import csv
import io
import json
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.figures.breakdown import AGES, matrix
from models.figures.line import lines_of
from models.figures.report import Report, report
from models.figures.report_outward import outward_report
from models.vocabulary import code_list
from models.vocabulary.event import EVENT_TYPES
from models.vocabulary.trade import TRADES
from routes.office.market_dates import today_in
from routes.office.report_form import ROWS, ReportForm
from routes.office.report_words import TABLES, cell_words, code_of, figure_words, row_name, words_of
from routes.office.report_workbook import report_workbook
from routes.office.workbook import XLSX
from routes.web.access import audit, county, reads, reads_figures
from routes.web.cells import as_text
from routes.web.pages import render_page

MORE = ("everyone", "outside")  # asked for besides what the form asks
bp = Blueprint("reports", __name__, url_prefix="/organiser")


@bp.get("/reports")
@reads
def show() -> Response:
    """Show the report; printed on A4 it is the form that people sign.

    Query: ``from`` and ``until`` (dates; without them those of the campaign, else this year), ``campaign`` (an id),
    ``town`` (a code), ``venue``, ``type`` (of event), ``by`` (what its rows are), ``everyone`` (anything: people are
    counted once however many they are), ``outside`` (anything: for readers outside the county, so that no count of
    people below five can be read in it). 422 with the form where that makes no sense.
    """
    form = _form()
    found = _found(form)
    return render_page(
        "office/reports/show.html",
        status=200 if found else 422,
        form=form,
        rows_by=ROWS,
        found=found,
        county=county(),
        export=urlencode({name: value for name in (*form.labels, *MORE) if (value := _asked(form, name))}),
        matrix=matrix(found["groups"]) if found and not found.get("outside") else [],
        printed_at=utcnow().astimezone(county().zone()),
        words=code_list,
        kinds=EVENT_TYPES,
        trades=TRADES,
        ages=AGES,
        row_name=row_name,
        cell_words=cell_words,
        figure_words=figure_words,
    )


@bp.get("/reports.json")
@reads_figures
def as_json() -> Response:
    """Send the figures as docs/reports.md says. Query as for the page; 422 without a body."""
    found = _exported("json")
    if found is None:
        return Response(status=422)
    return Response(json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json")


@bp.get("/reports.csv")
@reads_figures
def as_csv() -> Response:
    """Send the figures line by line, as those of a summary. Query as for the page; 422 without a body."""
    found = _exported("csv")
    if found is None:
        return Response(status=422)
    by, text = found["report"]["by"], io.StringIO()
    writer = csv.writer(text)
    writer.writerow((_("Table"), _("Row"), _("Figure"), _("Value"), _("Field")))
    for line in lines_of(found, TABLES):
        writer.writerow(map(as_text, (*words_of(line, by), cell_words(line[2], line[3]), code_of(line))))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", found, "csv")


@bp.get("/reports.xlsx")
@reads_figures
def as_xlsx() -> Response:
    """Send the figures as a workbook: one sheet of totals, one for each table. Query and 422 as for CSV."""
    found = _exported("xlsx")
    return _file(report_workbook(found), XLSX, found, "xlsx") if found else Response(status=422)


def _form() -> ReportForm:
    return ReportForm(county(), today_in(county()), request.args)


def _asked(form: ReportForm, name: str) -> str:
    return form.value(name) if name in form.labels else request.args.get(name, "")


def _found(form: ReportForm) -> Report | None:
    choice = form.read()
    if choice is None:
        return None
    found = report(choice, everyone="everyone" in request.args)
    return outward_report(found) if "outside" in request.args else found


def _exported(form: str) -> Report | None:
    found = _found(_form())
    if found:
        said = found["report"]
        where = ", for outside the county" if found.get("outside") else ""
        audit("export", f"report {said['from']} – {said['until']} as {form}{where}", rows=len(found["sheets"]))
    return found


def _file(content: str | bytes, kind: str, found: Report, ending: str) -> Response:
    """Send a file whose name says which time it is about."""
    said = found["report"]
    outside = "-outside" if found.get("outside") else ""
    span = f"{said['from']}-{said['until']}{outside}.{ending}"
    named = " ".join(filter(None, (said["campaign"], said["town"])))
    name = f"{_('Reports')}{f'-{named}' if named else ''}-{span}"
    disposition = f"attachment; filename=\"report-{span}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)
