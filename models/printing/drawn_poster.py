"""Drawn posters: what poster words say, drawn for a batch. In a browser the sheets of static/css/posters.css stand."""

from typing import Any

from models.printing.drawn_sheet import A4, BLACK, BOLD, MIDDLE, DrawnSheet, Mark, box, code, line, lines, text, written
from models.printing.fitted_text import filling, fitted
from models.printing.paper_words import grouped
from models.printing.poster_words import Said

EDGE = 10.0
WIDTH = A4[0] - 2 * EDGE
CODE = 88.0  # the side of a code, white included: its modules are 80 mm
FOOT = A4[1] - EDGE - CODE - 12
LARGER = 2**0.5  # A3 to A4


def drawn_poster(said: Said, size: str = "a4") -> DrawnSheet:
    """Return a poster of a vacancy, a booth or a market day as a sheet."""
    made = DrawnSheet(*A4, said["title"])
    top = _head(made, said)
    if "rows" in said:
        _booth(made, said, top)
    elif "booths" in said:
        _day(made, said, top)
    else:
        _vacancy(made, said, top)
    _foot(made, said)
    return larger(made, LARGER) if size == "a3" else made


def larger(sheet: DrawnSheet, by: float) -> DrawnSheet:
    """Return a sheet with all that stands on it, larger."""
    made = DrawnSheet(round(sheet.width * by), round(sheet.height * by), sheet.name)
    made.marks = [
        {name: value * by if name in _LENGTHS else value for name, value in mark.items()} for mark in sheet.marks
    ]
    return made


_LENGTHS = frozenset({"x", "y", "to_x", "to_y", "size", "side", "width", "height", "stroke"})


def _head(made: DrawnSheet, said: Said) -> float:
    made.marks.append(line(EDGE, EDGE, EDGE + WIDTH, EDGE, 3))
    room = WIDTH if said["booth"] is None else WIDTH - 60
    top = EDGE + 4.0
    for words in said["head"]:
        marks, top = written(EDGE, top, room, words, 6.4, 1, weight=BOLD)
        made.marks += marks
    if said["booth"] is not None:
        right = EDGE + WIDTH
        made.marks.append(box(right - 56, EDGE, 56, 32, 1.2))
        made.marks += written(right - 54, EDGE + 12, 14, said["booth_word"], 6, 1, weight=BOLD)[0]
        number = fitted(str(said["booth"]), 38, 34)
        made.marks.append(text(right - 20, EDGE + 28, number.size, number.lines[0], MIDDLE, BLACK))
    return EDGE + 36


def _vacancy(made: DrawnSheet, said: Said, top: float) -> None:
    title = filling(said["title"], WIDTH, FOOT - top - 62, 46, 4)
    made.marks += lines(EDGE, top, title, weight=BLACK)
    top += title.height
    pay = fitted(said["currency"] + said["pay"], WIDTH - 34, 37)
    made.marks.append(text(EDGE, top + 30, pay.size, pay.lines[0], weight=BLACK))
    if said["unit"]:
        made.marks += written(EDGE + WIDTH - 32, top + 18, 32, said["unit"], 13, 1, weight=BOLD)[0]
    top += 36
    facts = [fact for fact in said["facts"] if fact]
    each = min(9.5, (FOOT - 2 - top) / max(1, len(facts)))
    for fact in facts:
        made.marks += written(EDGE, top, WIDTH, fact, each * 0.78, 1, weight=BOLD)[0]
        top += each


def _booth(made: DrawnSheet, said: Said, top: float) -> None:
    title = filling(said["title"], WIDTH, 46, 31, 3)
    made.marks += lines(EDGE, top, title, weight=BLACK)
    top += title.height
    if said["employer"]:
        marks, top = written(EDGE, top, WIDTH, said["employer"], 7, 1, weight=BOLD)
        made.marks += marks
    columns = ((EDGE, 80.0, "start"), (EDGE + 96, 15.0, "end"), (EDGE + 152, 54.0, "end"), (EDGE + WIDTH, 36.0, "end"))
    rows: list[list[str]] = said["rows"]
    room = FOOT - 4 - top
    most = max(1, int(room / 5.2) - 1)
    shown = rows[:most] if len(rows) > most else rows
    each = min(13.0, room / (len(shown) + 1))
    shown = [[*row[:3], grouped(row[3])] for row in shown]
    sizes = [  # one for each column
        min((fitted(row[place], width, each * 0.62).size for row in shown), default=each)
        for place, (_x, width, _anchor) in enumerate(columns)
    ]
    for number, row in enumerate([said["heads"], *shown] if shown else []):
        for place, ((x, width, anchor), size, words) in enumerate(zip(columns, sizes, row, strict=True)):
            if number and not place:  # a long title takes two lines and leaves the others as large as they are
                made.marks += lines(x, top, filling(words, width, each * 0.96, each * 0.62, 3), weight=BOLD)
                continue
            largest, weight = (size, BOLD) if number else (min(each * 0.4, 4.6), 400)
            made.marks += written(x, top, width, words, largest, 1, anchor, weight)[0]
        top += each
        made.marks.append(line(EDGE, top, EDGE + WIDTH, top, 0.3))
    for topic in said["topics"]:
        marks, top = written(EDGE, top + 2, WIDTH, topic, 15, 1, weight=BOLD)
        made.marks += marks if top < FOOT else []


def _day(made: DrawnSheet, said: Said, top: float) -> None:
    marks, top = written(EDGE, top, WIDTH, said["title"], 26, 1, weight=BLACK)
    made.marks += marks
    made.marks += written(EDGE, top, WIDTH, f"{said['pay']} {said['unit']}", 13, 1, weight=BLACK)[0]
    top += 18
    if said["stops"]:
        stops = "   ".join(" ".join(stop) for stop in said["stops"])
        marks, top = written(EDGE, top, WIDTH, f"{said['stops_word']} {stops}", 5, 2)
        made.marks += marks
    rows: list[list[Any]] = said["booths"]
    half = max(1, -(-len(rows) // 2))
    each = min(12.0, (FOOT - 3 - top) / half)
    for place, (number, name, beside) in enumerate(rows):
        column, row = divmod(place, half)
        left, y = EDGE + column * (WIDTH / 2 + 2), top + row * each
        size, room = each * 0.66, WIDTH / 2 - 4
        made.marks += written(left + each, y, each, str(number), size, 1, "end", BLACK)[0]
        made.marks += lines(left + each + 2, y, filling(name, room - each - 24, each * 0.98, size, 3), weight=BOLD)
        made.marks += written(left + room, y, 20, beside, size * 0.7, 1, "end")[0]
        made.marks.append(line(left, y + each, left + room, y + each, 0.2))


def _foot(made: DrawnSheet, said: Said) -> None:
    made.marks.append(line(EDGE, FOOT, EDGE + WIDTH, FOOT, 1))
    made.marks.append(code(EDGE, FOOT + 2, CODE, said["path"], said["modules"]))
    under = grouped(said["number"]) if said["number"] else said["address"].split("://")[1]
    made.marks += written(EDGE + CODE / 2, FOOT + CODE + 1, CODE, under, 9, 1, MIDDLE, BOLD)[0]
    left, width = EDGE + CODE + 4, WIDTH - CODE - 4
    top = FOOT + 3.0
    for words, size, most, weight in (
        (said["scan"], 13.0, 1, BLACK), (said["say"], 6.0, 3, BOLD), *_given(said),
        (said["bring_head"] if said["bring"] else "", 4.6, 1, 400), (said["bring"], 8.0, 2, BLACK),
    ):  # fmt: skip
        if words and top < A4[1] - EDGE - 16:
            marks, top = written(left, top, width, words, size, most, weight=weight)
            made.marks += marks
            top += 1
    made.marks += _service(left, width, said["service"])


def _given(said: Said) -> list[tuple[str, float, int, int]]:
    if not said["given"]:
        return []
    return [(said["given_head"], 4.6, 1, 400), (" · ".join(said["given"]), 5.6, 2, BOLD)]


def _service(left: float, width: float, words: str) -> list[Mark]:
    found = fitted(words, width, 5.4, 2)
    return written(left, A4[1] - EDGE - found.height, width, words, 5.4, 2, weight=BOLD)[0]
