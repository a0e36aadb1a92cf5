"""Settling: a person's decision about a fact stands, and what is derived follows."""

import json
from datetime import datetime

from models.base.clock import milliseconds, utcnow
from models.base.database import execute_many, writing
from models.derived.replay import replay
from models.intake.repeat import twins_of
from models.log.operation import Key, fetch_keys
from models.log.settlement import tell_of_settlements
from models.log.standing import restand
from models.market.audit import AuditEntry
from models.market.log import Log

AUDITED, PUT_BACK = "fact_settled", "put_back"


def settle(
    key: Key, act: str, who: str, data: dict | None = None, note: str = "", at: datetime | None = None,
    happened: datetime | None = None,
) -> None:  # fmt: skip
    """Let a person's decision about a fact stand, in the place of an earlier one, and derive what follows.

    ``data`` is the corrected data, ``happened`` the corrected time. What the same device sent again in another log is
    settled with it. Asks nothing about whether the person may decide so: see ``Case.decide``.
    """
    corrected = None if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True)
    happened_ms = None if happened is None else milliseconds(happened)
    decision = (act, corrected, who, milliseconds(at or utcnow()), note, happened_ms)
    with writing():
        keys = twins_of(key)
        rows = fetch_keys(
            "SELECT tablet_id, seq, market_day_id, uuid, reason FROM operation WHERE tablet_id = ? AND seq IN (??)",
            keys,
        )
        execute_many("DELETE FROM overruled WHERE tablet_id = ? AND seq = ?", keys)
        execute_many(
            "INSERT INTO settlement"
            " (tablet_id, seq, market_day_id, uuid, reason, act, data, who, at, note, happened_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tablet_id, seq) DO UPDATE SET act = excluded.act,"
            " data = excluded.data, who = excluded.who, at = excluded.at, note = excluded.note,"
            " happened_ms = excluded.happened_ms, exclusion_id = NULL",
            [(*row, *decision) for row in rows],
        )
        _follow(keys, who, f"{act}: {note}" if note else act)


def put_back(key: Key, who: str) -> None:
    """Take a decision about one fact back: it waits again, or an exclusion that covers it stands."""
    with writing():
        keys = twins_of(key)
        execute_many("DELETE FROM settlement WHERE tablet_id = ? AND seq = ?", keys)
        execute_many("DELETE FROM overruled WHERE tablet_id = ? AND seq = ?", keys)
        _follow(keys, who, PUT_BACK)


def _follow(keys: list[Key], who: str, what: str) -> None:
    restand(keys)
    replay(keys)
    tell_of_settlements(keys)
    for tablet, seq in keys:
        log = Log.get_by_id(tablet)
        about = audited(log, seq) + what
        AuditEntry.create(county=log.market_day.county_id, who=who, action=AUDITED, what=about)


def audited(log: Log, seq: int) -> str:
    """Return how the audit log names a fact."""
    return f"market day {log.market_day_id}, fact {log.letter} {seq}: "
