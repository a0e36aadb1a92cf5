"""Showings: where and when signed passes were shown, so that a copy of one is noticed.

A person needs longer than COPIED_MS from one booth to another, so a pass that is shown at two within that time
exists twice. Who holds the real one cannot be known at the booth: the later fact is kept, counted and marked.
"""

from itertools import takewhile

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch
from models.market.log import Log

COPIED_MS = 20_000
REASON = "pass_copied"
# Reasons that are worked out from other facts and say less than this one. What the fact itself showed stays.
WEAKER = ("vacancy_closed", "vacancy_full", "pass_bound_twice", "candidate_unknown")


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
    shown = [fact for fact in batch.facts if fact.is_shown] if batch.booth is not None else []
    execute_many(
        "INSERT INTO showing (tablet_id, seq, pass_number, at_ms) VALUES (?, ?, ?, ?)",
        [(batch.log.id, fact.seq, fact.pass_number, fact.at_ms) for fact in shown],
    )
    _mark_copies({fact.pass_number for fact in shown})


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
    weaker = ", ".join(f"'{reason}'" for reason in WEAKER)
    execute_many(
        "UPDATE operation SET outcome = 'attention', reason = ? WHERE tablet_id = ? AND seq = ?"
        f" AND outcome <> 'refused' AND (reason IS NULL OR reason IN ({weaker}))",
        [(REASON, *key) for of_one in showings.values() for key in copies(of_one)],
    )


def copies(showings: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Return ``(tablet, seq)`` of each showing that another booth's came shortly before.

    ``showings`` are ``(at_ms, tablet, seq, booth)`` of one pass, sorted.
    """
    found = []
    for place, (at_ms, tablet, seq, booth) in enumerate(showings):
        earlier = (showings[before] for before in range(place - 1, -1, -1))
        shortly = takewhile(lambda before, at_ms=at_ms: at_ms - before[0] <= COPIED_MS, earlier)
        if any(before[3] != booth for before in shortly):
            found.append((tablet, seq))
    return found
