"""Boxes as tablets make them, for tests of what receives them."""

import gzip
import json

from models.keys.seal import SealKey
from models.market.tablet import Tablet


def sealed(tablet: Tablet, operations: list, /, key: SealKey | None = None, **changes: object) -> bytes:
    """Return a hand-over of these facts, sealed to the tablet's county or another key; changes spoil its content."""
    day = tablet.market_day
    content = {
        "version": 1, "tablet": tablet.letter, "booth": tablet.booth.number, "market_day": day.id,
        "made_at": "2026-02-24T11:58:03+08:00", "acknowledged": 0, "operations": operations,
    }  # fmt: skip
    packed = gzip.compress(json.dumps(content | changes).encode())
    return (key or SealKey.current(day.county)).seal(packed)
