"""What a cell means: dates, counts, pay and telephone numbers as people write them into tables."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from models.base.typed import plain_of
from models.spreadsheet.cell import LOST_DIGITS, MISTAKES, NO_VALUE
from models.vocabulary.code_list import N_

SENTENCES = {
    "lost_digits": N_("Digits are lost: the file holds a rounded number. Make the column text, and type it anew."),
    "no_value": N_("A formula without a value. Open the file in Excel or WPS, save it, and take it in again."),
    "mistake": N_("A formula that went wrong."),
    "date": N_("No date that we can read. Write it like 2026-03-05."),
    "some": N_("How many? “Several” is no number."),
    "count_span": N_("One number, please, not a span."),
    "count": N_("No number of people that we can read."),
    "open_pay": N_("The law wants the pay to be said: an amount, or from and to."),
    "year_pay": N_("Pay for a year: write what it is a month."),
    "pay": N_("No pay that we can read. Write it like 3500-4500, with a month, a day or an hour."),
}  # fmt: skip
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_415)  # 2000 to 2100
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_LATELY = timedelta(days=30)
_OPEN = re.compile(r"面议|面谈|另议|协商|详谈|待定|保密")
_SOME = re.compile(r"若干|多名|数名|不限|多人|数人|长期招")
_NUMBER = r"(\d{1,7}(?:\.\d{1,4})?)(k|千|万|w)?元?"
_PAY = re.compile(
    rf"(?:月薪|日薪|时薪|底薪|保底|综合工资|综合|工资|约|人民币|￥|¥)*{_NUMBER}(?:(?:/?(?:月|天|日|小时|时))?(?:-|~|至|到|—|–|−)+{_NUMBER})?"
    r"(?:/|每|一)?(月|个月|天|日|工日|小时|时|h|件|个)?(?:以上|起|左右|及以上)?(?:(?:\+|＋|、|另加|另有)(.+))?"
)
_UNITS = {
    "月": "month", "个月": "month", "天": "day", "日": "day", "工日": "day", "小时": "hour", "时": "hour", "h": "hour",
    "件": "piece", "个": "piece",
}  # fmt: skip
_TIMES = {"k": 1_000, "千": 1_000, "万": 10_000, "w": 10_000, None: 1}


class Unclear(Exception):
    """A cell that cannot be taken; ``code`` is a key of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Pay(NamedTuple):
    """Pay in yuan as a form takes it; ``unit`` is empty where the cell does not say, ``more`` what comes on top."""

    low: str
    high: str
    unit: str
    more: str


def look_at(text: str) -> None:
    """Look whether a cell's text is what somebody wrote. Raises Unclear."""
    if text == NO_VALUE:
        raise Unclear("no_value")
    if text in MISTAKES:
        raise Unclear("mistake")


def code_of(text: str) -> str:
    """Return a code or number without blanks, in plain width. Raises Unclear when digits of it are lost."""
    code = plain_of(text)
    if LOST_DIGITS.fullmatch(code):
        raise Unclear("lost_digits")
    return code


def date_of(text: str, today: date) -> date | None:
    """Return a date, or of a span its end; None for "long term". Without its year a day is lately or to come.

    Raises Unclear.
    """
    plain = plain_of(_TIME.sub("", re.split("至|到|~|～|—", text.strip())[-1]))
    if plain.startswith(("长期", "常年", "long")):
        return None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", plain) and int(float(plain)) in _SERIALS:
        return _EPOCH + timedelta(days=int(float(plain)))
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if re.fullmatch(r"\d{8}", plain):
        parts = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    elif not re.fullmatch(r"\d{1,4}(?:[-./年月]\d{1,4}){1,2}[日号月.]?", plain):
        raise Unclear("date")
    found = _date(parts, plain, today)
    if found is None or re.fullmatch(r"\d{1,2}\.[123]", plain):  # 3.1 is what a spreadsheet makes of 3.10
        raise Unclear("date")
    return found


def _date(parts: list[int], plain: str, today: date) -> date | None:
    try:
        if len(parts) >= 3:
            year = parts[0] + 2000 if parts[0] < 100 else parts[0]
            return date(year, parts[1], parts[2])
        if parts[0] > 1_000:  # a year and a month: its last day
            following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
            return following - timedelta(days=1)
        days = [date(year, parts[0], parts[1]) for year in (today.year - 1, today.year, today.year + 1)]
    except ValueError:
        return None
    return next(day for day in days if day >= today - _LATELY)


def count_of(text: str) -> str:
    """Return how many people are wanted. Raises Unclear for "several" and for a span."""
    plain = plain_of(text)
    if _SOME.search(plain):
        raise Unclear("some")
    if re.fullmatch(r"\d+\D?[-~至到—–]\d+\D?", plain):
        raise Unclear("count_span")
    found = re.fullmatch(r"约?(\d{1,5})(?:\.0+)?[人名个位]?", plain)
    if not found:
        raise Unclear("count")
    return found[1]


def pay_of(text: str, unit: str = "") -> Pay:
    """Return pay as 3500-4500, 4500元/月, 4.5k or 150元/天 has it; ``unit``: what the heading says. Raises Unclear."""
    plain = "".join(c for c in plain_of(text).casefold() if c not in ",，()（）")
    if _OPEN.search(plain):
        raise Unclear("open_pay")
    if re.search("年薪|[/每一]年", plain):
        raise Unclear("year_pay")
    found = _PAY.fullmatch(plain)
    if not found:
        raise Unclear("pay")
    low, low_times, high, high_times, said, more = found.groups()
    if "日薪" in plain or re.search(r"/?(?:天|日)[-~至到]", plain):
        said = said or "天"
    if "时薪" in plain:
        said = said or "时"
    if high and high_times and not low_times and float(low) < 100:
        low_times = high_times  # 3-5k
    highest = _amount(high, high_times) if high else ""
    return Pay(_amount(low, low_times), highest, _UNITS.get(said or "", "") or unit, more or "")


def _amount(digits: str, times: str | None) -> str:
    return f"{float(digits) * _TIMES[times]:.2f}".removesuffix(".00")


def unit_in(label: str) -> str:
    """Return the unit of pay that a heading states: 工资（元/天）."""
    found = re.search(r"元?/(月|天|日|小时|时|件)", plain_of(label))
    if found:
        return _UNITS[found[1]]
    plain = plain_of(label)
    return "month" if plain.startswith("月") else "day" if plain.startswith("日") else ""


def phones_of(text: str) -> str:
    """Return telephone numbers of a cell, one or several, with a slash between: blanks within a number are none.

    Raises Unclear when digits are lost.
    """
    if LOST_DIGITS.fullmatch(plain_of(text)):
        raise Unclear("lost_digits")
    parts = re.split(r"[/／,，、;；\n\r]|或", text)
    return "/".join(number for part in parts for number in _numbers(plain_of(part)) if number)


def _numbers(part: str) -> list[str]:
    """Return the numbers of a part that nothing but blanks divided."""
    mobiles = re.fullmatch(r"(1[3-9]\d{9})(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})", part)
    return list(mobiles.groups()) if mobiles else [part]
