"""Sheet rows: a row of a spreadsheet, what it is to us, and what became of it."""

from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch
from models.imports.sheet_import import JsonField, SheetImport

READ, ABOVE, PASSED_OVER = "read", "above", "passed_over"  # besides the states of import_kind.py


class SheetRow(BaseModel):
    """A row, by its sheet and the number that the spreadsheet shows. ``why``: why an undo stopped at it."""

    id: int
    sheet_import_id: int
    sheet_import = ForeignKeyField(SheetImport, on_delete="CASCADE", index=False)
    sheet = IntegerField()
    number = IntegerField()
    hidden = BooleanField(default=False)
    cells = JsonField(default=list)
    state = CharField(max_length=12, default=READ)
    name = CharField(default="")
    thing = IntegerField(null=True)
    values = JsonField(default=dict)
    before = JsonField(default=dict)
    after = JsonField(default=dict)
    faults = JsonField(default=list)
    applied = BooleanField(default=False)
    why = CharField(max_length=16, default="")

    class Meta:
        indexes = ((("sheet_import", "sheet", "number"), True), (("sheet_import", "state"), False))


def rows_of(found: SheetImport, *states: str, after: int = 0, most: int = 1_000) -> list[SheetRow]:
    """Return rows of an import's sheet in these states, from a row's number on, in their order."""
    mine = (SheetRow.sheet_import == found.id) & (SheetRow.sheet == found.sheet) & (SheetRow.number > after)
    rows = SheetRow.select().where(mine, SheetRow.state.in_(states))
    return list(rows.order_by(SheetRow.number).limit(most))


def counts_of(found: SheetImport) -> dict[str, int]:
    """Return how many rows of an import's sheet stand in each state."""
    sql = "SELECT state, COUNT(*) FROM sheet_row WHERE sheet_import_id = ? AND sheet = ? GROUP BY state"
    return dict(fetch(sql, (found.id, found.sheet)))


def taken_of(found: SheetImport) -> int:
    """Return how many rows of an import made or changed something."""
    ((count,),) = fetch("SELECT COUNT(*) FROM sheet_row WHERE sheet_import_id = ? AND applied = ?", (found.id, True))
    return int(count)


def hidden_of(found: SheetImport) -> list[int]:
    """Return the numbers of the rows that the spreadsheet hides, at most 200."""
    mine = "sheet_import_id = ? AND sheet = ? AND hidden = ?"
    sql = f"SELECT number FROM sheet_row WHERE {mine} ORDER BY number LIMIT 200"
    return [number for (number,) in fetch(sql, (found.id, found.sheet, True))]


def kept_back(found: SheetImport, most: int = 20) -> list[SheetRow]:
    """Return rows at which an undo stopped."""
    mine = (SheetRow.sheet_import == found.id) & (SheetRow.why != "")
    return list(SheetRow.select().where(mine).order_by(SheetRow.number).limit(most))


def first_rows(found: SheetImport, count: int) -> list[Any]:
    """Return the first rows of an import's sheet, whatever they are."""
    mine = (SheetRow.sheet_import == found.id) & (SheetRow.sheet == found.sheet)
    return list(SheetRow.select().where(mine).order_by(SheetRow.number).limit(count))


def page_of(found: SheetImport, state: str, first: int, most: int) -> list[SheetRow]:
    """Return a page of the rows of an import's sheet in a state."""
    mine = (SheetRow.sheet_import == found.id) & (SheetRow.sheet == found.sheet) & (SheetRow.state == state)
    return list(SheetRow.select().where(mine).order_by(SheetRow.number).offset(first).limit(most))
