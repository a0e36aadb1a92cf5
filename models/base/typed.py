"""Typed text: what people meant by what they typed, pasted or spoke into a field.

The tablet has the same rules in static/js/codes/typed.js; tests/data/text.json and names.json hold both to them.
"""

import unicodedata

LONGEST_NAME = 40  # characters
PHONE_DIGITS = range(7, 16)  # a landline without its area code has 7, E.164 allows 15
# General categories. Blanks, controls, format characters (text direction, zero width) and marks such as variation
# selectors come along when text is copied; dashes and the rest divide digits for the eye.
_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn")
_BREAKS = ("Zs", "Zl", "Zp", "Cc")
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their category that show nothing
_JOINERS = "\u200c\u200d"  # some scripts cannot be written without them
_DIVIDERS = "()·.−"


def digits_of(text: str) -> str:
    """Return text with digits of any width as plain ones, without what divides or surrounds them."""
    return "".join(c for c in _plain(text) if unicodedata.category(c) != "Pd")


def phone_of(text: str) -> str | None:
    """Return a phone number as digits, perhaps after a plus; empty when nothing was typed, None when it is none."""
    plain = "".join(c for c in digits_of(text) if c not in _DIVIDERS)
    digits = plain.removeprefix("+")
    return plain if not plain or (_is_digits(digits) and len(digits) in PHONE_DIGITS) else None


def year_of(text: str) -> int | None:
    """Return a year of four digits, perhaps with 年 behind it; None when it is none."""
    digits = _plain(text).removesuffix("年")
    return int(digits) if len(digits) == 4 and _is_digits(digits) else None


def name_of(text: str) -> str:
    """Return a name as it is kept: blanks made one, without what cannot be seen; empty when nothing can."""
    spaced = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
    seen = "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) != "Cf")
    name = " ".join(word for word in seen.split(" ") if word)
    return name if any(_shows(c) for c in name) else ""


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in _UNSEEN)


def _shows(letter: str) -> bool:
    return letter not in _BLANK_LETTERS and unicodedata.category(letter) not in _UNSEEN


def _is_digits(text: str) -> bool:
    # isdigit() alone also takes the digits of other scripts, which nobody reads aloud here.
    return text.isascii() and text.isdigit()
