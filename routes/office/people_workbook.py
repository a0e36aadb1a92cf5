"""Workbooks of people: one sheet with a title, what the list is for, heads, rows, and who took it at the foot."""

import io
from collections.abc import Iterable, Sequence

from routes.office.workbook import OPTIONS

HEAD_ROW = 2


def people_workbook(
    title: str, about: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[object]]
) -> bytes:
    """Return rows as an XLSX file that prints on A4; ``heads`` are (words, width in letters). Texts stay texts."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#EEEEEE", "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        last = len(heads) - 1
        sheet.merge_range(0, 0, 0, last, "", bold)
        sheet.write_string(0, 0, title, bold)
        sheet.merge_range(1, 0, 1, last, "", book.add_format({"text_wrap": True}))
        sheet.write_string(1, 0, about, book.add_format({"text_wrap": True}))
        sheet.set_row(1, 48)
        for column, (words, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, words, head)
        for number, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, cell)
                else:
                    sheet.write_string(number, column, str(value), cell)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
    return content.getvalue()
