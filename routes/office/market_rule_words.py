"""Market rules in words, as people of the town say them: 逢三六九赶场, 每逢周日赶场, 逢子午日赶场."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from models.market.market_rule import MarketRule
from models.vocabulary.market_calendars import BRANCHES, WEEKDAYS
from routes.web.language import language

NUMERALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
SINGLE, DOUBLE = {1, 3, 5, 7, 9}, {0, 2, 4, 6, 8}


def rule_in_words(rule: MarketRule) -> str:
    """Say how a town's market days recur, and that the 31st is none where that takes a date away."""
    said = _recurrence(rule)
    return _("%(rule)s, not on the 31st", rule=said) if rule.matters_31st else said


def span_in_words(rule: MarketRule) -> str:
    """Say for which dates a rule holds; nothing of one that always does."""
    start, end = (format_date(day) if day else "" for day in (rule.valid_from, rule.valid_to))
    if start and end:
        return _("from %(start)s to %(end)s", start=start, end=end)
    if start:
        return _("from %(start)s on", start=start)
    return _("until %(end)s", end=end) if end else ""


def state_of(rule: MarketRule, today: date) -> str:
    """Return whether a rule is ``past``, ``now`` or ``later``."""
    if rule.holds_on(today):
        return "now"
    return "later" if rule.valid_from and rule.valid_from > today else "past"


def _recurrence(rule: MarketRule) -> str:
    if rule.calendar == "lunar":
        return _lunar(rule)
    if rule.calendar == "weekly":
        return _("market every %(days)s", days=_named(rule.digits, WEEKDAYS))
    if rule.calendar == "branch":
        return _("market on %(branches)s days", branches=_named(rule.digits, BRANCHES))
    plain = {
        "odd": _("market on odd dates"),
        "even": _("market on even dates"),
        "daily": _("market every day"),
        "dates": _("market on dates given one by one"),
    }
    return plain.get(rule.calendar) or _("market on days %(digits)s", digits=_spoken(rule.digits))


def _lunar(rule: MarketRule) -> str:
    if rule.last_digits() == SINGLE:
        return _("market on odd lunar days")
    if rule.last_digits() == DOUBLE:
        return _("market on even lunar days")
    return _("market on lunar days %(digits)s", digits=_spoken(rule.digits))


def _spoken(digits: str) -> str:
    """Return last digits as people say them: 三六九, in other languages 3-6-9."""
    return "".join(NUMERALS[int(d)] for d in digits.split("-") if d) if language() == "zh" else digits


def _named(numbers: str, names: dict[str, str]) -> str:
    between = "、" if language() == "zh" else ", "
    return between.join(_(names[number]) for number in numbers.split("-") if number in names)
