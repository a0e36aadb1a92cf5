"""Walls: what a large screen in the square or the hall shows of a market day, slide by slide; public facts alone.

A slide is a board of lines as a station has it. How many booths it takes is reckoned here, from how long their words
are, so that no letter has to become smaller than people read at six metres (docs/wall.md).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from models.base.database import fetch
from models.derived.calling import Called, called
from models.market.county import County
from models.market.market_hours import closing_time
from models.market.pay import pay_range
from models.phone.coming_days import ComingDay, coming_days
from models.phone.notice import BoothNotice, DayNotice, VacancyNotice, booth_notices, day_notices, vacancies_of_day

AFTER = timedelta(minutes=30)  # how long a wall goes on when its market has closed
A_DAY = timedelta(days=1)
MOST_COMING = 6
MOST_CALLED = 3
TENS = 10  # persons are told in whole tens: who watches one booth learns of nobody
NARROW = 0.6  # of an em: a digit or a Latin letter
AHEAD, OPEN, OVER, CANCELLED, NONE = "ahead", "open", "over", "cancelled", "none"


class Frame(NamedTuple):
    """The room for slides, in rem of wall.css: its height, a line's, what a booth takes besides, the words' width.

    ``splits``: pay stands on a line of its own.
    """

    height: float
    line: float
    booth: float
    words: float
    splits: bool


WIDE = Frame(41.5, 3.1, 0.7, 59, splits=False)
TALL = Frame(57, 3.1, 0.7, 41, splits=True)
ENGLISH = 3.4  # rem that a line in English takes from the slides
LETTER = 2.55  # rem, the size of letters
BESIDE_TITLE = 6.3  # rem: the picture of the trade, and what stands between words
PLACES_LEFT = 11  # rem
URGENT = 6.5  # rem
UNIT = 3.3  # em, 元/月 behind an amount


class Card(NamedTuple):
    """A booth on a slide with its vacancies that take people, or some of them."""

    booth: BoothNotice
    posts: tuple[VacancyNotice, ...]


Slide = tuple[Card, ...]


class Wall(NamedTuple):
    """All that a wall shows; compares by value. ``persons`` who came, rounded down to tens, 0 below ten.

    ``called`` are the latest numbers that booths call just now.
    """

    day: DayNotice | None
    phase: str
    slides: tuple[Slide, ...]
    booths: int
    vacancies: int
    openings: int
    persons: int
    coming: tuple[ComingDay, ...]
    called: tuple[Called, ...] = ()


def wall(county: County, town: str, now: datetime, frame: Frame, chosen: DayNotice | None = None) -> Wall:
    """Return what a wall shows now: today's market day of the town (its code; empty: of the county), or what comes.

    ``chosen`` is a market day that somebody opened the wall for: it is shown until its own date is over.
    """
    day = _shown(county, town, now, chosen)
    phase = phase_of(day, now) if day else NONE
    if day is None or phase in (OVER, CANCELLED):
        today = now.astimezone(county.zone()).date()
        later = [one for one in coming_days(county.id, today + A_DAY) if not one.is_cancelled]
        return Wall(day, phase, (), 0, 0, 0, 0, tuple(later[:MOST_COMING]))
    booths, vacancies = booth_notices(day.id), vacancies_of_day(day.id)
    open_ones = [vacancy for vacancy in vacancies if not vacancy.is_full]
    wanted = sum(vacancy.remaining for vacancy in open_ones)
    calls = tuple(called(day.id, now)[:MOST_CALLED]) if phase == OPEN else ()
    boards = slides(booths, open_ones, frame)
    return Wall(day, phase, boards, len(booths), len(open_ones), wanted, _persons(day.id), (), calls)


def phase_of(day: DayNotice, now: datetime) -> str:
    """Return where a market day is: ``ahead``, ``open``, ``over`` or ``cancelled``."""
    if day.cancelled:
        return CANCELLED
    if now >= _end(day):
        return OVER
    opens = datetime.combine(day.date, time.fromisoformat(day.opens_at), ZoneInfo(day.timezone))
    return AHEAD if now < opens else OPEN


def slides(booths: Sequence[BoothNotice], vacancies: Iterable[VacancyNotice], frame: Frame) -> tuple[Slide, ...]:
    """Return the slides of a round: urgent vacancies first, then every booth by its number."""
    of_booth: dict[int, list[VacancyNotice]] = {}
    for vacancy in vacancies:
        of_booth.setdefault(vacancy.booth_id, []).append(vacancy)
    urgent = [(booth, [one for one in of_booth.get(booth.id, ()) if one.urgent]) for booth in booths]
    first = _packed([(booth, some) for booth, some in urgent if some], frame)
    every = _packed([(booth, of_booth.get(booth.id, [])) for booth in booths], frame)
    return tuple(every) if first == every else (*first, *every)


def _shown(county: County, town: str, now: datetime, chosen: DayNotice | None) -> DayNotice | None:
    """Return the market day of a wall: the first of today that goes on or begins, else the last that is over."""
    today = now.astimezone(county.zone()).date()
    if chosen and not chosen.is_draft and (chosen.date >= today or now < _end(chosen)):
        return chosen
    days = day_notices(county.id, today - A_DAY, today, town)
    going_on = [day for day in days if phase_of(day, now) in (AHEAD, OPEN)]
    if going_on:
        return going_on[0]
    held = sorted((day for day in days if day.date == today), key=lambda day: not day.cancelled)
    return held[-1] if held else None


def _end(day: DayNotice) -> datetime:
    return closing_time(day.date, day.opens_at, day.closes_at).replace(tzinfo=ZoneInfo(day.timezone)) + AFTER


def _persons(market_day: int) -> int:
    """Count who came, in whole tens. One statement."""
    came = fetch("SELECT COUNT(DISTINCT person) FROM visit WHERE market_day_id = ?", (market_day,))[0][0]
    return came // TENS * TENS


def _packed(booths: Iterable[tuple[BoothNotice, Sequence[VacancyNotice]]], frame: Frame) -> list[Slide]:
    """Return the slides on which these booths stand. A booth is cut only where it is larger than a slide."""
    found: list[Slide] = []
    room = 0.0
    for booth, posts in booths:
        for card in _cut(booth, posts, room, frame):
            height = _height(card, frame)
            if not found or height > room:
                found.append(())
                room = frame.height
            found[-1] += (card,)
            room -= height
    return found


def _cut(booth: BoothNotice, posts: Sequence[VacancyNotice], room: float, frame: Frame) -> list[Card]:
    """Return a booth whole if a slide takes it, else in pieces, of which the first fills the room that is left."""
    whole = Card(booth, tuple(posts))
    if len(posts) < 2 or _height(whole, frame) <= frame.height:
        return [whole]
    cards: list[Card] = []
    left = [posts[0]]
    for post in posts[1:]:
        if _height(Card(booth, (*left, post)), frame) > (frame.height if cards or room < frame.height / 2 else room):
            cards.append(Card(booth, tuple(left)))
            left = []
        left.append(post)
    return [*cards, Card(booth, tuple(left))]


def _height(card: Card, frame: Frame) -> float:
    """Return how much of a slide a booth takes, in rem."""
    lines = _lines(card.booth.name, frame.words)
    lines += sum(_lines_of(post, frame) for post in card.posts) if card.posts else 2 if card.booth.topics else 1
    return lines * frame.line + frame.booth


def _lines_of(post: VacancyNotice, frame: Frame) -> int:
    beside = BESIDE_TITLE + URGENT * post.urgent
    if frame.splits:
        return _lines(post.title, frame.words - beside) + 1
    amount = pay_range(post)
    pay = (_ems(amount) + UNIT if amount else 2) * LETTER
    return _lines(post.title, frame.words - beside - pay - PLACES_LEFT)


def _lines(words: str, room: float) -> int:
    """Return the lines that words take in a room of so many rem: one, or two and no more (wall.css cuts there)."""
    return 1 if _ems(words) * LETTER <= room else 2


def _ems(words: str) -> float:
    return sum(1 if east_asian_width(letter) in "WF" else NARROW for letter in words)

