"""The form of a market rule: how the market days recur, when that holds, which dates are exceptions, who said so."""

from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import text_of
from models.market.division import Division
from models.market.market_calendar import MarketCalendar
from models.market.market_exception import MarketException
from models.market.market_rule import MarketRule
from models.vocabulary.code_list import N_
from models.vocabulary.market_calendars import BRANCHES, CALENDARS, WEEKDAYS
from routes.office.market_rule_typed import date_before, digits_in
from routes.office.market_rule_words import rule_in_words, span_in_words
from routes.web.editing import EditedForm

SHOWN = 12  # dates that follow from what is typed
MOST_LINES = 200


class MarketRuleForm(EditedForm):
    """What is typed about one rule of a town, new or stored."""

    labels = {
        "calendar": N_("Market days recur"), "digits": N_("Last digits of the day"), "weekdays": N_("Days of the week"),
        "branches": N_("Earthly branches"), "dates": N_("The dates"), "valid_from": N_("Holds from"),
        "valid_to": N_("Holds until"), "not_held": N_("Market dates that are none"),
        "added": N_("Dates that are added"), "confirmed_by": N_("Confirmed by"), "confirmed_on": N_("Confirmed on"),
    }  # fmt: skip
    chosen = frozenset({"calendar", "weekdays", "branches", "skips_31st"})

    def __init__(self, town: Division, typed: MultiDict | None = None, rule: MarketRule | None = None) -> None:
        self.town = town
        self.rule = rule
        self.calendar = MarketCalendar.of(town.code)
        super().__init__(typed, _start(rule, self.calendar), is_stored=rule is not None)
        self.ended: MarketRule | None = None

    def read(self) -> tuple[MarketRule, list[MarketException]]:
        """Return the rule and its exceptions, not stored; look at ``ok`` before keeping them."""
        rule = MarketRule(id=self.rule.id if self.rule else None, town=self.town, **self._fields())
        if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
            self.refuse("valid_to", _("It ends before it begins."))
        if bool(rule.confirmed_by) != bool(rule.confirmed_on):
            empty = "confirmed_on" if rule.confirmed_by else "confirmed_by"
            self.refuse(empty, _("Please say who confirmed it, and when; or leave both empty."))
        exceptions = self._exceptions(rule)
        if self.ok:
            self._look_at_others(rule)
        return rule, exceptions

    def preview(self, today: date) -> tuple[str, list[date]] | None:
        """Return the rule in words and the town's next market dates as they follow from what is typed.

        None while that is not enough for a rule. What is wrong is noted elsewhere, when the form is handed in.
        """
        noted, self.errors = self.errors, {}
        rule, exceptions = self.read()
        wrong, self.errors = self.errors, noted
        if wrong.keys() - {"confirmed_by", "confirmed_on", "valid_from"}:
            return None
        others = [] if "valid_from" in wrong else [other for other in self._others() if other != self.ended]
        calendar = MarketCalendar([*others, rule], [*self._kept_exceptions(), *exceptions])
        return rule_in_words(rule), calendar.next_dates(max(today, rule.valid_from or today), SHOWN)

    def _fields(self) -> dict[str, Any]:
        calendar = self.choice("calendar", CALENDARS) or "gregorian"
        return {
            "calendar": calendar,
            "digits": self._numbers(calendar),
            "dates": self._dates() if calendar == "dates" else "",
            "skips_31st": self.value("skips_31st") == "yes",
            "valid_from": self.date("valid_from", required=False),
            "valid_to": self.date("valid_to", required=False),
            "confirmed_by": self.text("confirmed_by", limit=60, required=False) or "",
            "confirmed_on": self.date("confirmed_on", required=False),
        }

    def _numbers(self, calendar: str) -> str:
        if calendar in ("gregorian", "lunar"):
            return self._last_digits()
        group = {"weekly": ("weekdays", WEEKDAYS), "branch": ("branches", BRANCHES)}.get(calendar)
        return "-".join(self.choices(*group)) if group else ""

    def _last_digits(self) -> str:
        """Read 3-6-9 in any way it is written: 3、6、9, 369, 逢三六九; 0 is 10."""
        typed = self.code("digits", limit=40) or ""
        found = digits_in(typed)
        if typed and not found:
            self.refuse("digits", _("Please write the last digits, such as 3-6-9."))
        return "-".join(str(digit) for digit in sorted(found))

    def _dates(self) -> str:
        days = self._lines("dates")
        if not days and not self.error("dates"):
            self.refuse("dates", _("Please write at least one date."))
        return "\n".join(sorted({day.isoformat() for day, _reason in days}))

    def _exceptions(self, rule: MarketRule) -> list[MarketException]:
        found: dict[date, MarketException] = {}
        for name, is_held in (("not_held", False), ("added", True)):
            for day, reason in self._lines(name):
                if day in found:
                    self.refuse(name, _("%(date)s stands here twice.", date=format_date(day)))
                if not rule.holds_on(day):
                    self.refuse(name, _("The rule does not hold on %(date)s.", date=format_date(day)))
                found[day] = MarketException(rule=rule, date=day, is_held=is_held, reason=reason)
        return list(found.values())

    def _lines(self, name: str) -> list[tuple[date, str]]:
        """Read dates one a line, each with what is written behind it."""
        lines = [line.strip() for line in self.value(name).splitlines() if text_of(line)]
        if len(lines) > MOST_LINES:
            self.refuse(name, _("At most %(limit)s lines.", limit=MOST_LINES))
        read = [(line, date_before(line)) for line in lines[:MOST_LINES]]
        for line, day in read:
            if day is None:
                self.refuse(name, _("This line begins with no date: %(line)s", line=line[:40]))
        return [day for _line, day in read if day]

    def _others(self) -> list[MarketRule]:
        """Return the town's other rules, the earlier one as this one would end it."""
        known = self.calendar.rules if self.calendar else ()
        return [rule for rule in known if not self.rule or rule.id != self.rule.id]

    def _kept_exceptions(self) -> list[MarketException]:
        return [e for rule in self._others() if self.calendar for e in self.calendar.exceptions_of(rule)]

    def _look_at_others(self, rule: MarketRule) -> None:
        """A new rule ends the one before it that had no end; any other overlap is refused."""
        for other in self._others():
            if not rule.overlaps(other):
                continue
            starts_later = rule.valid_from and (other.valid_from or date.min) < rule.valid_from
            if starts_later and other.valid_to is None and self.rule is None:
                self.ended = other
                continue
            said = ", ".join(part for part in (rule_in_words(other), span_in_words(other)) if part)
            self.refuse("valid_from", _("Another rule holds then: %(rule)s. Say from when this one holds.", rule=said))


def _start(rule: MarketRule | None, calendar: MarketCalendar | None) -> dict[str, Any]:
    if rule is None:
        return {"calendar": "gregorian", "skips_31st": "yes"}
    numbers = {"weekly": "weekdays", "branch": "branches"}.get(rule.calendar, "digits")
    exceptions = calendar.exceptions_of(rule) if calendar else []
    names = ("calendar", "dates", "valid_from", "valid_to", "confirmed_by", "confirmed_on")
    return {name: getattr(rule, name) for name in names} | {
        numbers: rule.digits if numbers == "digits" else rule.digits.split("-"),
        "skips_31st": "yes" if rule.skips_31st else "",
        "not_held": _written(e for e in exceptions if not e.is_held),
        "added": _written(e for e in exceptions if e.is_held),
    }


def _written(exceptions: Any) -> str:
    return "\n".join(f"{exception.date} {exception.reason}".strip() for exception in exceptions)
