"""Workbooks of reports: in the looks of a summary's, with what the report is about above each table."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from models.figures.report import Report
from models.vocabulary.code_list import N_
from routes.office.report_words import SECTIONS, TABLES, cell_words, figure_at, figure_words, row_name
from routes.office.summary_workbook import FIGURE_WIDTH, WIDE
from routes.office.workbook import Sheet, workbook

WIDTHS = WIDE | {"row": 24, "figure": 36, "venue": 24, "event_type": 24, "town": 18, "state": 20, "date": 13}


def report_workbook(found: Report) -> bytes:
    """Return the figures of a report as an XLSX file: one sheet of totals, one for each table that has rows."""
    return workbook(_sheets(found), datetime.fromisoformat(found["as_of"]))


def _sheets(found: Report) -> Iterator[Sheet]:
    heads = [(_("Line"), 6), (_("Section"), 24), (_("Figure"), 44), (_("Value"), 14)]
    yield _sheet(found, _("Totals"), heads, _totals(found))
    for name, (title, columns) in TABLES.items():
        if found[name]:
            shown = [column for column in columns if column != "name"]
            rows = [[_cell(name, column, row, found) for column in shown] for row in found[name]]
            heads = [(_(columns[column]), WIDTHS.get(column, FIGURE_WIDTH)) for column in shown]
            yield _sheet(found, _(title), heads, rows)


def _sheet(found: Report, name: str, heads: list[tuple[str, int]], rows: list[list[Any]]) -> Sheet:
    """Return a sheet that says whose it is, which time it is about and when it was counted."""
    said = found["report"]
    about = [said["office"], f"{said['from']} – {said['until']}", said["campaign"], said["town"]]
    about += [_("check code %(code)s", code=found["hash"][:16])]
    about += [_("as of %(time)s", time=found["as_of"][:16].replace("T", " "))]
    if found.get("outside"):
        about.append(_("for outside the county: * stands for fewer than five people, or for what would tell it"))
    title = f"{_('Statistical report of recruitment events')} · {name}"
    return Sheet(name, title, " · ".join(filter(None, about)), heads, rows)


def _totals(found: Report) -> list[list[Any]]:
    lines = [
        (_(section), _(words), figure_at(found, path))
        for section, figures in SECTIONS.items()
        for path, words in figures.items()
    ]
    if "other" in found["tallies"]:
        lines.append((_(N_("Services")), _("Others"), found["tallies"]["other"]))
    return [[number, *line] for number, line in enumerate(lines, start=1)]


def _cell(table: str, column: str, row: dict[str, Any], found: Report) -> Any:
    """Return a cell's value: dates as dates, codes as words, a row by its name."""
    value: Any = row.get(column)
    if column == "row" and table == "rows":
        return row_name(row, found["report"]["by"])
    if column == "figure":
        return figure_words(value)
    if column == "date":
        return date.fromisoformat(value)
    if table == "progress" and column == "venue" and not value:
        return _("All venues")
    return f"{value}:00" if column == "hour" else cell_words(column, value)
