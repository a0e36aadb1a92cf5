"""Booth papers: the sign over a booth, seen from the gate, and the tent on its table, read from both sides."""

from collections.abc import Collection

from models.market.market_day import MarketDay
from models.market.pay import pay_range
from models.market.vacancy import Vacancy
from models.printing.drawn_sheet import (
    A4,
    A4_WIDE,
    BLACK,
    BOLD,
    MIDDLE,
    DrawnSheet,
    Mark,
    code,
    line,
    lines,
    shape,
    text,
    written,
)
from models.printing.fitted_text import LEADING, fitted, width_of
from models.printing.paper_words import PaperWords
from models.printing.poster import Poster, booth_posters
from models.vocabulary.code_list import ADVICE_TOPICS, PAY_UNITS

EDGE = 10  # mm that no printer reaches
WAYS = ("", "left", "right", "ahead")  # where an arrow on a sign leads; none: it hangs at the booth, and has its code
_ARROW = ((0, 30), (45, 30), (45, 5), (80, 40), (45, 75), (45, 50), (0, 50))  # to the right, in a square of 80
MOST_LINES = 4  # of what a tent says


def booth_signs(
    day: MarketDay, origin: str, words: PaperWords, booths: Collection[int] = (), way: str = ""
) -> list[DrawnSheet]:
    """Return a sign for each booth: its number as large as a hand is wide, whose it is, and its code or an arrow."""
    return [_sign(day, one, words, way) for one in booth_posters(day, origin, booths)]


def table_tents(day: MarketDay, origin: str, words: PaperWords, booths: Collection[int] = ()) -> list[DrawnSheet]:
    """Return a tent for each booth: A4 folded across its middle, the same upright on both sides."""
    return [_tent(one, words) for one in booth_posters(day, origin, booths)]


def _sign(day: MarketDay, poster: Poster, words: PaperWords, way: str) -> DrawnSheet:
    width, height = A4_WIDE
    booth = poster.booth
    assert booth is not None
    made = DrawnSheet(width, height, f"{booth.number} {booth.name}")
    head = " · ".join((day.county.service_name, day.town_name, words.date(day.date, "long")))
    made.marks += written(EDGE, EDGE, width - 2 * EDGE, head, 8)[0]
    number = fitted(str(booth.number), 150, 145)
    made.marks.append(text(EDGE, 132, number.size, number.lines[0], weight=BLACK))
    beside = EDGE + number.size * width_of(number.lines[0]) + 3
    made.marks += written(beside, 112, 200 - beside, words.gettext("Booth"), 18, weight=BOLD)[0]
    made.marks += _arrow(way) if way else _scan(poster, words, 207, 24, 80)
    made.marks.append(line(EDGE, 140, width - EDGE, 140, 1.2))
    name = fitted(booth.name, width - 2 * EDGE, 46, 2)
    room = height - EDGE - 142
    made.marks += lines(width / 2, 142 + (room - name.height) / 2, name, MIDDLE, BLACK)
    return made


def _scan(poster: Poster, words: PaperWords, left: float, top: float, side: float) -> list[Mark]:
    """Return a code with its address in letters and what to do with it."""
    middle = left + side / 2
    marks = [code(left, top, side, poster.path, poster.modules)]
    address, foot = written(middle, top + side, side, poster.address.split("://")[1], side / 13, 1, MIDDLE)
    say, _foot = written(middle, foot + 1, side, words.gettext("Scan with WeChat"), side / 7, 1, MIDDLE, BOLD)
    return marks + address + say


def _arrow(way: str) -> list[Mark]:
    turned = {
        "right": lambda x, y: (x, y), "left": lambda x, y: (80 - x, y), "ahead": lambda x, y: (y, 80 - x),
    }[way]  # fmt: skip
    corners = [turned(x, y) for x, y in _ARROW]
    path = "L".join(f"{207 + x} {30 + y}" for x, y in corners)
    return [shape(f"M{path}Z")]


def _tent(poster: Poster, words: PaperWords) -> DrawnSheet:
    width, height = A4
    booth = poster.booth
    assert booth is not None
    fold = height / 2
    half: list[Mark] = []
    number = fitted(str(booth.number), 52, 62)
    half.append(text(EDGE, fold + 52, number.size, number.lines[0], weight=BLACK))
    name = fitted(booth.name, width - 2 * EDGE - 58, 24, 3)
    half += lines(EDGE + 58, fold + 8 + max(0.0, (46 - name.height) / 2), name, weight=BLACK)
    half.append(line(EDGE, fold + 58, width - EDGE, fold + 58, 0.6))
    half += _scan(poster, words, width - EDGE - 58, fold + 61, 58)
    said = _offered(poster, words)
    room = (height - EDGE - fold - 62) / max(1, len(said))
    for place, words_of_it in enumerate(said):
        found = fitted(words_of_it, width - 2 * EDGE - 62, min(11.0, room / (2 * LEADING)), 2)
        half += lines(EDGE, fold + 62 + place * room, found, weight=BOLD)
    made = DrawnSheet(width, height, f"{booth.number} {booth.name}", list(half), half)
    made.marks.append(line(EDGE, fold, width - EDGE, fold, 0.2, dash=True))
    made.marks += written(width / 2, fold + 1, 100, words.gettext("Fold here, print outside"), 2.6, 1, MIDDLE)[0]
    return made


def _offered(poster: Poster, words: PaperWords) -> list[str]:
    """Return what a tent says of a booth: its first vacancies, or what a desk advises on."""
    booth = poster.booth
    if booth is not None and booth.is_desk and not poster.vacancies:
        return [words.gettext(ADVICE_TOPICS[code]) for code in booth.topics if code in ADVICE_TOPICS][:MOST_LINES]
    shown = poster.vacancies if len(poster.vacancies) <= MOST_LINES else poster.vacancies[: MOST_LINES - 1]
    said = [f"{one.title} {pay_words(one, words)}" for one in shown]
    if more := len(poster.vacancies) - len(shown):
        said.append(words.gettext("and %(count)s more: scan the code", count=more))
    return said


def pay_words(vacancy: Vacancy, words: PaperWords) -> str:
    """Return what a vacancy pays, as posters say it."""
    pay = pay_range(vacancy)
    if not pay:
        return words.gettext("Pay by agreement")
    unit = words.gettext(PAY_UNITS[vacancy.pay_unit])
    return f"¥{pay} {unit}" if words.locale == "en" else f"{pay}{unit}"
