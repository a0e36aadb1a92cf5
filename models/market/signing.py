"""Signings: who signed the printed sheet of a market day, on which date, and which version of the figures it was."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField, fetch_in
from models.market.audited import Audited
from models.market.market_day import MarketDay


class Signing(Audited):
    """That a version was signed on paper. ``signed_by`` are the names on it, ``who`` noted it in the office."""

    within = "market_day"
    unnoted = frozenset({
        "at",
    })

    id: "AutoField[int]"
    market_day_id: int
    market_day = ForeignKeyField(MarketDay, backref="signings", on_delete="CASCADE", index=False)
    version = IntegerField()
    signed_by = CharField()
    signed_on = DateField()
    at = InstantField(default=utcnow)
    who = CharField()

    class Meta:
        indexes = ((("market_day", "version"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.market_day.noted_as()} {self.version}"

    @classmethod
    def of_day(cls, market_day: MarketDay) -> "dict[int, Signing]":
        """Return the signings of a market day by version."""
        return {signing.version: signing for signing in cls.select().where(cls.market_day == market_day)}


def versions_of(days: list[int]) -> dict[int, tuple[int, bool]]:
    """Return ``{market day: (its latest version, whether that was signed)}`` of those that have one. One statement."""
    rows = fetch_in(
        "SELECT c.market_day_id, MAX(c.version), MAX(s.version) FROM closing AS c LEFT JOIN signing AS s"
        " ON s.market_day_id = c.market_day_id AND s.version = c.version"
        " WHERE c.market_day_id IN (??) GROUP BY c.market_day_id",
        days,
    )
    return {day: (version, signed == version) for day, version, signed in rows}
