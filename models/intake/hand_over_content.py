"""What is in a hand-over: whose facts they are and the facts, as a tablet packed and sealed them."""

import json
from dataclasses import dataclass

from models.base.packing import unpack
from models.intake.ingest import LARGEST_SEQ
from models.keys.seal import open_box, private_keys

VERSION = 1
LARGEST = 16 * 1024 * 1024  # bytes unpacked; a tablet's season fits
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Content:
    """The facts that a tablet (its letter) had not sent, in the order of its log."""

    tablet: str
    market_day: int
    operations: list[dict]


def read(box: bytes, county: int) -> Content | None:
    """Return what is in a box, or None when the county cannot open it or it holds something else."""
    try:
        content = json.loads(unpack(open_box(box, private_keys(county)), LARGEST), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return None
    tablet, market_day = content.get("tablet"), content.get("market_day")
    operations = content.get("operations")
    if not _is_letter(tablet) or not _is_whole(market_day) or not isinstance(operations, list):
        return None
    if not all(isinstance(raw, dict) and _is_whole(raw.get("seq")) for raw in operations):
        return None
    return Content(tablet, market_day, sorted(operations, key=lambda raw: raw["seq"]))


def _is_letter(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 8 and value.isascii() and value.isalnum()


def _is_whole(value: object) -> bool:
    return type(value) is int and 1 <= value <= LARGEST_SEQ


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
