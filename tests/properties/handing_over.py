"""Handing a tablet's facts over in a sealed box, as its kiosk does and an organiser receives it."""

import gzip
import json

from models import Tablet
from models.people.seal import SealKey
from models.sync.hand_over import Received, receive


def hand_over(tablet: Tablet, operations: list[dict]) -> Received:
    """Seal facts to the tablet's county and receive the box."""
    day = tablet.market_day
    content = {
        "version": 1, "tablet": tablet.letter, "booth": tablet.booth.number, "market_day": day.id,
        "made_at": "2026-02-24T11:58:03+08:00", "acknowledged": 0, "operations": operations,
    }  # fmt: skip
    return receive(day, SealKey.current(day.county).seal(gzip.compress(json.dumps(content).encode())), "file", "chen")
