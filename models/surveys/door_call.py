"""Door calls: what a tablet recorded at somebody's door. Rows follow from facts (models/derived/door.py).

An answer counts as any other of a survey, by its time; an attempt says that there was none. What was recorded by
mistake is taken back by another fact about the same person, whichever of the two arrives first.
"""

from collections.abc import Collection
from typing import NamedTuple

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch, fetch_in
from models.market.log import Log
from models.surveys.survey import Survey

DOOR = "door"  # the channel of what was said at a door to a tablet
ANSWERED, ATTEMPTED, WITHDRAWN = "answered", "attempted", "withdrawn"


class DoorCall(BaseModel):
    """One fact of a round. ``step`` is ``answered``, ``attempted``, or ``withdrawn`` (of the fact ``undoes``)."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    id = CharField(max_length=36)
    person = CharField(max_length=36, index=True)  # of the survey
    step = CharField(max_length=16)
    intention = CharField(max_length=16)
    trade = CharField(max_length=32)
    place = CharField(max_length=16)
    month = CharField(max_length=7)
    result = CharField(max_length=16)
    undoes = CharField(max_length=36)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


class Call(NamedTuple):
    """A door call that stands. ``tablet`` is the letter of its log."""

    id: str
    person: str
    step: str
    intention: str
    trade: str
    place: str
    month: str
    result: str
    at_ms: int
    tablet: str


_SELECT = (
    "SELECT c.id, c.person, c.step, c.intention, c.trade, c.place, c.month, c.result, c.effective_ms, l.letter,"
    " c.undoes FROM door_call AS c JOIN log AS l ON l.id = c.tablet_id"
)
_ORDER = " ORDER BY c.effective_ms, c.tablet_id, c.seq"


def calls_of(people: Collection[str]) -> list[Call]:
    """Return the door calls at these people's that stand, the earliest first."""
    rows = fetch_in(f"{_SELECT} WHERE c.person IN (??){_ORDER}", people)
    return _standing(sorted(rows, key=lambda row: row[8]))


def calls_in(survey: Survey) -> list[Call]:
    """Return the door calls of a survey that stand, the earliest first."""
    sql = f"{_SELECT} JOIN survey_person AS p ON p.id = c.person WHERE p.survey_id = ?{_ORDER}"
    return _standing(fetch(sql, (survey.id,)))


def _standing(rows: list[tuple]) -> list[Call]:
    """Return what was not taken back. What came in two logs, from a tablet enrolled anew, is there once."""
    gone = {(row[1], row[10]) for row in rows if row[2] == WITHDRAWN}
    found: dict[tuple[str, str], Call] = {}
    for row in rows:
        if row[2] != WITHDRAWN and (row[1], row[0]) not in gone:
            found.setdefault((row[1], row[0]), Call(*row[:10]))
    return list(found.values())
