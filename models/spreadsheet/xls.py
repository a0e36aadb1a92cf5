"""Workbooks of Excel and WPS before 2007 (.xls), by xlrd, which computes nothing and runs nothing."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.spreadsheet.book import LOCKED, MOST_CELLS, NOT_READ, TOO_MANY, Raw, Trouble

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def sheets_of(content: bytes) -> Iterator[Raw]:
    """Yield the sheets of a workbook that are not hidden. Raises Trouble."""
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
        raise Trouble(LOCKED)  # an .xlsx with a password stands in such a file
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # of a damaged file it raises whatever comes
        raise Trouble(LOCKED if "encrypted" in str(error).lower() else NOT_READ) from error
    for sheet in book.sheets():
        if sheet.visibility == 0:
            yield _sheet(book, sheet)


def _sheet(book: Any, sheet: Any) -> Raw:
    if sheet.nrows * max(sheet.ncols, 1) > MOST_CELLS:
        raise Trouble(TOO_MANY)
    hidden = frozenset(number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden)
    merged = tuple((top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return Raw(sheet.name, _values(book, sheet), hidden, merged)


def _values(book: Any, sheet: Any) -> Iterator[list[object]]:
    for number in range(sheet.nrows):
        yield [_value(book, cell) for cell in sheet.row(number)]


def _value(book: Any, cell: Any) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return _ERRORS.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            found: datetime = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return float(cell.value)
        return found.time() if cell.value < 1 else found
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value
