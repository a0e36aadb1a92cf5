"""Market calendars: on which dates a town goes to market, by its rules one after the other and their exceptions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Self

from models.base.database import writing
from models.market.market_exception import MarketException
from models.market.market_rule import MarketRule

LOOKED_AHEAD = 400  # days: a year, and what is left of the month


class MarketCalendar:
    """The market dates of one town. ``rules`` are in the order in which they hold; at least one."""

    def __init__(self, rules: Iterable[MarketRule], exceptions: Iterable[MarketException] = ()) -> None:
        self.rules = sorted(rules, key=lambda rule: rule.valid_from or date.min)
        self._exceptions = {(exception.rule_id, exception.date): exception for exception in exceptions}

    @classmethod
    def of(cls, town: str) -> Self | None:
        """Return the calendar of a town (its code), or None when no rule of it is known."""
        return cls.of_towns([town]).get(town)

    @classmethod
    def of_towns(cls, towns: list[str]) -> dict[str, Self]:
        """Return the calendars of these towns by their codes, those that have a rule. Two statements."""
        rules: dict[str, list[MarketRule]] = {}
        for rule in MarketRule.select().where(MarketRule.town.in_(towns)):
            rules.setdefault(rule.town_id, []).append(rule)
        exceptions: dict[str, list[MarketException]] = {}
        for exception in MarketException.select(MarketException, MarketRule).join(MarketRule).where(
            MarketRule.town.in_(towns)
        ):
            exceptions.setdefault(exception.rule.town_id, []).append(exception)
        return {town: cls(found, exceptions.get(town, ())) for town, found in rules.items()}

    def rule_on(self, day: date) -> MarketRule | None:
        """Return the rule that holds on a date."""
        return next((rule for rule in self.rules if rule.holds_on(day)), None)

    def rule_near(self, day: date) -> MarketRule:
        """Return the rule that holds on a date, else the next one, else the last."""
        later = (rule for rule in self.rules if rule.valid_from and rule.valid_from > day)
        return self.rule_on(day) or next(later, self.rules[-1])

    def exception_on(self, day: date) -> MarketException | None:
        """Return what is said of this very date."""
        rule = self.rule_on(day)
        return self._exceptions.get((rule.id, day)) if rule else None

    def exceptions_of(self, rule: MarketRule) -> list[MarketException]:
        """Return a rule's exceptions by date."""
        return sorted((e for (rule_id, _), e in self._exceptions.items() if rule_id == rule.id), key=lambda e: e.date)

    def falls_on(self, day: date) -> bool | None:
        """Say whether the town goes to market on a date; None when no rule of that time is known."""
        rule = self.rule_on(day)
        if rule is None:
            return None
        exception = self.exception_on(day)
        return exception.is_held if exception else rule.falls_on(day)

    def following(self, day: date) -> Iterator[date]:
        """Yield the market dates from ``day`` on, ``day`` included, for LOOKED_AHEAD days."""
        return (d for d in (day + timedelta(n) for n in range(LOOKED_AHEAD)) if self.falls_on(d))

    def next_dates(self, day: date, most: int) -> list[date]:
        """Return the next market dates, at most so many."""
        return list(islice(self.following(day), most))


def keep_rule(rule: MarketRule, exceptions: list[MarketException], ended: MarketRule | None = None) -> None:
    """Store a rule with its exceptions, instead of those it had; ``ended`` is an earlier rule that it ends."""
    with writing():
        if ended and rule.valid_from:
            ended.valid_to = rule.valid_from - timedelta(days=1)
            ended.save()
        rule.save()
        MarketException.delete().where(MarketException.rule == rule).execute()
        for exception in exceptions:
            exception.rule = rule
            exception.save(force_insert=True)


def keep_rules(rules: Iterable[MarketRule]) -> None:
    """Store new rules of towns that have none, all or none of them."""
    with writing():
        for rule in rules:
            rule.save(force_insert=True)


def drop_rule(rule: MarketRule) -> None:
    """Take a rule away with its exceptions."""
    with writing():
        rule.delete_instance()
