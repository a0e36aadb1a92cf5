"""Closings: the versions of a market day's figures. What was closed and signed stays as it was.

The figures themselves are put together in models/figures/version.py; that a day is closed is a part of its set-up.
"""

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField
from models.market.market_day import MarketDay


class ReasonMissing(Exception):
    """The market day is closed: its set-up changes, and its figures are closed anew, only with a reason."""


class Closing(BaseModel):
    """One version of a market day's figures, frozen when an organiser closed the day. Written once.

    ``figures`` is canonical JSON, ``hash`` its SHA-256. ``facts`` and ``settlements`` say how many of each the day had,
    so that what came later can be told without counting the day again. Versions after the first have a ``reason``.
    """

    market_day_id: int
    market_day = ForeignKeyField(MarketDay, backref="closings", on_delete="CASCADE", index=False)
    version = IntegerField()
    at = InstantField(default=utcnow)
    who = CharField()
    reason = TextField(default="")
    figures = TextField()
    hash = CharField(max_length=64)
    facts = IntegerField()
    settlements = IntegerField()

    class Meta:
        primary_key = CompositeKey("market_day", "version")

    @classmethod
    def latest(cls, market_day: MarketDay | int) -> "Closing | None":
        """Return the version that holds, or None while the day is open."""
        id = market_day if isinstance(market_day, int) else market_day.id
        return cls.find("SELECT * FROM closing WHERE market_day_id = ? ORDER BY version DESC LIMIT 1", id)

    @classmethod
    def of_version(cls, market_day: MarketDay, version: int) -> "Closing | None":
        """Return one version of a market day, or None."""
        return cls.find("SELECT * FROM closing WHERE market_day_id = ? AND version = ?", market_day.id, version)

    @classmethod
    def all_of(cls, market_day: MarketDay) -> "list[Closing]":
        """Return a market day's versions, the first one first."""
        return list(cls.select().where(cls.market_day == market_day).order_by(cls.version))
