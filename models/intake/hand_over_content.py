"""What is in a hand-over: whose facts they are and the facts, as a tablet packed and sealed them."""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert

from models.base.json_body import decode, fields_in
from models.base.packing import unpack
from models.intake.ingest import LARGEST_SEQ
from models.keys.hand_over_mac import Signed, read_signed
from models.keys.seal import open_box, private_keys
from models.log.bound import bounded

LARGEST = 16 * 1024 * 1024  # bytes unpacked; a tablet's season fits
UNREADABLE = "unreadable"
Seq = Annotated[int, Meta(ge=1, le=LARGEST_SEQ)]


class _Packed(Struct):
    """A hand-over as a tablet packs it."""

    version: Literal[1]
    tablet: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z]{1,8}\Z")]
    market_day: Seq
    operations: list[dict]


@dataclass(frozen=True)
class Content:
    """The facts that a tablet (its letter) had not sent, in the order of its log; ``signed`` proves it."""

    tablet: str
    market_day: int
    operations: list[dict]
    signed: Signed


def read(box: bytes, county: int) -> Content | None:
    """Return what is in a box, or None when the county cannot open it or it holds something else."""
    try:
        signed = read_signed(open_box(box, private_keys(county)))
        packed = fields_in(decode(unpack(signed.packed, LARGEST)), _Packed)
        convert([raw.get("seq") for raw in packed.operations], list[Seq])
    except (ValueError, RecursionError):
        return None
    operations = sorted((bounded(raw) for raw in packed.operations), key=lambda raw: raw["seq"])
    return Content(packed.tablet, packed.market_day, operations, signed)
