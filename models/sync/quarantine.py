"""Quarantine: facts that were refused or need attention, until a person settles them; and what comes of that."""

import json
from datetime import datetime

from models.clock import milliseconds, utcnow
from models.database import execute_many, writing
from models.sync.operation import Key, fetch_keys
from models.sync.replay import replay
from models.sync.settlement import tell_of_settlements
from models.sync.twin import twins_of


def settle(key: Key, act: str, who: str, data: dict | None = None, note: str = "", at: datetime | None = None) -> None:
    """Let a person's decision about a fact stand, in the place of an earlier one, and derive what follows.

    ``data`` is the corrected data. What the same device sent again in another log is settled with it.
    """
    corrected = None if data is None else json.dumps(data, ensure_ascii=False, sort_keys=True)
    with writing():
        keys = twins_of(key)
        kept = "SELECT tablet_id, seq, market_day_id, uuid, reason FROM operation WHERE tablet_id = ? AND seq IN (??)"
        execute_many(
            "INSERT INTO settlement (tablet_id, seq, market_day_id, uuid, reason, act, data, who, at, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tablet_id, seq) DO UPDATE SET act = excluded.act,"
            " data = excluded.data, who = excluded.who, at = excluded.at, note = excluded.note",
            [(*row, act, corrected, who, milliseconds(at or utcnow()), note) for row in fetch_keys(kept, keys)],
        )
        _follow(keys)


def put_back(key: Key) -> None:
    """Take a decision back: the fact waits again for somebody to settle it."""
    with writing():
        keys = twins_of(key)
        execute_many("DELETE FROM settlement WHERE tablet_id = ? AND seq = ?", keys)
        _follow(keys)


def _follow(keys: list[Key]) -> None:
    replay(keys)
    tell_of_settlements(keys)
