"""Paper: what Chromium's PDF of a page really shows, measured and read back."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import zxingcpp

from tests.browser.conftest import program

DPI = 150
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Code:
    """A QR code found on a sheet; its side is measured without the white around it."""

    text: str
    side_mm: float


class Paper:
    """A page printed as the browser prints it, on the size its style sheet names."""

    def __init__(self, page: object, path: Path) -> None:
        self.path = path
        page.pdf(path=path, prefer_css_page_size=True, print_background=True)

    def pages(self) -> list[str]:
        """Return the text of each page."""
        text = _run("pdftotext", "-layout", self.path, "-").decode()
        return text.removesuffix("\f").split("\f")

    def size_mm(self) -> tuple[float, float]:
        """Return the width and height of the sheets, which must all be alike."""
        lines = _run("pdfinfo", "-l", "-1", self.path).decode().splitlines()
        sizes = {tuple(line.split()[3:6:2]) for line in lines if "size:" in line and "pts" in line}
        assert len(sizes) == 1
        width, height = (float(points) / 72 * MM_PER_INCH for points in sizes.pop())
        return width, height

    def codes(self) -> list[list[Code]]:
        """Read the codes of each sheet as a scanner would from a print of 150 dots an inch."""
        folder = self.path.with_suffix("")
        folder.mkdir()
        _run("pdftoppm", "-gray", "-r", str(DPI), self.path, folder / "sheet")
        return [_codes(sheet) for sheet in sorted(folder.iterdir())]


def _codes(sheet: Path) -> list[Code]:
    kind, width, height, _depth, pixels = sheet.read_bytes().split(maxsplit=4)
    assert kind == b"P5"
    size = int(width) * int(height)
    image = memoryview(pixels[-size:]).cast("B", (int(height), int(width)))
    return [Code(found.text, _side_mm(found.position)) for found in zxingcpp.read_barcodes(image)]


def _side_mm(position: object) -> float:
    """Return the shorter side of where a code was found."""
    across = position.top_right.x - position.top_left.x
    down = position.bottom_left.y - position.top_left.y
    return min(across, down) / DPI * MM_PER_INCH


def _run(name: str, *arguments: object) -> bytes:
    return subprocess.run(
        [program(name), *map(str, arguments)], check=True, capture_output=True
    ).stdout
