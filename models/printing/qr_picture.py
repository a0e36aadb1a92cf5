"""Pictures of codes: a PNG with its number and its date below, for a phone's photo album.

Names stand on the page that is made for a screenshot (templates/phone/card.html): the server has no font to draw them.
"""

import struct
import zlib

from models.printing.digits import rows_of, width_of
from models.printing.qr import modules

PIXELS = 12  # a module's side; a version 8 code then is some 640 pixels wide
MARGIN = 4  # modules of white around, as the standard asks

def png(payload: str, number: str, date: str) -> bytes:
    """Return a black and white PNG of a code, its number in large digits under it, and the date of its market day."""
    side, rows = modules(payload)
    width = (side + 2 * MARGIN) * PIXELS
    white = [0] * width
    lines = [white] * (MARGIN * PIXELS)
    for row in rows:
        dots = [0] * (MARGIN * PIXELS) + [d for dot in row for d in [dot] * PIXELS]
        lines += [dots + [0] * (width - len(dots))] * PIXELS
    lines += [white] * (2 * PIXELS)
    lines += _written(f"{number[:3]} {number[3:6]} {number[6:]}", width, width - 2 * MARGIN * PIXELS)
    lines += [white] * (3 * PIXELS)
    lines += _written(date, width, width // 2)
    lines += [white] * (MARGIN * PIXELS)
    return _png(width, lines)


def _written(text: str, width: int, room: int) -> list[list[int]]:
    """Return lines of dots that spell ``text`` in their middle, as large as fits into ``room``."""
    lines = rows_of(text, int(room / width_of(text)) - 1)
    left = (width - len(lines[0])) // 2
    return [[0] * left + line + [0] * (width - left - len(line)) for line in lines]


def _png(width: int, lines: list[list[int]]) -> bytes:
    """Return lines of dots (1 is black) as a PNG of one bit a pixel (PNG, third edition)."""
    spare = -width % 8
    each = {id(line): line for line in lines}  # a module's lines are one and the same list
    rows = {
        key: b"\0" + (int("".join("10"[d] for d in line), 2) << spare).to_bytes((width + spare) // 8, "big")
        for key, line in each.items()
    }
    packed = b"".join(rows[id(line)] for line in lines)
    header = struct.pack(">IIBBBBB", width, len(lines), 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
