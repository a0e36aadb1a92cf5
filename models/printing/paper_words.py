"""Paper words: how a paper says something in the reader's language. The web gives it; models know no catalogue."""

from datetime import date
from typing import Protocol


class PaperWords(Protocol):
    """What puts a paper's sentences and dates into a language."""

    @property
    def locale(self) -> str:
        """Return the language's code."""

    def gettext(self, message: str, **values: object) -> str:
        """Return a sentence with its values."""

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return the sentence for so many."""

    def date(self, value: date, form: str = "full") -> str:
        """Return a date as the language writes it."""


def hours(opens_at: str, closes_at: str, words: PaperWords) -> str:
    """Return the hours of a market, as the pages write them."""
    if closes_at > opens_at:
        return f"{opens_at}–{closes_at}"
    return f"{opens_at}–{words.gettext('%(time)s the next morning', time=closes_at)}"


def grouped(digits: str) -> str:
    """Return a number as it is read aloud: 123 456 7890 for a pass, 123 4567 for a vacancy."""
    if len(digits) > 7:
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return f"{digits[:3]} {digits[3:]}" if len(digits) > 4 else digits
