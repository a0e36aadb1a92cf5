"""Operations: facts as a tablet sent them, the source of every figure.

Written once and kept for ever. When the person is forgotten, what is personal in them goes (models/log/shortened.py).
"""

from collections.abc import Iterable

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from models.base.database import BaseModel, execute_many, fetch_in, insert_many
from models.market.log import Log
from models.market.market_day import MarketDay

APPLIED, ATTENTION, WAITING, REFUSED = "applied", "attention", "waiting", "refused"
HAS_EFFECT = "outcome NOT IN ('refused', 'waiting')"  # SQL about an operation
Key = tuple[int, int]  # (tablet, seq)


class Operation(BaseModel):
    """One fact in one tablet's log; (tablet, seq) identifies it for ever.

    ``body`` is the operation as it came, as canonical JSON without ``seq``. ``at_ms`` is the tablet's
    time corrected by its clock's offset. ``effective_ms`` is the same but never runs backwards within
    a log, so that sorting by it keeps each tablet's own order whatever its clock did. Where a person corrected the
    time, ``at_ms`` is theirs and ``recorded_ms`` the tablet's; elsewhere that is None.
    ``subject`` is the node (candidate or pass) or the vacancy that the fact is about. ``outcome`` and ``reason`` are
    what its remarks come to; models/log/remark.py alone writes them. ``forgotten`` is the keyed hash of what the body
    was before it was shortened, null of one that is whole.
    """

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    uuid = CharField(max_length=36, null=True)
    kind = CharField(max_length=64)
    subject = CharField(max_length=36, null=True, index=True)
    booth = IntegerField(null=True)  # where it happened: the tablet's, or the vacancy's for a phone
    at_ms = BigIntegerField()
    effective_ms = BigIntegerField()
    received_ms = BigIntegerField()
    recorded_ms = BigIntegerField(null=True)
    body = TextField()
    outcome = CharField(max_length=16)
    reason = CharField(max_length=64, null=True)
    forgotten = CharField(max_length=64, null=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")


RECORDED_MS = "COALESCE(o.recorded_ms, o.at_ms)"  # in a statement that calls operation ``o``: the tablet's own time

# Few operations need a person's eye, so the index that counts them holds only those.
Operation.add_index(
    Operation.index(Operation.market_day, Operation.outcome).where(Operation.outcome != APPLIED)
)
Operation.add_index(Operation.index(Operation.uuid).where(Operation.kind == "tally.counted"))
# A visit is taken back by its number.
Operation.add_index(Operation.index(Operation.uuid, Operation.kind).where(Operation.kind == "visit.recorded"))


def fetch_keys(sql: str, keys: Iterable[Key]) -> list[tuple]:
    """Return rows of a statement that ends in ``tablet_id = ? AND seq IN (??)``, for these operations."""
    logs: dict[int, list[int]] = {}
    for tablet, seq in keys:
        logs.setdefault(tablet, []).append(seq)
    return [row for tablet, seqs in logs.items() for row in fetch_in(sql, seqs, tablet)]


def insert_operations(rows: Iterable[tuple]) -> None:
    """Store new operations, applied until there are remarks about them. Call it inside ``writing()``.

    ``rows`` are ``(log, seq, market day, uuid, kind, subject, booth, at_ms, effective_ms, received_ms, body,
    forgotten)``.
    """
    columns = (
        "tablet_id, seq, market_day_id, uuid, kind, subject, booth, at_ms, effective_ms, received_ms, body, forgotten,"
        " outcome"
    )
    insert_many("operation", columns, [(*row, APPLIED) for row in rows])


def update_operations(rows: Iterable[tuple[str | None, str | None, int | None, int, int | None, int, int]]) -> None:
    """Store what operations say now that a person settled them.

    ``rows`` are ``(uuid, subject, booth, at_ms, recorded_ms, log, seq)``.
    """
    execute_many(
        "UPDATE operation SET uuid = ?, subject = ?, booth = ?, at_ms = ?, recorded_ms = ?"
        " WHERE tablet_id = ? AND seq = ?",
        rows,
    )


def keep_recorded(rows: Iterable[tuple[int, int, int]]) -> None:
    """Keep the tablet's own time of operations whose time a person corrected: ``(recorded_ms, log, seq)``."""
    execute_many("UPDATE operation SET recorded_ms = ? WHERE tablet_id = ? AND seq = ?", rows)


def hide_operations(keys: Iterable[Key]) -> None:
    """Take operations out of what is found by subject, until ``update_operations`` stores them anew."""
    execute_many("UPDATE operation SET subject = NULL WHERE tablet_id = ? AND seq = ?", keys)


def shorten_operations(rows: Iterable[tuple[str, str, int, int]]) -> None:
    """Keep operations in a shortened form: ``(body, keyed hash of what it was, log, seq)``. Inside ``writing()``."""
    execute_many("UPDATE operation SET body = ?, forgotten = ? WHERE tablet_id = ? AND seq = ?", rows)
