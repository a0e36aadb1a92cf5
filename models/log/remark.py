"""Remarks: the reasons for which an operation is refused, needs attention or was settled, any number of each.

Each module that judges facts adds and drops its own reasons here and no others. This module alone writes an
operation's ``outcome`` and ``reason``, which are what its remarks come to (models/vocabulary/reason.py). They are kept
in columns because lists and figures ask for them by index.
"""

from collections.abc import Collection, Iterable, Mapping

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many
from models.log.operation import Key, fetch_keys
from models.market.log import Log
from models.vocabulary.reason import outcome_of, shown

Remarked = tuple[Key, str]  # (operation, reason)


class Remark(BaseModel):
    """One reason of one operation. Most operations have none."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    reason = CharField(max_length=64)

    class Meta:
        primary_key = CompositeKey("log", "seq", "reason")


def add_remarks(remarks: Iterable[Remarked]) -> None:
    """Add reasons to operations; one that an operation has already stays. Call it inside ``writing()``."""
    remarks = list(remarks)
    execute_many(
        "INSERT INTO remark (tablet_id, seq, reason) VALUES (?, ?, ?) ON CONFLICT (tablet_id, seq, reason) DO NOTHING",
        [(*key, reason) for key, reason in remarks],
    )
    _judge({key for key, _ in remarks})


def drop_remarks(remarks: Iterable[Remarked]) -> None:
    """Take reasons from operations, if they have them. Call it inside ``writing()``."""
    remarks = list(remarks)
    execute_many(
        "DELETE FROM remark WHERE tablet_id = ? AND seq = ? AND reason = ?",
        [(*key, reason) for key, reason in remarks],
    )
    _judge({key for key, _ in remarks})


def replace_remarks(owned: Collection[str], reasons: Mapping[Key, Collection[str]]) -> None:
    """Set which of the ``owned`` reasons each of these operations has; others that it has stay.

    Costs one statement where nothing changes. Call it inside ``writing()``.
    """
    had = {(key, reason) for key, reason in _remarks_of(reasons) if reason in owned}
    wanted = {(key, reason) for key, some in reasons.items() for reason in some}
    if had != wanted:
        drop_remarks(had - wanted)
        add_remarks(wanted - had)


def drop_all_remarks(keys: Collection[Key]) -> None:
    """Leave these operations without any remark, hence applied. Call it inside ``writing()``."""
    execute_many("DELETE FROM remark WHERE tablet_id = ? AND seq = ?", keys)
    _judge(keys)


def _judge(keys: Collection[Key]) -> None:
    """Write what the remarks of these operations come to."""
    reasons: dict[Key, list[str]] = {key: [] for key in keys}
    for key, reason in _remarks_of(keys):
        reasons[key].append(reason)
    verdicts = [(shown(some), key) for key, some in reasons.items()]
    execute_many(
        "UPDATE operation SET outcome = ?, reason = ? WHERE tablet_id = ? AND seq = ?",
        [(outcome_of(reason), reason, *key) for reason, key in verdicts],
    )


def _remarks_of(keys: Iterable[Key]) -> list[Remarked]:
    rows = fetch_keys("SELECT tablet_id, seq, reason FROM remark WHERE tablet_id = ? AND seq IN (??)", keys)
    return [((tablet, seq), reason) for tablet, seq, reason in rows]
