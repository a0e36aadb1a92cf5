"""Thermal slips: a pass or a receipt on paper of 58 or 80 mm, as narrow printers take it. No slip bears a name."""

from collections.abc import Iterable, Sequence

from models.market.county import County
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.printing import qr
from models.printing.drawn_sheet import BOLD, MIDDLE, DrawnSheet, code, line, written
from models.printing.paper_words import PaperWords, grouped, hours

WIDTHS = {"58": (58.0, 48.0), "80": (80.0, 72.0)}  # of the paper, and what the head of the printer reaches
HEIGHTS = (90.0, 120.0, 150.0, 180.0, 240.0)  # that static/css/drawn.css has pages for
QUIET = 4
MOST_TIES = 6  # vacancies on a receipt

Tied = tuple[str, str, str]  # a vacancy's title, its employer, how far it came: in words


class _Slip:
    """A slip that grows downwards."""

    def __init__(self, paper: str, name: str) -> None:
        width, self.room = WIDTHS[paper]
        self.made, self.foot = DrawnSheet(width, 0.0, name), 3.0
        self.middle = width / 2
        self.larger = self.room / 48

    def say(self, words: str, size: float, most_lines: int = 1, weight: int = 400) -> None:
        if words:
            marks, self.foot = written(
                self.middle, self.foot, self.room, words, size * self.larger, most_lines, MIDDLE, weight, 2.4
            )
            self.made.marks += marks

    def rule(self) -> None:
        edge = self.middle - self.room / 2
        self.made.marks.append(line(edge, self.foot + 1, edge + self.room, self.foot + 1, 0.3))
        self.foot += 2.2

    def code(self, path: str, modules: int) -> None:
        side = self.room * 0.92
        self.made.marks.append(code(self.middle - side / 2, self.foot, side, path, modules))
        self.foot += side

    def end(self) -> DrawnSheet:
        self.made.height = next((height for height in HEIGHTS if height >= self.foot + 3), HEIGHTS[-1])
        return self.made


def pass_slips(
    day: MarketDay, numbers: Sequence[str], payloads: Iterable[str], point: ServicePoint | None, paper: str,
    words: PaperWords,
) -> list[DrawnSheet]:  # fmt: skip
    """Return a slip for each pass: its code, its number in digits, what it is for, and the nearest service point."""
    payloads = list(payloads)
    paths = qr.sheet_paths(payloads, QUIET)
    return [
        _pass_slip(day, number, path, qr.width(payload, QUIET), point, paper, words)
        for number, payload, path in zip(numbers, payloads, paths, strict=True)
    ]


def _pass_slip(
    day: MarketDay, number: str, path: str, modules: int, point: ServicePoint | None, paper: str, words: PaperWords
) -> DrawnSheet:
    slip = _Slip(paper, number)
    slip.say(words.gettext("Candidate's pass"), 6.5, weight=BOLD)
    slip.code(path, modules)
    slip.say(grouped(number), 7.4, weight=BOLD)
    slip.say(words.gettext("Let staff at a booth scan it."), 3.6, 2, BOLD)
    slip.say(f"{day.town_name} · {words.date(day.date, 'long')}", 3.4)
    slip.say(hours(day.opens_at, day.closes_at, words), 3.4)
    _foot(slip, day.county, point, words)
    return slip.end()


def receipt_slip(
    day: MarketDay, passes: Sequence[str], ties: Sequence[Tied], point: ServicePoint | None, paper: str,
    words: PaperWords,
) -> DrawnSheet:  # fmt: skip
    """Return what somebody takes home from a market day: their pass, what they are tied to, where to ask."""
    slip = _Slip(paper, words.gettext("Receipt"))
    slip.say(words.gettext("Your market day"), 6, weight=BOLD)
    slip.say(f"{day.town_name} · {words.date(day.date, 'long')}", 3.4, 2)
    for number in passes[:2]:
        slip.say(f"{words.gettext('Pass')} {grouped(number)}", 4.6, weight=BOLD)
    slip.rule()
    for title, employer, stage in ties[:MOST_TIES]:
        slip.say(title, 4.6, 2, BOLD)
        slip.say(f"{employer} · {stage}", 3.4, 2)
    if not ties:
        slip.say(words.gettext("Nothing is written down for this day yet."), 3.6, 2)
    if more := len(ties) - MOST_TIES:
        slip.say(words.gettext("and %(count)s more", count=more) if more > 0 else "", 3.4)
    slip.rule()
    slip.say(words.gettext("Nobody may ask you for money, a deposit or your card."), 3.4, 3)
    _foot(slip, day.county, point, words)
    return slip.end()


def _foot(slip: _Slip, county: County, point: ServicePoint | None, words: PaperWords) -> None:
    slip.rule()
    if point is not None:
        slip.say(words.gettext("Nearest service point"), 3.2)
        slip.say(point.name, 3.8, 3, BOLD)
        slip.say(point.address, 3.2, 3)
        slip.say(point.phone or county.phone, 4.4, weight=BOLD)
    else:
        slip.say(f"{county.service_name} {county.phone}", 3.6, 2, BOLD)
    slip.say(county.hours, 3, 2)
