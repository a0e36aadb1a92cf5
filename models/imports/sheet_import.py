"""Sheet imports: a spreadsheet that somebody took in, how far that is, and what became of it.

What an import holds of people, the file and the cells of its rows, goes when it is over, or a week after nobody
touched it.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from peewee import AutoField, BlobField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.market.county import County

# States. Those of WORKING are a process's to go on with; READY waits for a person, and MATCHING for the columns.
READING, MATCHING, CHECKING, READY, APPLYING, DONE, UNDOING, UNDONE, STOPPED, FAILED = STATES = (
    "reading", "matching", "checking", "ready", "applying", "done", "undoing", "undone", "stopped", "failed",
)  # fmt: skip
WORKING = (READING, CHECKING, APPLYING, UNDOING)
OVER = (DONE, UNDONE, STOPPED, FAILED)
ALL, GOOD = "all", "good"  # all rows or none, or the good rows
LEFT = timedelta(days=7)  # how long what nobody goes on with is kept
SILENT = 45  # seconds after which a claim counts as given up: its process died


class JsonField(TextField):
    """A value as JSON in the database."""

    def db_value(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def python_value(self, value: str | None) -> Any:
        return json.loads(value) if value else None


class SheetImport(BaseModel):
    """A spreadsheet of a county. ``fields``: which field each column of ``sheet`` is, by its place from 0."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    kind = CharField(max_length=16)
    name = CharField()  # of the file
    size = IntegerField()
    content = BlobField(null=True)
    state = CharField(max_length=10, default=READING, index=True)
    trouble = CharField(max_length=32, default="")
    sheets = JsonField(default=list)  # names, each with how many rows say something
    sheet = IntegerField(default=0)
    heading = JsonField(default=list)  # numbers of its rows
    labels = JsonField(default=list)
    fields = JsonField(default=dict)
    without_hidden = BooleanField(default=False)
    mode = CharField(max_length=4, default="")
    is_checked = BooleanField(default=False)  # vacancies: with their employers, just now
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    counts = JsonField(default=dict)
    made_by = CharField()
    made_at = InstantField(default=utcnow)
    touched_at = InstantField(default=utcnow, index=True)
    applied_by = CharField(default="")
    applied_at = InstantField(null=True)
    undone_by = CharField(default="")
    undone_at = InstantField(null=True)
    emptied = BooleanField(default=False)  # nothing of the file's text is left
    tries = IntegerField(default=0)  # processes that took this step
    claim = CharField(max_length=36, default="")
    claimed_at = InstantField(null=True)

    @property
    def field_places(self) -> dict[int, str]:
        """Which field each column is, by its place."""
        return {int(place): code for place, code in self.fields.items()}

    @property
    def is_working(self) -> bool:
        """Say whether a process has to go on with it."""
        return self.state in WORKING


class SheetMatch(BaseModel):
    """Which fields somebody of a county said the columns under a heading are. ``heading``: its key, hashed."""

    id: "AutoField[int]"
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    kind = CharField(max_length=16)
    heading = CharField(max_length=64)
    fields = JsonField(default=dict)
    by = CharField()
    at = InstantField(default=utcnow)

    class Meta:
        indexes = ((("county", "kind", "heading"), True),)


class Stopped(Exception):
    """The import is not this process's to go on with: it was stopped, or another has it."""


def imports_of(county: County, most: int = 30) -> list[SheetImport]:
    """Return a county's imports, the latest first, without their files."""
    fields = [field for field in SheetImport._meta.sorted_fields if field.name != "content"]
    mine = SheetImport.select(*fields).where(SheetImport.county == county)
    return list(mine.order_by(SheetImport.id.desc()).limit(most))


def is_waiting() -> bool:
    """Say whether a process has to be started: an import is to be gone on with, and none does."""
    return bool(_free(milliseconds(utcnow())))


def _free(now_ms: int) -> list[int]:
    marks = ",".join("?" * len(WORKING))
    return sorted(id for (id,) in fetch(
        f"SELECT id FROM sheet_import WHERE state IN ({marks}) AND (claimed_at IS NULL OR claimed_at < ?)",
        (*WORKING, now_ms - SILENT * 1000),
    ))  # fmt: skip


def claim_next() -> SheetImport | None:
    """Take the oldest import that nobody works on for this process."""
    with writing():
        now = utcnow()
        for id in _free(milliseconds(now))[:1]:
            SheetImport.update(claim=str(uuid4()), claimed_at=now, tries=SheetImport.tries + 1).where(
                SheetImport.id == id
            ).execute()
            return SheetImport.get_by_id(id)
    return None


def go_on(found: SheetImport, **fields: Any) -> None:
    """Store how far an import is, and that its process lives. Raises Stopped."""
    with writing():
        is_mine = (SheetImport.id == found.id) & (SheetImport.claim == found.claim) & (SheetImport.state == found.state)
        now = utcnow()
        if not SheetImport.update(claimed_at=now, touched_at=now, **fields).where(is_mine).execute():
            raise Stopped
    for name, value in fields.items():
        setattr(found, name, value)


def move(found: SheetImport, state: str, **fields: Any) -> None:
    """Have an import of this process come to another state and be free again. Raises Stopped."""
    go_on(found, state=state, **fields)
    with writing():
        SheetImport.update(claim="", claimed_at=None, tries=0).where(
            SheetImport.id == found.id, SheetImport.claim == found.claim
        ).execute()


def ask(found: SheetImport, state: str, *of: str, **fields: Any) -> bool:
    """Have an import that stands in one of these states come to another, by a person; say whether it was so."""
    with writing():
        changed = SheetImport.update(
            state=state, claim="", claimed_at=None, tries=0, touched_at=utcnow(), done=0, trouble="", **fields
        ).where(SheetImport.id == found.id, SheetImport.state.in_(of))
        return bool(changed.execute())


def forget_left(before: timedelta = LEFT) -> int:
    """Stop imports that nobody touched for a week, and drop what is left of their text; return how many there were."""
    until = milliseconds(utcnow() - before)
    left = fetch("SELECT id FROM sheet_import WHERE touched_at < ? AND emptied = ?", (until, False))
    for (id,) in left:
        with writing():
            SheetImport.update(state=STOPPED, claim="").where(
                SheetImport.id == id, SheetImport.state.not_in(OVER)
            ).execute()
            SheetImport.update(emptied=True).where(SheetImport.id == id).execute()
            empty(id, faults=True)
    return len(left)


def drop_text(found: SheetImport) -> None:
    """Drop what a stopped import holds of its file."""
    with writing():
        empty(found.id, faults=True)


def empty(id: int, faults: bool = False) -> None:
    """Drop what an import holds of its file: the file, the text of its rows, and what is said of faulty ones."""
    from models.imports.sheet_row import SheetRow

    SheetImport.update(content=None).where(SheetImport.id == id).execute()
    kept = {} if not faults else {"faults": "[]", "name": ""}
    SheetRow.update(cells="[]", values="{}", **kept).where(SheetRow.sheet_import == id).execute()
