"""Pictures of codes: a PNG with its number below, for a phone's photo album."""

import struct
import zlib

from models.printing.qr import modules

PIXELS = 12  # a module's side; a version 8 code then is some 640 pixels wide
MARGIN = 4  # modules of white around, as the standard asks

# Digits as 5 by 7 dots, a row a number, the leftmost dot its highest bit.
FONT = {
    "0": (14, 17, 19, 21, 25, 17, 14), "1": (4, 12, 4, 4, 4, 4, 14), "2": (14, 17, 1, 6, 8, 16, 31),
    "3": (31, 2, 4, 2, 1, 17, 14), "4": (2, 6, 10, 18, 31, 2, 2), "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14), "7": (31, 1, 2, 4, 8, 8, 8), "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12), " ": (0, 0, 0, 0, 0, 0, 0),
}  # fmt: skip


def png(payload: str, number: str) -> bytes:
    """Return a black and white PNG of a code, its number in large digits under it."""
    side, rows = modules(payload)
    width = (side + 2 * MARGIN) * PIXELS
    white = [0] * width
    lines = [white] * (MARGIN * PIXELS)
    for row in rows:
        dots = [0] * (MARGIN * PIXELS) + [d for dot in row for d in [dot] * PIXELS]
        lines += [dots + [0] * (width - len(dots))] * PIXELS
    lines += [white] * (2 * PIXELS)
    lines += _written(f"{number[:3]} {number[3:6]} {number[6:]}", width)
    lines += [white] * (MARGIN * PIXELS)
    return _png(width, lines)


def _written(text: str, width: int) -> list[list[int]]:
    """Return lines of dots that spell ``text``, as large as fits."""
    size = width // (6 * len(text) + 8)
    lines = []
    for row in range(7):
        dots = [FONT[c][row] >> bit & 1 for c in text for bit in (4, 3, 2, 1, 0, 9)]
        wide = [d for dot in dots for d in [dot] * size]
        left = (width - len(wide)) // 2
        lines += [[0] * left + wide + [0] * (width - left - len(wide))] * size
    return lines


def _png(width: int, lines: list[list[int]]) -> bytes:
    """Return lines of dots (1 is black) as a PNG of one bit a pixel (PNG, third edition)."""
    spare = -width % 8
    packed = b"".join(
        b"\0" + (int("".join("10"[d] for d in line), 2) << spare).to_bytes((width + spare) // 8, "big")
        for line in lines
    )
    header = struct.pack(">IIBBBBB", width, len(lines), 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
