"""Showings: where and when signed passes were shown, so that a copy of one is noticed.

A person needs longer than COPIED_MS from one booth to another, so a pass that is shown at two within that time
exists twice. Who holds the real one cannot be known at the booth: the later fact is kept, counted and marked.
"""

from functools import partial
from itertools import takewhile

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.scope import Scope
from models.log.remark import add_remarks
from models.market.log import Log

COPIED_MS = 20_000
REASON = "pass_copied"


class Showing(BaseModel):
    """One fact for which a pass that we signed was scanned. A typed number can be anybody's, so it is none."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    pass_number = CharField(max_length=10, index=True)
    at_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


def store_showings(batch: Batch) -> None:
    """Store what signed passes the batch's facts saw, and mark the copies that show now."""
    shown = [fact for fact in batch.facts if fact.is_shown and not fact.waits] if batch.booth is not None else []
    insert_many(
        "showing", "tablet_id, seq, pass_number, at_ms",
        [(batch.log.id, fact.seq, fact.pass_number, fact.at_ms) for fact in shown],
    )
    _mark_copies({fact.pass_number for fact in shown if fact.pass_number})


def _mark_copies(passes: set[str]) -> None:
    """Mark what the showings of these passes come to. Facts only ever add copies, so no mark is taken back."""
    rows = fetch_in(
        "SELECT s.pass_number, s.at_ms, s.tablet_id, s.seq, t.booth_id FROM showing AS s"
        " JOIN log AS t ON t.id = s.tablet_id WHERE s.pass_number IN (??)",
        passes,
    )
    showings: dict[str, list[tuple]] = {}
    for number, *showing in sorted(rows):
        showings.setdefault(number, []).append(tuple(showing))
    add_remarks((key, REASON) for of_one in showings.values() for key in copies(of_one))


def _is_shortly(at_ms: int, before: tuple[int, int, int, int]) -> bool:
    return at_ms - before[0] <= COPIED_MS


def copies(showings: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Return ``(tablet, seq)`` of each showing that another booth's came shortly before.

    ``showings`` are ``(at_ms, tablet, seq, booth)`` of one pass, sorted.
    """
    found = []
    for place, (at_ms, tablet, seq, booth) in enumerate(showings):
        earlier = (showings[before] for before in range(place - 1, -1, -1))
        shortly = takewhile(partial(_is_shortly, at_ms), earlier)
        if any(before[3] != booth for before in shortly):
            found.append((tablet, seq))
    return found


def take_back(scope: Scope) -> None:
    """Delete what the operations saw."""
    delete_by_key("showing", scope.keys)


COPIED_PASS = Noun(
    "copied_pass", reasons=(REASON,), tables=(Showing,), store=store_showings, take_back=take_back
)
