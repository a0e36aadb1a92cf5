"""Fitted texts: how large words can be in a box, and where their lines break, whichever font a computer has.

Reckoned in widths that are a little more than those of Noto Sans CJK and Microsoft YaHei in bold, so that a line never
runs over the edge of its box where the font is another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import east_asian_width

SLACK = 1.06  # fonts of other makers are up to 5 % wider
LEADING = 1.22  # from one baseline to the next, in sizes
STEP = 0.94  # from one size that is tried to the next
FULL, UPPER, OTHER, DIGIT, NARROW, SPACE, BROAD = 1.0, 0.74, 0.62, 0.6, 0.36, 0.26, 0.98
NO_START = "，。、；：！？）》」』”’…·,.;:!?)]}"
NO_END = "（《「『“‘([{"
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class FittedText:
    """A text in a box: the size of its letters in mm, and its lines."""

    size: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """How high it is, from the top of its first line to the foot of its last."""
        return self.size * LEADING * len(self.lines)


def width_of(text: str) -> float:
    """Return how wide a text is in bold, as a multiple of its size."""
    return sum(_width(sign) for sign in text) * SLACK


@lru_cache(4096)
def fitted(
    text: str, width: float, largest: float, most_lines: int = 1, smallest: float = 2.0, even: bool = True
) -> FittedText:
    """Return a text as large as a box of so many mm takes it in so many lines; at the smallest size it is cut with ….

    No word of letters is broken unless it must. ``even``: its lines are about as long as each other, as in a heading.
    """
    text = " ".join(text.split())
    size, longest = largest, max((width_of(word) for word in _WORD.findall(text)), default=0)
    while size > smallest:
        room = width / size
        lines = broken(text, room)
        if len(lines) <= most_lines and longest <= room and max(map(width_of, lines)) <= room:
            return FittedText(round(size, 2), tuple(_evened(text, room, len(lines), longest) if even else lines))
        size *= STEP
    lines = broken(text, width / smallest)
    if len(lines) > most_lines:
        lines = lines[:most_lines]
        lines[-1] = _cut(lines[-1], width / smallest)
    return FittedText(smallest, tuple(lines))


def filling(text: str, width: float, height: float, largest: float, most_lines: int) -> FittedText:
    """Return a text as large as a box of so many mm takes it, in whichever number of lines is largest."""
    tried = [fitted(text, width, min(largest, height / (count * LEADING)), count) for count in range(1, most_lines + 1)]
    return max(tried, key=lambda one: one.size)


def broken(text: str, room: float) -> list[str]:
    """Return the lines of a text where each may be ``room`` sizes wide."""
    if width_of(text) <= room:
        return [text]
    lines, line, used = [], "", 0.0
    for part in _parts(text, room):
        width = width_of(part.rstrip())
        if line and used + width > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
            part = part.lstrip()
        line += part
        used += width_of(part)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _evened(text: str, room: float, count: int, longest: float) -> list[str]:
    """Return as many lines, about as long as each other: a name of nine is not eight and one."""
    best = broken(text, room)
    for share in (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        lines = broken(text, room * share)
        if len(lines) == count and longest <= room * share:
            return lines
    return best


def _parts(text: str, room: float) -> Iterator[str]:
    """Yield what stays together: a wide sign with the stops behind it, a word of letters unless it is too long."""
    part = ""
    for sign in text:
        is_glued = sign in NO_START or (part and part[-1] in NO_END)
        is_word = part and not _is_wide(sign) and not _is_wide(part[-1]) and part[-1] != " "
        if part and not is_glued and not is_word and sign != " " or part and width_of(part + sign) > room:
            yield part
            part = ""
        part += sign
    if part:
        yield part


def _cut(line: str, room: float) -> str:
    while line and width_of(line + "…") > room:
        line = line[:-1]
    return line + "…"


def _is_wide(sign: str) -> bool:
    return east_asian_width(sign) in "WFA"


@lru_cache(8192)
def _width(sign: str) -> float:
    if _is_wide(sign):
        return FULL
    if sign == " ":
        return SPACE
    if sign.isdigit():
        return DIGIT
    if sign in "mwMW@%&":
        return BROAD
    if sign in "iljI.,:;'|!()[]-":
        return NARROW
    return UPPER if sign.isupper() else OTHER
