"""Wordings: the text of a message with placeholders such as {name}, and what stands ready in both languages."""

import re
from collections.abc import Mapping
from datetime import date

from models.vocabulary.code_list import N_

LONGEST = 300  # characters of a text as it is typed
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ONE, _MORE = 70, 67  # characters of one message, and of each part of a longer one, where there is a Chinese one
_ONE_PLAIN, _MORE_PLAIN = 160, 153

DAY, SURVEY = "day", "survey"  # whom a mailing is for: the people of a market day, the people of a survey

# What may stand in a text, by whom it is for.
PLACEHOLDERS: dict[str, dict[str, str]] = {
    DAY: {
        "name": N_("surname"), "date": N_("date of the market day"), "town": N_("market town"),
        "place": N_("place of the booths"), "opens": N_("when it opens"), "office": N_("the office"),
        "phone": N_("its telephone"),
    },
    SURVEY: {
        "name": N_("surname"), "link": N_("the person's own link"), "until": N_("last day of the survey"),
        "office": N_("the office"), "phone": N_("its telephone"),
    },
}  # fmt: skip

# What stands ready: ``{audience: {code: (title, text)}}``. English is the source of both languages.
READY: dict[str, dict[str, tuple[str, str]]] = {
    DAY: {
        "reminder": (
            N_("Reminder of the market day"),
            N_("{name}, {office}: the market day is on {date} from {opens}, {town} {place}. Bring your identity card. "
               "It is free. Questions: {phone}"),
        ),
        "postponed": (
            N_("The market day is put off"),
            N_("{name}, {office}: the market day in {town} is now on {date} from {opens}, {place}. Your pass stays "
               "good. Questions: {phone}"),
        ),
        "cancelled": (
            N_("The market day is not held"),
            N_("{name}, {office}: the market day in {town} on {date} is not held. We are sorry. Questions: {phone}"),
        ),
    },
    SURVEY: {
        "intention": (
            N_("What are your plans for work?"),
            N_("{name}, {office} asks what your plans for work are after the holiday. One minute, free of charge, "
               "until {until}: {link} No more messages: on the same page. Questions: {phone}"),
        ),
        "again": (
            N_("Second and last time"),
            N_("{name}, {office} has no answer from you yet: {link} until {until}. It is voluntary. "
               "Questions: {phone}"),
        ),
    },
}  # fmt: skip


def unknown_placeholders(text: str, audience: str) -> list[str]:
    """Return what stands in braces and is none of the placeholders, in its order; a lone brace counts as one."""
    unknown = [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS[audience]]
    return unknown + [brace for brace in "{}" if brace in _PLACEHOLDER.sub("", text)]


def filled(text: str, values: Mapping[str, str | date], language: str) -> str:
    """Return a text with its placeholders replaced, dates as a language (zh, en) says them."""
    return _PLACEHOLDER.sub(lambda found: _said(values.get(found[1], ""), language), text)


def _said(value: str | date, language: str) -> str:
    if isinstance(value, str):
        return value
    return f"{value.month}月{value.day}日" if language == "zh" else f"{value.day} {value:%B}"


def parts(text: str) -> int:
    """Return as how many messages a text is sent and paid for."""
    one, more = (_ONE_PLAIN, _MORE_PLAIN) if text.isascii() else (_ONE, _MORE)
    return 1 if len(text) <= one else -(-len(text) // more)
