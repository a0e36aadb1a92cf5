"""QR codes: drawn as SVG, one at a time or by the thousand."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from operator import or_, xor

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, BitBuffer, QRData

# Trying all eight masks takes 85 % of qrcode's time, and any of them can be read. This one's
# mean penalty over pass numbers of several origins is the lowest.
MASK = 2
USUAL, STRONG = ERROR_CORRECT_M, ERROR_CORRECT_Q  # 15 or 25 % of a code may be spoilt: a screen, a pocket
BORDER = 2  # modules; the standard asks for 4, the white paper around gives the others

_DIGITS_AT_END = re.compile(r"[0-9]{4,}\Z")  # fewer would not pay for a segment's header
_DARK_RUN = re.compile("1+")


def svg(payload: str, border: int = BORDER) -> str:
    """Return an ``<svg>`` of one path on a white ground of its own. Costs about 1 ms.

    A browser that darkens pages may darken the ground and leave the path black: the boxes of codes forbid it by
    ``color-scheme``.
    """
    side, matrix = _draw(*_split(payload))
    whole = side + 2 * border
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" '
        'shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{_path(side, matrix, border)}"/></svg>'
    )


def width(payload: str, border: int = BORDER, level: int = USUAL) -> int:
    """Return how many modules wide the code is, for the ``viewBox`` around a sheet's path."""
    return _draw(*_split(payload), level)[0] + 2 * border


def modules(payload: str) -> tuple[int, list[list[int]]]:
    """Return (side, rows) of a code without border, 1 for a dark module: for pictures of dots."""
    side, matrix = _draw(*_split(payload))
    bits = format(matrix, f"0{side * (side + 1)}b")
    return side, [[int(b) for b in bits[i : i + side]] for i in range(0, len(bits), side + 1)]


def sheet_paths(payloads: Iterable[str], border: int = BORDER, level: int = USUAL) -> list[str]:
    """Return the ``d`` of each payload's path, in order, module by module as `svg` draws it.

    Payloads of one form (the same head, then as many digits) share the drawing, so a sheet
    of passes costs a tenth of a millisecond a code; any others are drawn one by one.
    """
    payloads = list(payloads)
    families: dict[tuple, dict[str, QRData]] = {}
    for payload in payloads:
        head, tail = _split(payload)
        families.setdefault((head, tail.mode, len(tail)), {})[payload] = tail
    paths: dict[str, str] = {}
    for (head, *_), family in families.items():
        side, matrices = _draw_family(head, list(family.values()), level)
        paths |= zip(family, (_path(side, matrix, border) for matrix in matrices), strict=True)
    return [paths[payload] for payload in payloads]


def _split(payload: str) -> tuple[str, QRData]:
    """Set digits at the end apart: as a number, a pass takes 6 bytes where text takes 10."""
    if digits := _DIGITS_AT_END.search(payload):
        return payload[: digits.start()], QRData(digits[0], MODE_NUMBER)
    return "", QRData(payload)


def _draw(head: str, tail: QRData, level: int = USUAL) -> tuple[int, int]:
    """Return (side, matrix): qrcode's modules as one integer, a light one after each row."""
    code = QRCode(error_correction=level, mask_pattern=MASK)
    for segment in [QRData(head), tail] if head else [tail]:
        code.add_data(segment)
    code.make()
    modules = ("01"[bool(module)] for row in code.modules for module in (*row, False))
    return code.modules_count, int("".join(modules), 2)


def _draw_family(head: str, tails: list[QRData], level: int) -> tuple[int, Iterator[int]]:
    """Return (side, matrices) of codes with one head and tails of one mode and length.

    Every module is then a sum over GF(2) of bits of the tail, for error correction,
    interleaving, placing and masking are all linear. So codes that qrcode drew with a
    single bit flipped combine by XOR into each of the others.
    """
    side, first = _draw(head, tails[0], level)
    written = [_written(tail)[0] for tail in tails]
    changes = [bits ^ written[0] for bits in written]
    varying = list(_places(reduce(or_, changes)))
    if len(varying) >= len(tails):  # as many drawings as codes: nothing to gain
        return side, (_draw(head, tail, level)[1] for tail in tails)
    effects = {place: first ^ _draw(head, _Flipped(tails[0], place), level)[1] for place in varying}
    return side, (reduce(xor, map(effects.get, _places(change)), first) for change in changes)


class _Flipped(QRData):
    """A segment with one bit of its content flipped, even if it then spells nothing."""

    def __init__(self, segment: QRData, place: int):
        self.mode, self.data, self.place = segment.mode, segment.data, place

    def write(self, buffer: BitBuffer) -> None:
        bits, count = _written(QRData(self.data, self.mode))
        buffer.put(bits ^ (1 << self.place), count)


def _written(segment: QRData) -> tuple[int, int]:
    """Return (bits, how many) as qrcode itself writes the segment's content."""
    buffer = BitBuffer()
    segment.write(buffer)
    return int.from_bytes(bytes(buffer.buffer), "big") >> (-len(buffer) % 8), len(buffer)


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _path(side: int, matrix: int, border: int) -> str:
    """Return each row's dark runs as rectangles of one path."""
    rows = format(matrix, f"0{side * (side + 1)}b")
    return "".join(_rectangle(side, border, *run.span()) for run in _DARK_RUN.finditer(rows))


@cache
def _rectangle(side: int, border: int, start: int, end: int) -> str:
    row, column = divmod(start, side + 1)
    return f"M{column + border} {row + border}h{end - start}v1h-{end - start}z"
