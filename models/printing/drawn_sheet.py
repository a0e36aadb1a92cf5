"""Drawn sheets: a sheet of paper as marks in mm, which a page sets as SVG and a batch sets by typst.

Both draw the same marks at the same places, so a paper has one layout. A mark is a dict with ``kind``: ``text`` (x, y
of the baseline, size, anchor, weight, text), ``code`` (x, y, side, path, modules), ``line`` (x, y, to_x, to_y, stroke,
dash), ``box`` (x, y, width, height, stroke) or ``shape`` (path).
"""

from dataclasses import dataclass, field
from typing import Any

from models.printing.fitted_text import LEADING, FittedText, fitted

Mark = dict[str, Any]
A4, A4_WIDE = (210.0, 297.0), (297.0, 210.0)
START, MIDDLE, END = "start", "middle", "end"
PLAIN, BOLD, BLACK = 400, 700, 900
ASCENT = 0.88  # of a Chinese character, above its baseline


@dataclass
class DrawnSheet:
    """One sheet; what is in ``turned`` is drawn upside down around its middle. ``name`` says what it is."""

    width: float
    height: float
    name: str
    marks: list[Mark] = field(default_factory=list)
    turned: list[Mark] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return dict(vars(self))


def text(x: float, y: float, size: float, words: str, anchor: str = START, weight: int = PLAIN) -> Mark:
    """Return words on a baseline."""
    return {"kind": "text", "x": round(x, 2), "y": round(y, 2), "size": size, "anchor": anchor, "weight": weight,
            "text": words}  # fmt: skip


def line(x: float, y: float, to_x: float, to_y: float, stroke: float = 0.3, dash: bool = False) -> Mark:
    """Return a line, dashed where one cuts or folds."""
    return {"kind": "line", "x": x, "y": y, "to_x": to_x, "to_y": to_y, "stroke": stroke, "dash": dash}


def box(x: float, y: float, width: float, height: float, stroke: float = 0.3) -> Mark:
    """Return an empty frame."""
    return {"kind": "box", "x": x, "y": y, "width": width, "height": height, "stroke": stroke}


def code(x: float, y: float, side: float, path: str, modules: int) -> Mark:
    """Return a QR code with the white around it."""
    return {"kind": "code", "x": x, "y": y, "side": side, "path": path, "modules": modules}


def shape(path: str) -> Mark:
    """Return a black shape of straight lines, in mm of the sheet."""
    return {"kind": "shape", "path": path}


def lines(x: float, top: float, found: FittedText, anchor: str = START, weight: int = PLAIN) -> list[Mark]:
    """Return a fitted text, its first line below ``top``."""
    first = top + found.size * (ASCENT + (LEADING - 1) / 2)
    return [
        text(x, first + number * found.size * LEADING, found.size, words, anchor, weight)
        for number, words in enumerate(found.lines)
    ]


def written(
    x: float, top: float, width: float, words: str, largest: float, most_lines: int = 1, anchor: str = START,
    weight: int = PLAIN, smallest: float = 2.0,
) -> tuple[list[Mark], float]:  # fmt: skip
    """Return words in a box, as large as it takes them, and how far down they reach."""
    found = fitted(words, width, largest, most_lines, smallest)
    return lines(x, top, found, anchor, weight), top + found.height
