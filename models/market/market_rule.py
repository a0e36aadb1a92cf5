"""Market rules: how a town's market days recur (赶场)."""

from collections.abc import Callable
from datetime import date

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, TextField

from models.market.audited import Audited
from models.market.division import Division

LAST = 31  # nobody trades on the 31st: the next cycle begins on the 1st


class MarketRule(Audited):
    """How one town's market days recur, for the dates on which the rule holds.

    ``calendar`` is a code of ``CALENDARS``. ``digits`` are joined by hyphens as people say them (``3-6-9``): the last
    digits of the day (10 stands for 0), the days of the week (1 is Monday) or the earthly branches (1 is 子).
    ``dates`` are ISO dates, one a line. A town has several rules one after the other in time; exceptions from them
    are kept apart, and models/market/market_calendar.py puts both together.
    """

    within = "town"

    id: "AutoField[int]"
    town_id: str
    town = ForeignKeyField(Division)
    calendar = CharField(max_length=16, default="gregorian")
    digits = CharField(max_length=32, default="")
    dates = TextField(default="")
    skips_31st = BooleanField(default=True)
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    confirmed_by = CharField(default="")  # who in the town said so
    confirmed_on = DateField(null=True)

    @classmethod
    def is_any_confirmed(cls, towns: list[str]) -> bool:
        """Say whether one of these towns (their codes) confirmed a rule."""
        return bool(cls.select().where(cls.town.in_(towns), cls.confirmed_on.is_null(False)).exists())

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is the town's on ``day``."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, other: "MarketRule") -> bool:
        """Say whether there is a date on which both rules hold."""
        starts = max(self.valid_from or date.min, other.valid_from or date.min)
        return starts <= min(self.valid_to or date.max, other.valid_to or date.max)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.town.name

    def falls_on(self, day: date) -> bool:
        """Say whether the town goes to market on ``day`` by this rule, exceptions left aside."""
        return self.holds_on(day) and _RECURS[self.calendar](self, day)

    @property
    def is_confirmed(self) -> bool:
        """Say whether the town confirmed it."""
        return self.confirmed_on is not None

    @property
    def matters_31st(self) -> bool:
        """Say whether leaving out the 31st takes a date away."""
        by_digit = self.calendar == "gregorian" and 1 in self.last_digits()
        return self.skips_31st and (by_digit or self.calendar == "odd")

    def last_digits(self) -> set[int]:
        """Return the last digits of the day, 10 as 0."""
        return {number % 10 for number in self._numbers()}

    def _numbers(self) -> set[int]:
        return {int(digit) for digit in self.digits.split("-") if digit}

    def _trades_on(self, day: date) -> bool:
        return not (self.skips_31st and day.day == LAST)

    def _by_digit(self, day: date) -> bool:
        return day.day % 10 in self.last_digits() and self._trades_on(day)

    def _by_lunar_digit(self, day: date) -> bool:
        """A leap month counts like any month, and a short one has no thirtieth."""
        from borax.calendars.lunardate import LunarDate

        return LunarDate.from_solar(day).day % 10 in self.last_digits()


_RECURS: dict[str, Callable[[MarketRule, date], bool]] = {
    "gregorian": MarketRule._by_digit,
    "lunar": MarketRule._by_lunar_digit,
    "odd": lambda rule, day: day.day % 2 == 1 and rule._trades_on(day),
    "even": lambda rule, day: day.day % 2 == 0,
    "weekly": lambda rule, day: day.isoweekday() in rule._numbers(),
    "branch": lambda rule, day: branch_of(day) in rule._numbers(),
    "daily": lambda rule, day: True,
    "dates": lambda rule, day: day.isoformat() in rule.dates.split(),
}


def branch_of(day: date) -> int:
    """Return the earthly branch of a day: 1 for 子 to 12 for 亥. The cycle of twelve never skips a day."""
    return (day.toordinal() + 2) % 12 + 1
