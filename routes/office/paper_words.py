"""The words of papers in the reader's language (models/printing/paper_words.py)."""

from datetime import date

from flask_babel import format_date, get_locale, gettext, ngettext


class ReadersWords:
    """What the pages of the asker are written in."""

    @property
    def locale(self) -> str:
        """The language's code."""
        return str(get_locale() or "en").partition("_")[0]

    def gettext(self, message: str, **values: object) -> str:
        """Return a sentence with its values."""
        return str(gettext(message, **values))

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return the sentence for so many."""
        return str(ngettext(one, many, num, **values))

    def date(self, value: date, form: str = "full") -> str:
        """Return a date as the language writes it."""
        return str(format_date(value, form))


WORDS = ReadersWords()
