"""Market rules: how a town's market days recur (赶场)."""

from collections.abc import Iterator
from datetime import date, timedelta

from peewee import AutoField, BooleanField, CharField, ForeignKeyField

from models.market.audited import Audited
from models.market.division import Division


class MarketRule(Audited):
    """How one town's market days recur.

    ``calendar`` is ``gregorian``, ``lunar`` or ``daily``; ``digits`` are the last digits of the day,
    joined by hyphens as people say them (``3-6-9``; 10 stands for 0).
    """

    within = "town"

    id: "AutoField[int]"
    town_id: str
    town = ForeignKeyField(Division, unique=True)
    calendar = CharField(max_length=16, default="gregorian")
    digits = CharField(max_length=32, default="")
    skips_31st = BooleanField(default=True)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.town.name

    def falls_on(self, day: date) -> bool:
        """Say whether the town goes to market on ``day``."""
        if self.calendar == "daily":
            return True
        if self.calendar == "lunar":
            from borax.calendars.lunardate import LunarDate

            return LunarDate.from_solar(day).day % 10 in self._last_digits()
        return day.day % 10 in self._last_digits() and not (self.skips_31st and day.day == 31)

    def following(self, day: date) -> Iterator[date]:
        """Yield the market dates from ``day`` on, ``day`` included, for 400 days."""
        return (d for d in (day + timedelta(n) for n in range(400)) if self.falls_on(d))

    def _last_digits(self) -> set[int]:
        return {int(digit) % 10 for digit in self.digits.split("-") if digit}
