"""Ids of the demo: version 7 UUIDs that come out the same for the same seed."""

import random
from datetime import datetime
from uuid import UUID

from models.base.clock import milliseconds


def uuid7(at: datetime, draw: random.Random) -> str:
    """Return a time-ordered UUID (RFC 9562, version 7) of that moment."""
    value = milliseconds(at) << 80 | draw.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0b11 << 62) | 0b10 << 62))
