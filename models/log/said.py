"""Said: what a log has already, so that a repeat of it is known, whole or shortened."""

import json
from typing import NamedTuple

from models.base.database import fetch
from models.log.bound import LARGEST, bounded
from models.log.fact import body_of
from models.log.forgotten import forgetting_key, hashed
from models.market.log import Log


class Said(NamedTuple):
    """An operation that is stored, and the keyed hash of what it was if it was shortened."""

    body: str
    forgotten: str | None

    def is_same(self, body: str, log: Log) -> bool:
        """Say whether it says what ``body`` says; before there was a bound, it was stored as it came."""
        if self.body == body:
            return True
        if self.forgotten:
            return self.forgotten == hash_in(log, body)
        return len(self.body) > LARGEST and body_of(bounded(json.loads(self.body))) == body


def said_in(log: Log, first: int, last: int) -> dict[int, Said]:
    """Return what a log has from one seq to another, both included."""
    rows = fetch(
        "SELECT seq, body, forgotten FROM operation WHERE tablet_id = ? AND seq BETWEEN ? AND ?", (log.id, first, last)
    )
    return {seq: Said(*said) for seq, *said in rows}


def hash_in(log: Log, body: str) -> str:
    """Return the keyed hash of a body in a log's county."""
    return hashed(forgetting_key(log.market_day.county.identity_key), body)
