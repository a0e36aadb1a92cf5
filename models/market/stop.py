"""Stops: where a caravan stands on its day, one after another, and from when to when."""

from collections.abc import Iterable

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.database import writing
from models.market.audited import Audited
from models.market.market_day import MarketDay

Place = tuple[str, str, str]  # where, from, to (HH:MM)


class Stop(Audited):
    """One stop of a caravan; ``number`` is its place in the day's order, from 1."""

    within = "market_day"

    id: "AutoField[int]"
    market_day_id: int
    market_day = ForeignKeyField(MarketDay, backref="stops", on_delete="CASCADE", index=False)
    number = IntegerField()
    place = CharField()
    starts_at = CharField(max_length=5)  # local time
    ends_at = CharField(max_length=5)

    class Meta:
        indexes = ((("market_day", "number"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.number} {self.place}"

    @classmethod
    def of_day(cls, market_day: MarketDay) -> "list[Stop]":
        """Return the stops of a market day in their order."""
        return list(cls.select().where(cls.market_day == market_day).order_by(cls.number))


def keep_stops(market_day: MarketDay, places: Iterable[Place]) -> None:
    """Store the stops of a market day in the place of those it had."""
    with writing():
        Stop.delete().where(Stop.market_day == market_day).execute()
        for number, (place, starts_at, ends_at) in enumerate(places, start=1):
            Stop.create(market_day=market_day, number=number, place=place, starts_at=starts_at, ends_at=ends_at)
