"""What people type of a market's cycle: digits in any way they are written, and dates with a reason behind them."""

import re
from datetime import date

from models.base.typed import text_of

LONGEST_REASON = 60  # characters
_DIGIT = re.compile(r"10|[0-9]")
_BETWEEN = re.compile(r"[-、,，;；./\s逢日]*")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)}
_LUNAR = re.compile("农历|阴历|旧历")
_DAILY = re.compile("每天|每日|天天|百日|白日")
_WEEK = re.compile("(?:周|星期|礼拜)([一二三四五六日天1-7、,，和周星期]+)")
_WEEKDAYS = "一二三四五六日1234567"
_BRANCH = "子丑寅卯辰巳午未申酉戌亥"
_PLAIN = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")
_DATE = re.compile(
    r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})(?![0-9])\s*日?[\s,，:：]*(.*)"
)


def digits_in(text: str) -> set[int]:
    """Return the last digits that a text names, 10 for 0: 3-6-9, 3、6、9, 369 or 逢三六九; none when it says more."""
    plain = "".join(_NUMERALS.get(letter, letter) for letter in text)
    is_plain = _BETWEEN.fullmatch(_DIGIT.sub("", plain))
    return {int(digit) or 10 for digit in _DIGIT.findall(plain)} if is_plain else set()


def rule_in(text: str) -> tuple[str, str] | None:
    """Return (calendar, digits) as models/market/market_rule.py has them of what a list says, or None.

    3-6-9, 逢三六九, 农历一四七, 每逢周日, 星期三、六, 逢子午日, 单日, 双日, 农历单日, 每天 and 百日场 are understood.
    """
    plain = "".join(text.translate(_PLAIN).split())
    if found := _WEEK.search(plain):
        said = found[0].replace("天", "日")
        days = sorted({str(_WEEKDAYS.index(day) % 7 + 1) for day in said if day in _WEEKDAYS})
        return ("weekly", "-".join(days)) if days else None
    is_lunar = bool(_LUNAR.search(plain))
    plain = _LUNAR.sub("", plain).strip("：:，,。.-—逢每赶场集日期")
    if _DAILY.search(text):
        return "daily", ""
    if plain in ("单", "双"):
        odd = plain == "单"
        digits = "1-3-5-7-9" if odd else "2-4-6-8-10"
        return ("lunar", digits) if is_lunar else ("odd" if odd else "even", "")
    branches = sorted({_BRANCH.index(letter) + 1 for letter in plain if letter in _BRANCH})
    if branches and all(letter in _BRANCH + "、，, " for letter in plain):
        return "branch", "-".join(map(str, branches))
    digits_found = digits_in(plain)
    said = "-".join(map(str, sorted(digits_found)))
    return ("lunar" if is_lunar else "gregorian", said) if digits_found else None


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
