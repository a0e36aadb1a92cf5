"""What people type of a market's cycle: digits in any way they are written, and dates with a reason behind them."""

import re
from datetime import date

from models.base.typed import text_of

LONGEST_REASON = 60  # characters
_DIGIT = re.compile(r"10|[0-9]")
_BETWEEN = re.compile(r"[-、,，;；./\s逢日]*")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)}
_PLAIN = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")
_DATE = re.compile(
    r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})(?![0-9])\s*日?[\s,，:：]*(.*)"
)


def digits_in(text: str) -> set[int]:
    """Return the last digits that a text names, 10 for 0: 3-6-9, 3、6、9, 369 or 逢三六九; none when it says more."""
    plain = "".join(_NUMERALS.get(letter, letter) for letter in text)
    is_plain = _BETWEEN.fullmatch(_DIGIT.sub("", plain))
    return {int(digit) or 10 for digit in _DIGIT.findall(plain)} if is_plain else set()


def date_before(line: str) -> tuple[date, str] | None:
    """Return the date that a line begins with, and the reason behind it; None when it begins with no date."""
    found = _DATE.fullmatch(line.translate(_PLAIN))
    if not found:
        return None
    try:
        day = date(*(int(part) for part in found.groups()[:3]))
    except ValueError:
        return None
    return (day, text_of(found[4])[:LONGEST_REASON]) if 2000 <= day.year <= 2100 else None
