"""Workbooks: a summary as a spreadsheet for people: Chinese heads, dates that are dates, sheets that print on A4."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from models.vocabulary.code_list import TALLY_TOPICS
from routes.office.summary_words import SECTIONS, TABLES, value_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# No text becomes a formula or a link, whatever it looks like.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEAD_ROW = 2  # a title and a line about the day stand above the heads
WIDE = {"name": 30, "title": 34, "trade": 22, "group": 26, "written_off": 26, "last_contact": 19}
FIGURE_WIDTH = 13


def workbook(found: Mapping[str, Any]) -> bytes:
    """Return the figures of a summary as an XLSX file: one sheet of totals, one for each table."""
    import xlsxwriter  # a fifth of the start-up time, and few ask for a workbook

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        # Of one version every file is the same, byte for byte, whenever somebody fetches it.
        book.set_properties({"created": datetime.fromisoformat(found["as_of"]).replace(tzinfo=None)})
        pen = Pen(book, found)
        pen.sheet(_("Totals"), (_("Line"), _("Section"), _("Figure"), _("Value")), (6, 24, 40, 14), _totals(found))
        for name, (title, columns) in TABLES.items():
            if name in ("stops", "tablets") and not found.get(name):
                continue  # no caravan, or a version of before there were any; or a sheet for outside
            rows = [[_cell(column, row.get(column)) for column in columns] for row in found[name]]
            widths = [WIDE.get(column, FIGURE_WIDTH) for column in columns]
            pen.sheet(_(title), [_(words) for words in columns.values()], widths, rows)
    return content.getvalue()


def figure_at(found: Mapping[str, Any], path: str) -> Any:
    """Return the figure at a path such as ``reached.hired``."""
    outer, _dot, inner = path.partition(".")
    return found[outer][inner] if inner else found[outer]


def _totals(found: Mapping[str, Any]) -> list[list[Any]]:
    lines = [
        (_(section), _(words), figure_at(found, path))
        for section, figures in SECTIONS.items()
        for path, words in figures.items()
        if path.partition(".")[0] in found  # a version of before does not have all of them
    ]
    lines += [
        (_("Services"), _(TALLY_TOPICS[topic]) if topic in TALLY_TOPICS else topic, count)
        for topic, count in found["tallies"].items()
    ]
    return [[number, *line] for number, line in enumerate(lines, start=1)]


def _cell(column: str, value: Any) -> Any:
    """Return a cell's value: moments as the county's wall clock, hours as times of day, codes as words."""
    if column == "last_contact" and value:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    return f"{value}:00" if column == "hour" else value_words(column, value)


class Pen:
    """Writes sheets of one look into a workbook."""

    def __init__(self, book: Any, found: Mapping[str, Any]) -> None:
        self.book, self.found = book, found
        self.words = _("Statistical summary of a recruitment event")
        border = {"border": 1, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.about = book.add_format({"italic": True})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "italic": True})
        head = {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}
        self.head = book.add_format(border | head)
        self.text = book.add_format(border | {"text_wrap": True})
        self.number = book.add_format(border)
        self.day = book.add_format(border | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format(border | {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})

    def sheet(self, name: str, heads: Any, widths: Any, rows: list[list[Any]]) -> None:
        """Add a sheet: title, the day it is about, heads, rows."""
        sheet = self.book.add_worksheet(name[:31])
        last = len(heads) - 1
        sheet.merge_range(0, 0, 0, last, "", self.title)
        sheet.write_string(0, 0, f"{self.words} · {name}", self.title)
        sheet.set_row(0, 28)
        self.say_what_about(sheet)
        for column, (words, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, words, self.head)
        for number, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        self._set_up_print(sheet, last)

    def say_what_about(self, sheet: Any) -> None:
        """Write the line about the day."""
        day, version = self.found["market_day"], self.found["version"]
        sheet.write_datetime(1, 0, datetime.combine(date.fromisoformat(day["date"]), datetime.min.time()), self.date)
        said = [day["office"], day["town"], _("version %(number)s", number=version) if version else _("not closed yet")]
        if version:
            said.append(_("check code %(code)s", code=self.found["hash"][:16]))
        said.append(_("as of %(time)s", time=self.found["as_of"][:16].replace("T", " ")))
        if self.found.get("outside"):
            said.append(_("for outside the county: * stands for fewer than five people, or for what would tell it"))
        sheet.write_string(1, 2, " · ".join(said), self.about)

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), self.day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.number)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write_string(row, column, str(value), self.text)

    def _set_up_print(self, sheet: Any, last: int) -> None:
        sheet.set_paper(9)  # A4
        if last > 5:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&C&P / &N")
