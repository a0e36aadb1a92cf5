"""Minimum wages of a county, each from a date on, as the office enters them when they are announced."""

from datetime import date
from typing import Self

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from models.market.audited import Audited
from models.market.county import County


class MinimumWage(Audited):
    """What a full month and an hour of part-time work pay at least in a county, from a date on."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="minimum_wages", on_delete="CASCADE", index=False)
    valid_from = DateField()
    month_fen = IntegerField()
    hour_fen = IntegerField()
    source = CharField(default="")  # the number of the paper that says so

    class Meta:
        indexes = ((("county", "valid_from"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.valid_from.isoformat()

    @classmethod
    def of(cls, county: County) -> list[Self]:
        """Return a county's, the latest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.valid_from.desc()))

    @classmethod
    def on(cls, county: County, day: date) -> Self | None:
        """Return the one that holds on a date, or None."""
        holds = cls.select().where(cls.county == county, cls.valid_from <= day)
        found: Self | None = holds.order_by(cls.valid_from.desc()).first()
        return found
