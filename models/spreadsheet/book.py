"""Books: a file that somebody sent, .xlsx, .xls or CSV, as sheets of rows of text. The file is taken for hostile.

Before anything is unpacked the sizes that the file states are added up; what a member holds beyond its stated size is
never unpacked by ``zipfile``. No part may declare a document type or an entity. Formulas are not computed: a cell has
the value that was kept in the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from models.spreadsheet.cell import said

LARGEST = 3 * 1024 * 1024  # bytes of a file
MOST_ROWS = 20_000  # that say something, in all sheets
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000  # that are looked at, empty ones too
MOST_SHEETS = 20
EMPTY_ROWS = 2_000  # in a row: the sheet is over

NOT_READ, TOO_LARGE, TOO_MANY, LOCKED, UNSAFE, EMPTY = (
    "not_read", "too_large", "too_many", "locked", "unsafe", "empty",
)  # fmt: skip


class Trouble(Exception):
    """A file that cannot be taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Row(NamedTuple):
    """A row that says something: its number as the spreadsheet shows it, and the text of its cells."""

    number: int
    cells: list[str]
    is_hidden: bool = False


@dataclass
class Sheet:
    """A sheet that is not hidden. ``merged``: (first row, first column, last row, last column), columns from 0."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class Raw(NamedTuple):
    """A sheet as a library reads it: its values, row after row, and what is known of its rows."""

    name: str
    values: Iterable[Iterable[object]]
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_book(content: bytes) -> list[Sheet]:
    """Return the sheets of a file that say something. Raises Trouble."""
    if not content:
        raise Trouble(EMPTY)
    if len(content) > LARGEST:
        raise Trouble(TOO_LARGE)
    budget = _Budget()
    sheets = [sheet for raw in _raw(content) if (sheet := _read(raw, budget)).rows]
    if not sheets:
        raise Trouble(EMPTY)
    return sheets


def _raw(content: bytes) -> Iterator[Raw]:
    """Choose the reader by what the file begins with; what it is called says nothing."""
    if content.startswith(b"PK\x03\x04"):
        from models.spreadsheet.xlsx import sheets_of
    elif content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        from models.spreadsheet.xls import sheets_of
    else:
        from models.spreadsheet.csv_file import sheets_of
    return sheets_of(content)


class _Budget:
    """What is left to be read of one file."""

    def __init__(self) -> None:
        self.rows, self.cells, self.sheets = MOST_ROWS, MOST_CELLS, MOST_SHEETS

    def spend(self, cells: int) -> None:
        """Note that a row was looked at. Raises Trouble."""
        self.cells -= cells + 1
        if self.cells < 0:
            raise Trouble(TOO_MANY)

    def keep(self) -> None:
        """Note that a row is kept. Raises Trouble."""
        self.rows -= 1
        if self.rows < 0:
            raise Trouble(TOO_MANY)


def _read(raw: Raw, budget: _Budget) -> Sheet:
    sheet, empty = Sheet(raw.name, merged=list(raw.merged)), 0
    budget.sheets -= 1
    if budget.sheets < 0:
        raise Trouble(TOO_MANY)
    for number, values in enumerate(raw.values, start=1):
        values = tuple(values)
        budget.spend(len(values))
        cells = [said(value) for value in values[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > EMPTY_ROWS:
                break
            continue
        empty = 0
        budget.keep()
        sheet.rows.append(Row(number, cells, number in raw.hidden))
    _fill_down(sheet)
    return sheet


def _fill_down(sheet: Sheet) -> None:
    """Write what stands in cells merged downwards into each of their rows, as a reader takes it."""
    rows = {row.number: row.cells for row in sheet.rows}
    for top, left, bottom, right in sheet.merged:
        first = rows.get(top, [])
        if left != right or bottom == top or left >= len(first) or not first[left]:
            continue
        for number in range(top + 1, bottom + 1):
            if (cells := rows.get(number)) is not None:
                cells.extend([""] * (left + 1 - len(cells)))
                cells[left] = cells[left] or first[left]
