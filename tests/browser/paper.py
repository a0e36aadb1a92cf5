"""Paper: what Chromium's PDF of a page really shows, measured and read back."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import groupby, pairwise
from pathlib import Path

import zxingcpp

from tests.browser.conftest import program

DPI = 150
MM_PER_INCH = 25.4
WHITE = 250  # of 255: what no printer puts ink on
LIGHT = bytes(range(WHITE, 256))
INK = bytes.maketrans(b"01", b"\xff\x00")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
TONES = {"grey": "-gray", "black and white": "-mono"}  # what printers make of a sheet


@dataclass(frozen=True)
class Box:
    """A text and where it stands on its sheet, in mm from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def side_mm(self) -> float:
        """Return the shorter side."""
        return min(self.right - self.left, self.bottom - self.top)

    @property
    def middle(self) -> float:
        """Return how far down its middle is."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Picture:
    """A sheet as a printer would put it down: a byte a dot, 255 is white."""

    width: int
    height: int
    dots: bytes

    def codes(self) -> list[Box]:
        """Read the QR codes; a code's box does not hold the white around it."""
        image = memoryview(self.dots).cast("B", (self.height, self.width))
        return [_box(code) for code in zxingcpp.read_barcodes(image)]

    def ink_near_the_edge(self, mm: float) -> int:
        """Count the dots of ink that a printer with so wide a margin would cut off."""
        margin = round(mm / MM_PER_INCH * DPI)
        rows = [self.dots[start : start + self.width] for start in range(0, len(self.dots), self.width)]
        outside = [*rows[:margin], *rows[-margin:]]
        outside += [row[:margin] + row[-margin:] for row in rows[margin:-margin]]
        return sum(len(row.translate(None, LIGHT)) for row in outside)

    def frame_mm(self, strip_mm: float = 0.7) -> tuple[float, float]:
        """Return the longest upright line in the outermost inked strip on the left and on the right, in mm."""
        columns = [self.dots[place :: self.width] for place in range(self.width)]
        inked = [place for place, column in enumerate(columns) if min(column) < WHITE]
        strip = round(strip_mm / MM_PER_INCH * DPI)
        ends = (columns[inked[0] : inked[0] + strip], columns[inked[-1] - strip + 1 : inked[-1] + 1])
        left, right = (max(map(_longest_line, end)) / DPI * MM_PER_INCH for end in ends)
        return left, right


class Paper:
    """A page printed as the browser prints it, on the size its style sheet names."""

    def __init__(self, page: object, path: Path, backgrounds: bool = True) -> None:
        self.path = path
        page.pdf(path=path, prefer_css_page_size=True, print_background=backgrounds)

    def pages(self) -> list[str]:
        """Return the text of each page."""
        text = _run("pdftotext", "-layout", self.path, "-").decode()
        return text.removesuffix("\f").split("\f")

    def words(self) -> list[list[Box]]:
        """Return the words of each page with their places."""
        html = _run("pdftotext", "-bbox", self.path, "-").decode()
        return [[_word(*found) for found in WORD.findall(page)] for page in html.split("<page ")[1:]]

    def size_mm(self) -> tuple[float, float]:
        """Return the width and height of the sheets, which must all be alike."""
        lines = _run("pdfinfo", "-l", "-1", self.path).decode().splitlines()
        sizes = {tuple(line.split()[3:6:2]) for line in lines if "size:" in line and "pts" in line}
        assert len(sizes) == 1
        width, height = (float(points) / 72 * MM_PER_INCH for points in sizes.pop())
        return width, height

    def pictures(self, tone: str = "grey") -> list[Picture]:
        """Return each sheet as a print of 150 dots an inch."""
        folder = self.path.with_suffix(f".{tone}")
        if not folder.exists():
            folder.mkdir()
            _run("pdftoppm", TONES[tone], "-r", str(DPI), self.path, folder / "sheet")
        return [_picture(sheet) for sheet in sorted(folder.iterdir())]

    def pngs(self, last: int, dpi: int = 100) -> list[bytes]:
        """Return the first sheets in colour, up to the last that is asked for, to be looked at."""
        folder = self.path.with_suffix(".png")
        folder.mkdir()
        _run("pdftoppm", "-png", "-r", str(dpi), "-l", str(last), self.path, folder / "sheet")
        return [sheet.read_bytes() for sheet in sorted(folder.iterdir())]

    def codes(self, tone: str = "grey") -> list[list[Box]]:
        """Read the codes of each sheet as a scanner would."""
        return [picture.codes() for picture in self.pictures(tone)]


class PdfFile:
    """A PDF that the server made, read back with poppler."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        path.write_bytes(content)

    @cache  # noqa: B019  few, and gone with the test
    def pages(self) -> list[str]:
        """Return the text of each page."""
        return _run("pdftotext", "-layout", self.path, "-").decode().removesuffix("\f").split("\f")

    def size_mm(self, page: int) -> tuple[int, int]:
        """Return the width and height of a page."""
        found = _run("pdfinfo", "-f", page, "-l", page, self.path).decode()
        width, height = re.search(r"size:\s+([\d.]+) x ([\d.]+)", found).groups()
        return round(float(width) / 72 * MM_PER_INCH), round(float(height) / 72 * MM_PER_INCH)

    @cache  # noqa: B019  as above
    def outline(self) -> list[tuple[int, int]]:
        """Return (level, page) of each entry, in order."""
        level, found = 0, []
        xml = _run("pdftohtml", "-xml", "-i", "-stdout", self.path).decode()
        for tag, page in re.findall(r'<(/?outline|item)(?: page="(\d+)")?', xml):
            level += {"outline": 1, "/outline": -1}.get(tag, 0)
            found += [(level, int(page))] if tag == "item" else []
        return found

    def codes(self, pages: Iterable[int]) -> dict[int, list[str]]:
        """Read the codes of some pages as a scanner would, in the order of their texts."""
        folder = self.path.with_suffix(".pgm")
        folder.mkdir(exist_ok=True)
        found = {}
        for page in sorted(pages):
            _run("pdftoppm", "-gray", "-r", "100", "-f", page, "-l", page, "-singlefile", self.path, folder / str(page))
            found[page] = sorted(code.text for code in _picture(folder / f"{page}.pgm").codes())
        return found


def text_under(code: Box, words: list[Box], reach: float = 16, gap: float = 6) -> str:
    """Return the first line of text under a code, without blanks; a gap of so many mm ends a line."""
    below = [word for word in words if word.left < code.right and word.right > code.left]
    below = [word for word in below if code.bottom < word.middle < code.bottom + reach]
    if not below:
        return ""
    first = min(below, key=lambda word: word.middle)
    line = sorted((word for word in words if abs(word.middle - first.middle) < 1), key=lambda word: word.left)
    parts = [[line[0]]]
    for before, word in pairwise(line):
        parts.append([word]) if word.left - before.right > gap else parts[-1].append(word)
    return "".join(word.text for word in next(part for part in parts if first in part))


def _longest_line(column: bytes) -> int:
    return max(sum(1 for _ in dots) for dark, dots in groupby(column, lambda dot: dot < WHITE) if dark)


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Box:
    return Box(unescape(text), *(float(points) / 72 * MM_PER_INCH for points in (left, top, right, bottom)))


def _box(code: object) -> Box:
    corners = [getattr(code.position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
    across, down = [point.x for point in corners], [point.y for point in corners]
    dots = (min(across), min(down), max(across), max(down))
    return Box(code.text, *(dot / DPI * MM_PER_INCH for dot in dots))


def _picture(sheet: Path) -> Picture:
    """Read a PGM, or a PBM whose bits become bytes."""
    content = sheet.read_bytes()
    if content.startswith(b"P4"):
        _, width, height, bits = content.split(maxsplit=3)
        width, height = int(width), int(height)
        across = -(-width // 8)
        bits = bits[-across * height :]
        dots = f"{int.from_bytes(bits):0{8 * len(bits)}b}".encode().translate(INK)
        rows = (dots[start : start + width] for start in range(0, len(dots), 8 * across))
        return Picture(width, height, b"".join(rows))
    kind, width, height, _depth, pixels = content.split(maxsplit=4)
    assert kind == b"P5"
    width, height = int(width), int(height)
    return Picture(width, height, pixels[-width * height :])


def _run(name: str, *arguments: object) -> bytes:
    return subprocess.run(
        [program(name), *map(str, arguments)], check=True, capture_output=True
    ).stdout
