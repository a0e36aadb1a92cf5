"""Workbooks: every spreadsheet that leaves the office looks like this one. Title, what it is about, heads, rows; on A4.

Readers get words in their language, dates that are dates and numbers that are numbers. No text becomes a formula or a
link, whatever it looks like.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import Response

from routes.web.cells import as_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEAD_ROW = 2  # a title and a line about the sheet stand above the heads
UPRIGHT = 90  # letters that an upright page holds; a wider sheet lies
_LINE = 16  # points


class Sheet(NamedTuple):
    """A sheet: ``heads`` are (words, width in letters). ``about`` stands below the title, behind the date ``on``."""

    name: str
    title: str
    about: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[object]]
    on: date | None = None


def workbook(sheets: Iterable[Sheet], made_at: datetime | None = None) -> bytes:
    """Return sheets as an XLSX file. ``made_at``: so that two files of the same figures are the same, byte for byte."""
    import xlsxwriter  # a fifth of the start-up time, and few ask for a workbook

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        if made_at:
            book.set_properties({"created": made_at.replace(tzinfo=None)})
        pen = _Pen(book)
        for sheet in sheets:
            pen.write(sheet)
    return content.getvalue()


def xlsx_answer(sheet: Sheet, name: str) -> Response:
    """Send a workbook of one sheet. ``name``: of the file, plain letters without an ending."""
    return _answer(workbook([sheet]), XLSX, f"{name}.xlsx")


def csv_answer(lines: Iterable[Iterable[object]], name: str) -> Response:
    """Send lines as CSV that spreadsheets read as UTF-8; no text in it is a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([as_text(cell) for cell in line] for line in lines)
    return _answer("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def _answer(content: bytes | str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=kind, headers=headers)


class _Pen:
    """Writes sheets of one look into a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        border = {"border": 1, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.about = book.add_format({"italic": True, "text_wrap": True, "valign": "vcenter"})
        self.line = book.add_format({"italic": True})
        self.on = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "italic": True})
        head = {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}
        self.head = book.add_format(border | head)
        self.text = book.add_format(border | {"text_wrap": True})
        self.number = book.add_format(border)
        self.date = book.add_format(border | {"num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format(border | {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})

    def write(self, page: Sheet) -> None:
        """Add a sheet."""
        sheet = self.book.add_worksheet(page.name[:31])
        last, width = len(page.heads) - 1, sum(width for _words, width in page.heads)
        self._wide(sheet, 0, last, page.title, self.title)
        sheet.set_row(0, 28)
        if page.on:
            sheet.write_datetime(1, 0, datetime.combine(page.on, datetime.min.time()), self.on)
            sheet.write_string(1, 2, page.about, self.line)
        else:
            self._wide(sheet, 1, last, page.about, self.about)
            lines = -(-sum(1 if letter.isascii() else 2 for letter in page.about) // width)
            sheet.set_row(1, _LINE * max(1, lines))
        for column, (words, letters) in enumerate(page.heads):
            sheet.set_column(column, column, letters)
            sheet.write_string(HEAD_ROW, column, words, self.head)
        for number, row in enumerate(page.rows, start=HEAD_ROW + 1):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.set_paper(9)  # A4
        if last > 5 or width > UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&C&P / &N")

    def _wide(self, sheet: Any, row: int, last: int, words: str, look: Any) -> None:
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, words, look)

    def _cell(self, sheet: Any, row: int, column: int, value: object) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.date)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.number)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write_string(row, column, str(value), self.text)
