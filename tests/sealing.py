"""Boxes as tablets make them, for tests of what receives them."""

import gzip
import json

from models.base.secret import digest
from models.keys.hand_over_mac import sign
from models.keys.seal import SealKey
from models.market.device import Device
from models.market.tablet import Tablet


def sealed(
    tablet: Tablet, operations: list, /, key: SealKey | None = None, by: Tablet | None = None, **changes: object
) -> bytes:  # fmt: skip
    """Return a hand-over of these facts, sealed to the tablet's county or another key; changes spoil its content.

    The tablet itself vouches for it with its secret, or another one that is ``by``.
    """
    return (key or SealKey.current(tablet.market_day.county)).seal(
        sign(packed(tablet, operations, **changes), secret_of(by or tablet))
    )


def secret_of(tablet: Tablet) -> str:
    """Return the digest of a tablet's secret; one that has none yet is given one."""
    secret = digest(f"resume {tablet.id}")
    Device.update(resume_hash=secret).where(Device.id == tablet.device_id, Device.resume_hash.is_null()).execute()
    return Device.get_by_id(tablet.device_id).resume_hash


def packed(tablet: Tablet, operations: list, /, **changes: object) -> bytes:
    """Return facts as a tablet packs them, without a MAC: releases before it sealed just this."""
    day = tablet.market_day
    content = {
        "version": 1, "tablet": tablet.letter, "booth": tablet.booth.number, "market_day": day.id,
        "made_at": "2026-02-24T11:58:03+08:00", "acknowledged": 0, "operations": operations,
    }  # fmt: skip
    return gzip.compress(json.dumps(content | changes).encode())
