"""Digits as strokes with round ends, drawn at any size as rows of dots: what a picture needs that has no font.

A digit stands in a box 0.6 wide and 1 high; its strokes are lines through points, arcs among them as short lines.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, hypot, pi, sin, sqrt

Point = tuple[float, float]
WIDTH, THICK = 0.6, 0.15  # of a digit's height
ADVANCE = 0.74
SPACE = 0.36


def _arc(x: float, y: float, across: float, down: float, first: float, last: float) -> list[Point]:
    """Return points of an ellipse around (x, y) from one angle to another, in degrees: 0 is right, 90 is down."""
    steps = max(6, int(abs(last - first) / 12))
    angles = ((first + (last - first) * step / steps) * pi / 180 for step in range(steps + 1))
    return [(x + across * cos(angle), y + down * sin(angle)) for angle in angles]


_STROKES: dict[str, list[list[Point]]] = {
    "0": [_arc(0.3, 0.5, 0.22, 0.42, 0, 360)],
    "1": [[(0.12, 0.26), (0.34, 0.09), (0.34, 0.92)]],
    "2": [[*_arc(0.3, 0.31, 0.21, 0.23, 190, 390), (0.1, 0.91), (0.52, 0.91)]],
    "3": [_arc(0.28, 0.29, 0.2, 0.21, 205, 445), _arc(0.28, 0.7, 0.23, 0.22, -85, 160)],
    "4": [[(0.4, 0.92), (0.4, 0.09), (0.07, 0.67), (0.54, 0.67)]],
    "5": [[(0.49, 0.09), (0.15, 0.09), (0.12, 0.45), *_arc(0.28, 0.64, 0.23, 0.26, 232, 500)]],
    "6": [[*_arc(0.36, 0.5, 0.27, 0.42, 285, 180), *_arc(0.3, 0.65, 0.21, 0.26, 180, 540)]],
    "7": [[(0.08, 0.09), (0.52, 0.09), (0.24, 0.92)]],
    "8": [_arc(0.3, 0.28, 0.18, 0.2, 0, 360), _arc(0.3, 0.7, 0.22, 0.22, 0, 360)],
    "9": [[*_arc(0.24, 0.5, 0.27, 0.42, 105, 0), *_arc(0.3, 0.35, 0.21, 0.26, 0, -360)]],
    "-": [[(0.16, 0.52), (0.44, 0.52)]],
}


def width_of(text: str) -> float:
    """Return how wide a text is, in heights of a digit."""
    return sum(SPACE if letter == " " else ADVANCE for letter in text) - (ADVANCE - WIDTH)


def rows_of(text: str, height: int) -> list[list[int]]:
    """Return rows of dots (1 is black) that spell digits, hyphens and blanks, ``height`` dots high."""
    whole = int(width_of(text) * height) + 1
    rows = [[0] * whole for _ in range(height)]
    left = 0.0
    for letter in text:
        if letter != " ":
            for y, first, last in _runs(letter, height):
                at = int(left * height)
                for x in range(max(0, at + first), min(whole, at + last)):
                    rows[y][x] = 1
        left += SPACE if letter == " " else ADVANCE
    return rows


@lru_cache(maxsize=64)
def _runs(letter: str, height: int) -> tuple[tuple[int, int, int], ...]:
    """Return ``(row, first dot, dot after the last)`` of a digit's black runs; they may overlap."""
    found = []
    for y in range(height):
        for line in _STROKES[letter]:
            for one, other in zip(line, line[1:], strict=False):
                edges = [x for span in _spans(one, other, (y + 0.5) / height) for x in span]
                if edges:
                    found.append((y, round(min(edges) * height), round(max(edges) * height)))
    return tuple(found)


def _spans(one: Point, other: Point, y: float) -> Iterator[Iterable[float]]:
    """Yield where a row cuts a line that is ``THICK`` and has round ends: its two ends, and its straight middle."""
    half = THICK / 2
    for x, middle in (one, other):
        if (inside := half * half - (y - middle) ** 2) > 0:
            yield x - sqrt(inside), x + sqrt(inside)
    (ax, ay), (bx, by) = one, other
    if not (length := hypot(bx - ax, by - ay)):
        return
    dx, dy = half * (by - ay) / length, half * (bx - ax) / length
    corners = [(ax - dx, ay + dy), (bx - dx, by + dy), (bx + dx, by - dy), (ax + dx, ay - dy)]
    for (px, py), (qx, qy) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (py > y) != (qy > y):
            yield (px + (y - py) * (qx - px) / (qy - py),)
