"""Sought: what somebody typed to find something in the office, read as words, dates and numbers."""

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from models.base.typed import digits_of, folded_of, name_of, same_of
from models.people.pinyin import initials_of, pinyin_of

LONGEST, MOST_WORDS = 60, 6  # letters; words
YEARS_BACK, YEARS_ON = 3, 1  # in which a date without a year is looked for
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NEAR = {
    "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "today": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip
_MONTH = r"(?P<name>" + "|".join(MONTHS) + r")[a-z]*\.?"
_DATES = tuple(re.compile(one, re.IGNORECASE) for one in (
    r"(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*(?:[月./-]\s*(?P<day>\d{1,2})\s*[日号]?|月)",
    r"(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*[日号]?)?",
    r"(?<![./\d-])(?P<month>\d{1,2})\s*[./-]\s*(?P<day>\d{1,2})\b(?![./-])",
    _MONTH + r"\s+(?P<day>\d{1,2})\b(?:,?\s*(?P<year>(?:19|20)\d\d))?",
    r"\b(?P<day>\d{1,2})\s+" + _MONTH + r"(?:,?\s+(?P<year>(?:19|20)\d\d))?",
))  # fmt: skip
_LUNAR = re.compile("[闰正一二三四五六七八九十冬腊月初廿]{2,7}")
_NUMBER = re.compile(r"#?(\d{1,6})")


class Sought(NamedTuple):
    """What was typed. ``words`` are those beside the dates, in plain width and small letters; ``all_words`` are all.

    ``spans`` are the dates that were meant, each from one day to another; ``number`` is a short number by itself;
    ``digits`` is what was typed with digits alone (a vacancy's number, a pass), without blanks; ``lunar`` is a lunar
    date. ``for_lists`` is what the filter of a list takes: it knows dates, but not which day today is.
    """

    text: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    spans: tuple[tuple[date, date], ...] = ()
    number: int | None = None
    digits: str = ""
    lunar: str = ""
    for_lists: str = ""

    @classmethod
    def read(cls, typed: str, today: date) -> "Sought":
        """Return what was typed, as it was meant on ``today``; an empty ``text`` means nothing was asked."""
        text = name_of(typed[: 4 * LONGEST])[:LONGEST].strip()
        plain = folded_of(text)
        spans, rest = _dates_in(plain, today)
        lunar = next((word for word in plain.split() if _LUNAR.fullmatch(word)), "") if not spans else ""
        words, all_words = _words(rest), _words(plain)
        is_near = any(word in NEAR for word in all_words)
        number = next((int(found[1]) for word in plain.split() if (found := _NUMBER.fullmatch(word))), None)
        digits = digits_of(text)
        return cls(
            text, words, all_words, spans, number, digits if digits.isascii() and digits.isdigit() else "", lunar,
            " ".join((spans[0][0].isoformat(), *words)) if is_near else text,
        )  # fmt: skip


@lru_cache(maxsize=20_000)
def read_as(name: str) -> str:
    """Return by what a name is found: as ``same_of`` has it, by its initials and by its pinyin, in one text."""
    return "\n".join(readings_of(name))


def rank_of(name: str, words: tuple[str, ...]) -> int | None:
    """Return how well a name fits all words: 0 is the name itself, 1 begins with them, 2 has them; None: not all."""
    ways, words = readings_of(name), _same_words(words)
    whole = "".join(words)
    if not whole:
        return None
    if whole in ways:
        return 0
    if not all(any(word in way for way in ways) for word in words):
        return None
    return 1 if any(way.startswith(whole) for way in ways) else 2


@lru_cache(maxsize=20_000)  # the names of a large county; a name costs 10 µs to read
def readings_of(name: str) -> tuple[str, ...]:
    """Return a name as ``same_of`` has it, and its initials and pinyin where it has characters."""
    plain = same_of(name)
    return (plain,) if plain.isascii() else (plain, initials_of(name), pinyin_of(name))


@lru_cache(maxsize=100)
def _same_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words as ``same_of`` has them, without those of which nothing is left."""
    return tuple(same for word in words if (same := same_of(word)))


@cache
def lunar_of(day: date) -> str:
    """Return a lunar date as calendars write it: 正月初八."""
    from borax.calendars.lunardate import LunarDate

    return str(LunarDate.from_solar(day).strftime("%L%M月%D"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split()[:MOST_WORDS])


def _dates_in(text: str, today: date) -> tuple[tuple[tuple[date, date], ...], str]:
    """Return the dates that a text names, and the rest of it."""
    for word, days in NEAR.items():
        if word in text.split():
            on = today + timedelta(days=days)
            return ((on, on),), text.replace(word, " ", 1)
    for pattern in _DATES:
        found = pattern.search(text)
        if found and (spans := _spans(found.groupdict(), today)):
            return spans, f"{text[: found.start()]} {text[found.end() :]}"
    return (), text


def _spans(found: dict[str, str | None], today: date) -> tuple[tuple[date, date], ...]:
    """Return the dates of a match, the nearest year first; those that no calendar has are left out."""
    name = found.get("name")
    month = MONTHS.index(name[:3]) + 1 if name else int(found.get("month") or 0)
    year, day = found.get("year"), found.get("day")
    years = [int(year)] if year else range(today.year + YEARS_ON, today.year - YEARS_BACK - 1, -1)
    spans = [_span(one, month, int(day) if day else None) for one in years]
    return tuple(span for span in spans if span)


def _span(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return first, first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
