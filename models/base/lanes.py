"""Lanes: many whole numbers side by side in one large integer: a thousand rows of them add up in a thousand steps.

Each number has a lane of 48 bits. Below zero it borrows from the lane above; ``unpack`` gives that back, so sums are
exact as long as each stays below 2**47.
"""

from collections.abc import Iterable, Mapping
from functools import cache

BITS = 48
BYTES, HALF, MOST = BITS // 8, 1 << BITS - 1, 1 << 36  # of the rows of 2,000 days none gets into its neighbour


def pack(values: Mapping[int, int]) -> int:
    """Return numbers by lane as one. Raises OverflowError for one that no count comes to."""
    if any(abs(value) >= MOST for value in values.values()):
        raise OverflowError("a number is too large for its lane")
    return sum(value << BITS * lane for lane, value in values.items())


def unpack(packed: int) -> list[int]:
    """Return the numbers by lane, from lane 0; all above are 0."""
    return pick(packed, range(packed.bit_length() // BITS + 1))


def pick(packed: int, lanes: Iterable[int]) -> list[int]:
    """Return the numbers of some lanes."""
    there = packed.bit_length() // BITS + 2
    raw = (packed + _halves(there)).to_bytes(BYTES * there, "little")
    return [
        int.from_bytes(raw[BYTES * lane : BYTES * (lane + 1)], "little") - HALF if lane < there else 0
        for lane in lanes
    ]


@cache
def _halves(lanes: int) -> int:
    return int.from_bytes(HALF.to_bytes(BYTES, "little") * lanes, "little")


def to_bytes(packed: int) -> bytes:
    """Return packed numbers as few bytes as they take."""
    return packed.to_bytes(packed.bit_length() // 8 + 1, "little", signed=True)


def from_bytes(stored: bytes) -> int:
    """Return what ``to_bytes`` was given."""
    return int.from_bytes(stored, "little", signed=True)
