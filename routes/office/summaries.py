"""Summaries: the attendance figures of a market day as a page that prints, JSON, CSV and XLSX."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify
from flask_babel import gettext as _

from models.figures.breakdown import AGES, matrix
from models.figures.shapes import Figures
from models.figures.summary import figures
from models.market.campaign import Campaign
from models.market.planning import market_days_of
from models.vocabulary import code_list
from models.vocabulary.code_list import N_
from models.vocabulary.trade import TRADES
from routes.web.access import audit, county, find_market_day, reads
from routes.web.pages import render_page

bp = Blueprint("summaries", __name__, url_prefix="/organiser")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = {
    "booths": N_("Booths"),
    "vacancies": N_("Vacancies"),
    "hours": N_("Hours"),
    "tablets": N_("Tablets"),
    "trades": N_("Trades"),
    "groups": N_("Key groups"),
}


@bp.get("/market-days.json")
@reads
def index() -> Response:
    """List the county's market days as ``[{id, date, town}]``, the newest first."""
    days = market_days_of(county())
    return jsonify([{"id": d.id, "date": d.date.isoformat(), "town": d.town_name} for d in days])


@bp.get("/market-days/<int:market_day_id>/summary")
@reads
def show(market_day_id: int) -> Response:
    """Show the summary; printed on A4 it is the form that people sign."""
    day = find_market_day(market_day_id)
    campaign = Campaign.get_or_none(id=day.campaign_id)
    found = figures(day)
    return render_page(
        "office/summaries/show.html", day=day, campaign=campaign, figures=found, matrix=matrix(found["groups"]),
        words=code_list, trades=TRADES, ages=AGES,
    )  # fmt: skip


@bp.get("/market-days/<int:market_day_id>/summary.json")
@reads
def as_json(market_day_id: int) -> Response:
    """Send the figures as docs/protocol.md shows them."""
    found = _exported(market_day_id, "json")
    return Response(json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/json")


@bp.get("/market-days/<int:market_day_id>/summary.csv")
@reads
def as_csv(market_day_id: int) -> Response:
    """Send the figures as lines of (table, row, figure, value); spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("table", "row", "figure", "value"))
    writer.writerows(map(_as_text, flat(_exported(market_day_id, "csv"))))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", market_day_id, "csv")


@bp.get("/market-days/<int:market_day_id>/summary.xlsx")
@reads
def as_xlsx(market_day_id: int) -> Response:
    """Send the figures as a workbook: one sheet of totals, one for each table."""
    import xlsxwriter  # a fifth of the start-up time, and few ask for a workbook

    found: dict[str, Any] = {**_exported(market_day_id, "xlsx")}
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        totals = [row[1:] for row in flat(found) if row[0] == "totals"]
        _sheet(workbook, _("Totals"), [("row", "figure", "value"), *totals])
        for name, words in TABLES.items():
            rows = found[name]
            head = list(rows[0]) if rows else []
            _sheet(workbook, _(words), [head, *([row[key] for key in head] for row in rows)])
    return _file(content.getvalue(), XLSX, market_day_id, "xlsx")


def flat(found: Mapping[str, Any]) -> list[tuple[str, str, str, object]]:
    """Return the figures as (table, row, figure, value) lines, each figure once."""
    lines: list[tuple[str, str, str, object]] = []
    for name, value in found.items():
        if name in TABLES:
            for row in value:
                key, *rest = row.items()
                lines += [(name, str(key[1]), figure, amount) for figure, amount in rest]
        elif isinstance(value, dict):
            lines += [("totals", name, figure, amount) for figure, amount in value.items()]
        else:
            lines.append(("totals", "", name, value))
    return lines


def _as_text(line: tuple) -> list[object]:
    """Return a line in which a spreadsheet takes no text for a formula."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell for cell in line]


def _exported(market_day_id: int, form: str) -> Figures:
    day = find_market_day(market_day_id)
    audit("export", f"summary of market day {day.id} as {form}")
    return figures(day)


def _sheet(workbook: Any, name: str, rows: list) -> None:
    sheet = workbook.add_worksheet(name[:31])
    bold = workbook.add_format({"bold": True})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _file(content: str | bytes, kind: str, market_day_id: int, ending: str) -> Response:
    name = f"market-day-{market_day_id}-summary.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)
