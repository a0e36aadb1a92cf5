"""Films for Chromium's fake camera: a printed sheet of paper, or a tablet's screen, held before a lens."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import qrcode
from qrcode.constants import ERROR_CORRECT_L

WIDTH, HEIGHT = 640, 480
TABLE = b"\xb0"  # grey
FRAMES = 10  # Chromium plays them over and over


def film_card(pdf: Path, place: int, target: Path) -> None:
    """Write a Y4M film of one card (0 to 9) of the first sheet of printed passes.

    The sheet is rasterised as a printer would at 150 dpi and one card cut out; nothing is drawn anew.
    """
    pixels, width, height = _raster(pdf)
    column, row = place % 2, place // 2
    card_width, card_height = int(85 / 25.4 * 150), int(54 / 25.4 * 150)
    left = (width - 2 * card_width) // 2 + column * card_width
    top = (height - 5 * card_height) // 2 + row * card_height
    frame = bytearray(TABLE * (WIDTH * HEIGHT))
    for line in range(card_height):
        start = (top + line) * width + left
        y, x = line + (HEIGHT - card_height) // 2, (WIDTH - card_width) // 2
        frame[y * WIDTH + x : y * WIDTH + x + card_width] = pixels[start : start + card_width]
    _write([frame] * FRAMES, target)


def film_codes(texts: Iterable[str], target: Path) -> None:
    """Write a Y4M film of a screen that shows one code after another, each for a fifth of a second."""
    _write((frame for text in texts for frame in [_code(text)] * 2), target)


def _code(text: str) -> bytearray:
    """Draw a code in the middle of the picture, by another hand than the kiosk's."""
    code = qrcode.QRCode(version=8, error_correction=ERROR_CORRECT_L, border=4, mask_pattern=3)
    code.add_data(text)
    modules = code.get_matrix()
    scale = HEIGHT // len(modules)
    side = scale * len(modules)
    frame = bytearray(TABLE * (WIDTH * HEIGHT))
    for y in range(side):
        row = b"".join((b"\x10" if dark else b"\xeb") * scale for dark in modules[y // scale])
        start = (y + (HEIGHT - side) // 2) * WIDTH + (WIDTH - side) // 2
        frame[start : start + side] = row
    return frame


def _write(frames: Iterable[bytes], target: Path) -> None:
    colourless = b"\x80" * (WIDTH * HEIGHT // 2)
    with target.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for frame in frames:
            film.write(b"FRAME\n" + frame + colourless)


def _raster(pdf: Path) -> tuple[bytes, int, int]:
    command = ["pdftoppm", "-gray", "-r", "150", "-f", "1", "-l", "1", "-singlefile", pdf]
    subprocess.run([*command, pdf.with_suffix("")], check=True)
    _, width, height, _, pixels = pdf.with_suffix(".pgm").read_bytes().split(maxsplit=4)
    size = int(width) * int(height)
    return pixels[-size:], int(width), int(height)
