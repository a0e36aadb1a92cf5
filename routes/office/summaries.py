"""Summaries: the attendance figures of a market day as a page that prints, JSON, CSV and XLSX."""

import csv
import io
import json
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, jsonify, request
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.figures.breakdown import AGES, matrix
from models.figures.line import lines_of
from models.figures.outward import outward
from models.figures.shapes import DayShape
from models.figures.version import changes_by, changes_since, sheet, sheet_of, since
from models.market.closing import Closing
from models.market.life import states_of
from models.market.market_day import MarketDay
from models.market.planning import market_days_of
from models.market.signing import Signing
from models.vocabulary import code_list, event
from models.vocabulary.trade import TRADES
from routes.office.summary_words import changes_in_words, code_of, value_words, words_of
from routes.office.summary_workbook import summary_workbook
from routes.office.workbook import XLSX
from routes.web.access import audit, county, find_market_day, reads, reads_figures, towns
from routes.web.cells import as_text
from routes.web.pages import render_page

bp = Blueprint("summaries", __name__, url_prefix="/organiser")

OPEN = "open"  # in the place of a version: the count of this moment, though the day is closed


@bp.get("/market-days.json")
@reads_figures
def index() -> Response:
    """List the county's market days as ``[{id, date, town, cancelled, state}]``, the newest first.

    ``cancelled`` is why a day was not held: such a day counts as none. Empty of one that was. ``state``: see
    models/market/life.py.
    """
    days = market_days_of(county(), towns())
    states = states_of(days)
    return jsonify([
        {
            "id": d.id, "date": d.date.isoformat(), "town": d.town_name, "cancelled": d.cancelled_why,
            "state": states[d.id],
        } for d in days
    ])  # fmt: skip


@bp.get("/market-days/<int:market_day_id>/summary")
@reads
def show(market_day_id: int) -> Response:
    """Show the summary; printed on A4 it is the form that people sign.

    Query: ``version`` (a number: as it was closed then; ``open``: as it would be counted now), else the version that
    holds, or of a day that is open what is counted now. 404 for a version that there is not.
    """
    day = find_market_day(market_day_id)
    closing, found = _asked(day)
    latest = closing and Closing.latest(day)
    before = Closing.of_version(day, closing.version - 1) if closing and closing.version > 1 else None
    return render_page(
        "office/summaries/show.html",
        day=day,
        figures=_whole(found),
        on=date.fromisoformat(found["market_day"]["date"]),
        closing=closing,
        signing=Signing.of_day(day).get(closing.version) if closing else None,
        latest=latest,
        changed=changes_in_words(changes_by(closing, before)) if closing else [],
        came=since(closing) if closing and closing == latest else None,
        apart=changes_in_words(changes_since(closing)) if closing and closing == latest else [],
        matrix=matrix(found["groups"]),
        printed_at=utcnow().astimezone(county().zone()),
        words=code_list,
        kinds=event,
        trades=TRADES,
        ages=AGES,
    )


@bp.get("/market-days/<int:market_day_id>/summary.json")
@reads_figures
def as_json(market_day_id: int) -> Response:
    """Send the figures as docs/protocol.md shows them. Query: ``version`` as for the page; ``outside``.

    With ``outside=1`` the file is for readers outside the county: no count of people below five can be read in it. 404
    of a day that is not closed.
    """
    _day, found = _exported(market_day_id, "json")
    return Response(json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json")


@bp.get("/market-days/<int:market_day_id>/summary.csv")
@reads_figures
def as_csv(market_day_id: int) -> Response:
    """Send the figures line by line: table, row, figure, value, and what summary.json calls it.

    Spreadsheets read it as UTF-8. Query: ``version`` and ``outside`` as for JSON.
    """
    day, found = _exported(market_day_id, "csv")
    found.pop("since", None)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((_("Table"), _("Row"), _("Figure"), _("Value"), _("Field")))
    for line in lines_of(found):
        writer.writerow(map(as_text, (*words_of(line), value_words(line[2], line[3]), code_of(line))))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", day, found, "csv")


@bp.get("/market-days/<int:market_day_id>/summary.xlsx")
@reads_figures
def as_xlsx(market_day_id: int) -> Response:
    """Send the figures as a workbook: one sheet of totals, one for each table. Query as for JSON."""
    day, found = _exported(market_day_id, "xlsx")
    return _file(summary_workbook(found), XLSX, day, found, "xlsx")


def _asked(day: MarketDay) -> tuple[Closing | None, dict[str, Any]]:
    """Return the closing that was asked for, None of an open day, and its figures. 404 where there is none."""
    asked = request.args.get("version", "")
    if asked == OPEN:
        return None, sheet(day, 0) or {}
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    if asked and number is None:
        abort(404)
    closing = Closing.latest(day) if number is None else Closing.of_version(day, number)
    if closing is None and number is not None:
        abort(404)
    return closing, sheet_of(closing) if closing else sheet(day, 0) or {}


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """Return figures with nothing where a version of before does not say something of its day."""
    head = dict.fromkeys(DayShape.__annotations__) | found["market_day"]
    return found | {"market_day": head, "stops": found.get("stops", [])}


def _exported(market_day_id: int, form: str) -> tuple[MarketDay, dict[str, Any]]:
    day = find_market_day(market_day_id)
    closing, found = _asked(day)
    if request.args.get("outside"):
        if not closing:
            abort(404)
        audit("export", f"summary of market day {day.id} as {form}, for outside the county")
        return day, outward(found)
    audit("export", f"summary of market day {day.id} as {form}")
    return day, found | {"since": since(closing)} if closing else found


def _file(content: str | bytes, kind: str, day: MarketDay, found: dict[str, Any], ending: str) -> Response:
    """Send a file whose name says which day and which version it is of."""
    said = found["market_day"]
    version = (f"-v{found['version']}" if found["version"] else "") + ("-outside" if found.get("outside") else "")
    name = f"{_('Attendance summary')}-{said['date']}-{said['town']}{version}.{ending}"
    plain = f"market-day-{said['date']}-{day.id}{version}.{ending}"  # for what does not read names of UTF-8
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)
