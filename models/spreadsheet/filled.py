"""Filled workbooks: somebody's .xlsx as a grid to look at, and the same workbook with some of its cells filled.

The file is taken for hostile, as in models/spreadsheet/book.py, and is read whole, so it may hold far less. openpyxl
keeps styles, merged cells and print set-up; it does not keep charts and pictures. Formulas stay, and are computed by
the program that opens the workbook.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from xml.etree import ElementTree

from models.spreadsheet.book import EMPTY, NOT_READ, TOO_LARGE, TOO_MANY, UNSAFE, Trouble
from models.spreadsheet.xlsx import look_at

LARGEST = 1024 * 1024  # bytes of the file
UNPACKED = 8 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 10, 200, 40  # that are shown and can be filled
MOST_MERGED = 20_000  # cells
LONGEST = 200  # letters of a cell that are shown
MACROS = "macros"
CELL = re.compile(r"[A-Z]{1,2}[1-9][0-9]{0,2}")
_DRAWN = ("xl/charts/", "xl/media/", "xl/drawings/drawing")


class Cell(NamedTuple):
    """A cell of the grid. ``may``: whether it can be filled: a formula cannot."""

    at: str
    text: str
    may: bool
    columns: int = 1
    rows: int = 1


class Grid(NamedTuple):
    """A sheet as far as it says something; cells hidden by a merged one are not in it."""

    name: str
    rows: list[list[Cell]]


def grids_of(content: bytes) -> list[Grid]:
    """Return the visible sheets of a workbook. Raises Trouble."""
    grids = [_grid(sheet) for sheet in _opened(content).worksheets[:MOST_SHEETS] if sheet.sheet_state == "visible"]
    if not any(grid.rows for grid in grids):
        raise Trouble(EMPTY)
    return [grid for grid in grids if grid.rows]


def loses_pictures(content: bytes) -> bool:
    """Say whether a workbook holds charts or pictures, which a filled one does not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.startswith(_DRAWN) for name in archive.namelist())


def filled(content: bytes, values: Mapping[tuple[str, str], object]) -> bytes:
    """Return a workbook with values in some cells, by sheet and cell. Text stays text. Raises Trouble.

    What is not there any more is passed over: the file was replaced since.
    """
    book = _opened(content)
    for (name, at), value in values.items():
        if name in book.sheetnames and CELL.fullmatch(at) and _may(cell := book[name][at]):
            _write(cell, value)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _write(cell: Any, value: object) -> None:
    if isinstance(value, int | float | date):
        cell.value = value
    else:
        cell.value = "" if value is None else str(value)
        cell.data_type = "s"  # also where it begins with =


def _opened(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise Trouble(TOO_LARGE)
    look_at(content, UNPACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at_parts(archive)
        import openpyxl  # 80 ms and 12 MB

        return openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except Trouble:
        raise
    except Exception as error:  # of a damaged file it raises whatever comes
        raise Trouble(NOT_READ) from error


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    """Refuse programs, and merged cells that would be made one by one without end."""
    from openpyxl.utils import range_boundaries

    names = [name.lower() for name in archive.namelist()]
    if any("vbaproject" in name or "macrosheets/" in name or "activex" in name for name in names):
        raise Trouble(MACROS)
    if any("/embeddings/" in name for name in names):
        raise Trouble(UNSAFE)
    merged = 0
    for name in archive.namelist():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            for _event, node in ElementTree.iterparse(io.BytesIO(archive.read(name))):
                if node.tag.rpartition("}")[2] == "mergeCell":
                    left, top, right, bottom = range_boundaries(node.get("ref", ""))
                    merged += (right - left + 1) * (bottom - top + 1)
                    if merged > MOST_MERGED:
                        raise Trouble(TOO_MANY)


def _may(cell: Any) -> bool:
    from openpyxl.cell.cell import MergedCell

    return not isinstance(cell, MergedCell) and cell.data_type != "f"


def _text(value: object) -> str:
    return "" if value is None else f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)[:LONGEST]


def _grid(sheet: Any) -> Grid:
    from openpyxl.cell.cell import MergedCell

    spans = {(area.min_row, area.min_col): (area.size["columns"], area.size["rows"]) for area in sheet.merged_cells}
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    rows = []
    for row in sheet.iter_rows(min_row=1, max_row=last_row, max_col=last_column):
        cells = []
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            columns, lines = spans.get((cell.row, cell.column), (1, 1))
            columns, lines = min(columns, last_column - cell.column + 1), min(lines, last_row - cell.row + 1)
            cells.append(Cell(cell.coordinate, _text(cell.value), _may(cell), columns, lines))
        rows.append(cells)
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    return Grid(sheet.title, rows)
