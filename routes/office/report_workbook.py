"""Workbooks of reports: in the looks of a summary's, with what the report is about above each table."""

import io
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from models.figures.report import Report
from models.vocabulary.code_list import N_
from routes.office.report_words import SECTIONS, TABLES, cell_words, figure_at, figure_words, row_name
from routes.office.workbook import FIGURE_WIDTH, OPTIONS, WIDE, Pen

WIDTHS = WIDE | {"row": 24, "figure": 36, "venue": 24, "event_type": 24, "town": 18, "state": 20, "date": 13}


class ReportPen(Pen):
    """Writes sheets of a report."""

    def __init__(self, book: Any, found: Report) -> None:
        super().__init__(book, found)
        self.words = _("Statistical report of recruitment events")

    def say_what_about(self, sheet: Any) -> None:
        """Write the line about the county, the time and the moment of the count."""
        said = self.found["report"]
        about = [said["office"], f"{said['from']} – {said['until']}", said["campaign"], said["town"]]
        about += [_("check code %(code)s", code=self.found["hash"][:16])]
        about += [_("as of %(time)s", time=self.found["as_of"][:16].replace("T", " "))]
        if self.found.get("outside"):
            about.append(_("for outside the county: * stands for fewer than five people, or for what would tell it"))
        sheet.write_string(1, 0, " · ".join(filter(None, about)), self.about)


def report_workbook(found: Report) -> bytes:
    """Return the figures of a report as an XLSX file: one sheet of totals, one for each table that has rows."""
    import xlsxwriter  # a fifth of the start-up time, and few ask for a workbook

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"created": datetime.fromisoformat(found["as_of"]).replace(tzinfo=None)})
        pen = ReportPen(book, found)
        pen.sheet(_("Totals"), (_("Line"), _("Section"), _("Figure"), _("Value")), (6, 24, 44, 14), _totals(found))
        for name, (title, columns) in TABLES.items():
            if found[name]:
                shown = [column for column in columns if column != "name"]
                rows = [[_cell(name, column, row, found) for column in shown] for row in found[name]]
                widths = [WIDTHS.get(column, FIGURE_WIDTH) for column in shown]
                pen.sheet(_(title), [_(columns[column]) for column in shown], widths, rows)
    return content.getvalue()


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
