"""Typed text: what people meant by what they typed, pasted or spoke into a field, and what of it is kept.

Nothing here asks which characters the Unicode tables of this Python know: unassigned ones and those for private use
are letters that somebody typed (docs/decisions/0019-one-rule-for-text.md). The tablet has the same rules in
static/js/codes/typed.js; tests/data/text.json and names.json hold both to them.
"""

import re
import unicodedata

LONGEST_NAME = 40  # characters
PHONE_DIGITS = range(7, 16)  # a landline without its area code has 7, E.164 allows 15
# General categories. Blanks, controls, format characters (text direction, zero width) and marks such as variation
# selectors come along when text is copied; dashes and the rest divide digits for the eye.
_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn")
_BREAKS = ("Zs", "Zl", "Zp", "Cc")
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their category that show nothing
_JOINERS = "\u180e\u200c\u200d"  # some scripts cannot be written without them, inside a word
_ENDS = re.compile(rf"\A[\s{_JOINERS}]+|[\s{_JOINERS}]+\Z")
_DIVIDERS = "()·.−"
# What people write in a name now in one way, now in another: dots, quotes and what chooses a variant of a letter.
_DOTS = ".·•‧∙⋅●・。\u119e\u16eb\u2e31\u2e33"
_QUOTES = "'\"`′ʹʻʼ"
_SELECTORS = re.compile("[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_LOOSE = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pi", "Pf")
_BRACKETS = str.maketrans("[{〈《「『【〔〖]}〉》」』】〕〗", "(((((((((" + ")))))))))")
# Letters, digits and signs that are what they seem: most of what is typed. The longer way below would change nothing.
_PLAIN = re.compile("[!-~\u4e00-\u9fff]*")
_SAME = re.compile("[0-9a-z\u4e00-\u9fff]*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WITH_AREA = re.compile(r"10\d{8}|[2-9]\d{8,10}")  # without its zero
_LOCAL = re.compile(r"[2-9]\d{6,7}|400\d{7}")


def plain_of(text: str) -> str:
    """Return a code, a time or an address as it was meant: in plain width, without blanks and what cannot be seen."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in _UNSEEN)


def folded_of(text: str) -> str:
    """Return text in plain width and small letters, its blanks kept: what is looked for in words."""
    return unicodedata.normalize("NFKC", text).casefold()


def digits_of(text: str) -> str:
    """Return text with digits of any width as plain ones, without what divides or surrounds them."""
    return "".join(c for c in plain_of(text) if unicodedata.category(c) != "Pd")


def phone_of(text: str) -> str | None:
    """Return a phone number as digits, perhaps after a plus; empty when nothing was typed, None when it is none."""
    plain = "".join(c for c in digits_of(text) if c not in _DIVIDERS)
    digits = plain.removeprefix("+")
    return plain if not plain or (_is_digits(digits) and len(digits) in PHONE_DIGITS) else None


def year_of(text: str) -> int | None:
    """Return a year of four digits, perhaps with 年 behind it; None when it is none."""
    digits = plain_of(text).removesuffix("年")
    return int(digits) if len(digits) == 4 and _is_digits(digits) else None


def is_usual_phone(phone: str) -> bool:
    """Say whether a phone number, as ``phone_of`` returns it, is as long as numbers of its kind are.

    A mobile has 11 digits, a landline 7 or 8 behind its area code. Numbers of other countries are not judged.
    """
    digits, is_abroad = phone.lstrip("+0"), phone.startswith(("+", "00"))
    if is_abroad and not digits.startswith("86"):
        return True
    national = digits[2:].lstrip("0") if is_abroad else same_phone(phone)
    landline = _WITH_AREA if is_abroad or national != phone else _LOCAL
    return bool(_MOBILE.fullmatch(national) or landline.fullmatch(national))


def name_of(text: str) -> str:
    """Return a name as it is kept: on one line, without what cannot be seen; empty when nothing can."""
    spaced = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in text)
    return " ".join(word for word in text_of(spaced).split(" ") if word)


def text_of(text: str) -> str:
    """Return text as it is kept, its lines too, without what cannot be seen; empty when nothing can.

    What turns the direction of writing goes as well: it would turn what a page prints around the text.
    """
    if _PLAIN.fullmatch(text):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(c for c in lines if c in "\n\t" + _JOINERS or unicodedata.category(c) not in ("Cf", "Cc"))
    return _ENDS.sub("", seen) if any(_shows(c) for c in seen) else ""


def same_of(text: str) -> str:
    """Return what texts have in common that people take for the same: a name written twice, or a word and what has it.

    Width, case, blanks, dots, dashes, quotes, kinds of bracket and variants of a letter make no difference.
    """
    if _SAME.fullmatch(text):
        return text
    folded = _SELECTORS.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_BRACKETS)
    return "".join(c for c in folded if c not in _DOTS + _QUOTES and unicodedata.category(c) not in _LOOSE)


def same_phone(text: str) -> str:
    """Return the digits that ways of writing one phone number share, without the country's prefix and zeros."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit()).lstrip("0")
    is_abroad = digits.startswith("86") and len(digits) in (12, 13)
    return digits[2:].lstrip("0") if is_abroad else digits


def _shows(letter: str) -> bool:
    return letter not in _BLANK_LETTERS and unicodedata.category(letter) not in _UNSEEN


def _is_digits(text: str) -> bool:
    # isdigit() alone also takes the digits of other scripts, which nobody reads aloud here.
    return text.isascii() and text.isdigit()
