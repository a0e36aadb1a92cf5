"""A film for Chromium's fake camera: a printed sheet of paper held before a lens."""

import subprocess
from pathlib import Path

WIDTH, HEIGHT = 640, 480
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
    frame = bytearray(b"\xb0" * (WIDTH * HEIGHT))  # a grey table
    for line in range(card_height):
        start = (top + line) * width + left
        y, x = line + (HEIGHT - card_height) // 2, (WIDTH - card_width) // 2
        frame[y * WIDTH + x : y * WIDTH + x + card_width] = pixels[start : start + card_width]
    colourless = b"\x80" * (WIDTH * HEIGHT // 2)
    with target.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            film.write(b"FRAME\n" + frame + colourless)


def _raster(pdf: Path) -> tuple[bytes, int, int]:
    command = ["pdftoppm", "-gray", "-r", "150", "-f", "1", "-l", "1", "-singlefile", pdf]
    subprocess.run([*command, pdf.with_suffix("")], check=True)
    _, width, height, _, pixels = pdf.with_suffix(".pgm").read_bytes().split(maxsplit=4)
    size = int(width) * int(height)
    return pixels[-size:], int(width), int(height)
