"""Remarks: the reasons for which an operation is refused, needs attention or was settled, any number of each.

Each module that judges facts adds and drops its own reasons here and no others. This module alone writes an
operation's ``outcome`` and ``reason``, which are what its remarks come to (models/vocabulary/reason.py). They are kept
in columns because lists and figures ask for them by index. Tablets are told of them by a record ``outcome``, id
"<letter> <seq>", null while an operation has no remark.
"""

from collections.abc import Collection, Iterable, Mapping

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.log.change import announce
from models.log.operation import Key, fetch_keys
from models.market.log import Log
from models.market.tablet import Tablet
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
    shown_of = {key: shown(some) for key, some in reasons.items()}
    verdicts = {key: (outcome_of(reason), reason) for key, reason in shown_of.items()}
    changed = [key for key, *verdict in _verdicts_of(verdicts) if tuple(verdict) != verdicts[key]]
    execute_many(
        "UPDATE operation SET outcome = ?, reason = ? WHERE tablet_id = ? AND seq = ?",
        [(*verdicts[key], *key) for key in changed],
    )
    _tell(changed)


def _tell(keys: Collection[Key]) -> None:
    """Tell booths what the operations of their logs came to. The tablet of a batch has it in the answer."""
    logs = fetch_in(
        "SELECT l.id, l.market_day_id, b.number, l.letter, l.acknowledged FROM log AS l JOIN booth AS b"
        " ON b.id = l.booth_id WHERE l.id IN (??)",
        {log for log, _ in keys},
    )
    for log, day, booth, letter, acknowledged in logs:
        told = [(seq <= acknowledged, (booth, "outcome", f"{letter} {seq}")) for of, seq in keys if of == log]
        announce(day, [thing for is_answered, thing in told if is_answered])
        announce(day, [thing for is_answered, thing in told if not is_answered], source=log)


def draw_outcomes(tablet: Tablet, keys: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return what operations of a tablet's booth came to, as its tablets keep it."""
    wanted = [(letter, int(seq)) for letter, _, seq in (key.rpartition(" ") for key in keys)]
    logs = dict(
        fetch_in(
            "SELECT letter, id FROM log WHERE market_day_id = ? AND letter IN (??)",
            {letter for letter, _ in wanted},
            tablet.market_day_id,
        )
    )
    letters = {log: letter for letter, log in logs.items()}
    return {
        f"{letters[log]} {seq}": {"tablet": letters[log], "seq": seq, "outcome": outcome, "reason": reason}
        for (log, seq), outcome, reason in _verdicts_of([(logs[of], seq) for of, seq in wanted if of in logs])
        if reason is not None
    }


def _verdicts_of(keys: Iterable[Key]) -> list[tuple[Key, str, str | None]]:
    rows = fetch_keys("SELECT tablet_id, seq, outcome, reason FROM operation WHERE tablet_id = ? AND seq IN (??)", keys)
    return [((log, seq), outcome, reason) for log, seq, outcome, reason in rows]


def _remarks_of(keys: Iterable[Key]) -> list[Remarked]:
    rows = fetch_keys("SELECT tablet_id, seq, reason FROM remark WHERE tablet_id = ? AND seq IN (??)", keys)
    return [((tablet, seq), reason) for tablet, seq, reason in rows]
