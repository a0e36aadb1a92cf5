"""Texts: what the rules find in one, and where it stands in it."""

import re
from functools import lru_cache
from typing import NamedTuple

from models.checks.rules import BY_CODE, DENIED_AFTER, DENIED_BEFORE, NOT_DENIED, RULES, STOP

# One letter for one: places in the plain text are places in what was typed.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2014: 0x2D, 0x2015: 0x2D}
_PLAIN |= {code: code + 0x20 for code in range(0x41, 0x5B)}
_PLAIN |= {code: code - 0xFEE0 + 0x20 for code in range(0xFF21, 0xFF3B)}
_USUAL = tuple(zip("，：；（）！？", ",:;()!?", strict=True))  # replaced one by one, which is faster
_ODD = re.compile("[\u2014\u2015\u3000\uff01-\uff5eA-Z]")
# Letters are written apart so that no rule finds the word (押 金, 限·男): what divides a letter that stands alone.
_H = r"\u4e00-\u9fff"
_GAP = re.compile(r"[\s·.*_|\u200b-\u200f\u2060\ufeff-]")
_APART = re.compile(
    rf"(?<=(?<![{_H}])[{_H}])[\s·.*_|-]{{1,2}}(?=[{_H}])|(?<=[{_H}])[\s·.*_|-]{{1,2}}(?=[{_H}](?![{_H}]))"
    rf"|(?<=[{_H}])[\u200b-\u200f\u2060\ufeff](?=[{_H}])"
)
_TEXT_RULES = [
    (rule.code, frozenset(rule.needs), re.compile(rule.finds, re.VERBOSE),
     re.compile(rule.passes, re.VERBOSE) if rule.passes else None, rule.denied)
    for rule in RULES if rule.finds
]  # fmt: skip
_BEFORE, _AFTER = re.compile(DENIED_BEFORE, re.VERBOSE), re.compile(DENIED_AFTER, re.VERBOSE)
_NOT_DENIED = re.compile(NOT_DENIED)


class Find(NamedTuple):
    """What a rule found: in which field, the words, and where they stand in its text (nowhere: start and end are 0)."""

    rule: str
    word: str
    start: int = 0
    end: int = 0
    field: str = ""

    @property
    def level(self) -> str:
        """Return how much it weighs: ``stop``, ``warn`` or ``inform``."""
        return BY_CODE[self.rule].level

    @property
    def stops(self) -> bool:
        """Say whether a vacancy with it is published only if a reviewer lets it stand."""
        return self.level == STOP


def finds_in(text: str, field: str = "") -> list[Find]:
    """Return what rules find in a text, by place."""
    return [find._replace(field=field) for find in _found(text)] if text else []


@lru_cache(maxsize=2_000)  # a list says the same of its benefits in every row
def _found(text: str) -> tuple[Find, ...]:
    plain = _plain(text)
    found = _read(plain, text, None)
    if _GAP.search(plain) and _APART.search(plain):
        told = {(find.rule, place) for find in found for place in range(find.start, find.end)}
        again = _read(*_together(plain, text))
        found += [one for one in again if not any((one.rule, place) in told for place in range(one.start, one.end))]
    return tuple(sorted(found, key=lambda find: find.start))


def _read(plain: str, text: str, places: list[int] | None) -> list[Find]:
    """Return what rules find in a plain text; ``places``: where its letters stand in ``text``, if not at the same."""
    letters, found = frozenset(plain), []
    for code, needs, finds, passes, denied in _TEXT_RULES:
        if needs.isdisjoint(letters):
            continue
        match = finds.search(plain)
        if match is None:
            continue
        excused = [one.span() for one in passes.finditer(plain)] if passes else ()
        while match:
            start, end = match.span()
            is_excused = any(start < stop and begin < end for begin, stop in excused)
            if not is_excused and not (denied and _denied(plain, start, end)):
                found.append(_find(text, places, code, start, end))
            match = finds.search(plain, max(end, start + 1))
    return found


def _plain(text: str) -> str:
    for wide, plain in _USUAL:
        text = text.replace(wide, plain)
    return text.translate(_PLAIN) if _ODD.search(text) else text


def _denied(plain: str, start: int, end: int) -> bool:
    before, after = plain[:start], plain[end:]
    negation = _BEFORE.search(before)
    if negation and not _NOT_DENIED.search(negation[0]):
        return True
    return bool(_AFTER.search(after))


def _find(text: str, places: list[int] | None, code: str, start: int, end: int) -> Find:
    if places:
        start, end = places[start], places[end - 1] + 1
    return Find(code, text[start:end].strip(), start, end)


def _together(plain: str, text: str) -> tuple[str, str, list[int]]:
    """Return a text with letters put together that were written apart, the text as typed, and where each stood."""
    gone = {place for match in _APART.finditer(plain) for place in range(*match.span())}
    kept = [place for place in range(len(plain)) if place not in gone]
    return "".join(plain[place] for place in kept), text, kept
