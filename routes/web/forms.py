"""Forms: what was typed, what it means, and what is wrong with it, beside the field.

A form keeps everything typed, so that a page with errors loses nothing. What it means is asked of models/base/typed.py.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import plain_of, text_of

YUAN = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?")
WHOLE = re.compile(r"-?[0-9]{1,11}")
MOST_FEN = 100_000_000  # a million yuan
LONGEST_PASSWORD = 200  # characters
LONGEST_NUMBER = 20  # characters that are looked at as a number


class Form:
    """A submitted form, or one filled from ``start`` when nothing was submitted yet.

    The reading methods return the cleaned value, or None after noting an error.
    """

    def __init__(self, typed: MultiDict[str, str] | None = None, start: Mapping[str, object] | None = None) -> None:
        self._typed: MultiDict[str, str] = typed if typed is not None else MultiDict(listed(start or {}))
        self.errors: dict[str, str] = {}

    @property
    def ok(self) -> bool:
        """Say whether nothing read so far was wrong."""
        return not self.errors

    def value(self, name: str) -> str:
        """Return what was typed into a field."""
        return self._typed.get(name, "")

    def values(self, name: str) -> list[str]:
        """Return what was ticked in a group."""
        return self._typed.getlist(name)

    def error(self, name: str) -> str:
        """Return what is wrong with a field, or nothing."""
        return self.errors.get(name, "")

    def refuse(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first note on a field stays."""
        self.errors.setdefault(name, sentence)

    def text(self, name: str, limit: int = 100, required: bool = True) -> str | None:
        """Read one line or more of text; what cannot be seen does not count as text."""
        return self._within(name, text_of(self.value(name)), limit, required)

    def code(self, name: str, limit: int = 100, required: bool = True) -> str | None:
        """Read a code, a time or a number as it is written; full-width letters and blanks do not matter."""
        return self._within(name, plain_of(self.value(name)), limit, required)

    def password(self, name: str) -> str | None:
        """Read a password exactly as it was typed, its blanks too."""
        return self._within(name, self.value(name), LONGEST_PASSWORD, required=True)

    def _within(self, name: str, typed: str, limit: int, required: bool) -> str | None:
        if not typed:
            if required:
                self.refuse(name, _("Please fill this in."))
            return None if required else ""
        if len(typed) > limit:
            self.refuse(name, too_long(limit, len(typed)))
            return None
        return typed

    def whole(self, name: str, low: int, high: int, required: bool = True) -> int | None:
        """Read a whole number between two bounds; full-width digits are read too."""
        typed = self.code(name, LONGEST_NUMBER, required)
        if not typed:
            return None
        number = int(typed) if WHOLE.fullmatch(typed) else None
        if number is None or not low <= number <= high:
            self.refuse(
                name, _("Please write a number from %(low)s to %(high)s.", low=low, high=high)
            )
            return None
        return number

    def fen(self, name: str, required: bool = True) -> int | None:
        """Read an amount that is typed in yuan."""
        typed = self.code(name, LONGEST_NUMBER, required)
        if not typed:
            return None
        amount = YUAN.fullmatch(typed.replace(",", ""))
        fen = int(amount[1]) * 100 + int((amount[2] or "0").ljust(2, "0")) if amount else 0
        if not 1 <= fen <= MOST_FEN:
            self.refuse(name, _("Please write an amount in yuan, such as 4500 or 18.50."))
            return None
        return fen

    def date(self, name: str, required: bool = True) -> date | None:
        """Read a date as browsers send it, 2026-02-24."""
        typed = plain_of(self.value(name))
        if not typed and not required:
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = None
        if day is None or not 2000 <= day.year <= 2100:
            self.refuse(name, _("Please choose a date."))
            return None
        return day

    def choice(self, name: str, options: Collection[str], required: bool = True) -> str | None:
        """Read one of several options."""
        typed = self.value(name)
        if typed in options:
            return typed
        if required or typed:
            self.refuse(name, _("Please choose one."))
        return None

    def choices(self, name: str, options: Collection[str], required: bool = True) -> list[str]:
        """Read any number of options; unknown ones are passed over."""
        chosen = [value for value in self.values(name) if value in options]
        if required and not chosen:
            self.refuse(name, _("Please choose at least one."))
        return chosen


def too_long(limit: int, typed: int) -> str:
    """Return the sentence beside a field with more characters than it takes."""
    return _("At most %(limit)s characters; this has %(typed)s.", limit=limit, typed=typed)


def yuan(fen: int | None) -> str:
    """Return an amount as it is typed."""
    if fen is None:
        return ""
    return str(fen // 100) if fen % 100 == 0 else f"{fen / 100:.2f}"


def listed(start: Mapping[str, object]) -> dict[str, Any]:
    """Return starting values as a browser would send them."""
    return {
        name: value if isinstance(value, list) else "" if value is None else str(value)
        for name, value in start.items()
    }
