"""Campaigns: series of market days under one name, a county's own or the city's, which days of all counties join."""

from datetime import date
from typing import Any

from peewee import AutoField, CharField, DateField, ForeignKeyField, ModelSelect

from models.market.audited import Audited
from models.market.county import County


class Campaign(Audited):
    """A series of market days under one name, such as the Spring Breeze Action. One without a county is the city's."""

    id: "AutoField[int]"
    county_id: int | None
    market_days: "ModelSelect[Any]"
    county = ForeignKeyField(County, null=True, backref="campaigns", on_delete="CASCADE")
    name = CharField()
    theme = CharField(default="")
    starts_on = DateField()
    ends_on = DateField()

    @classmethod
    def still_on(cls, county: County, today: date) -> "list[Campaign]":
        """Return a county's own campaigns that have not ended."""
        return list(cls.select().where(cls.county == county, cls.ends_on >= today))

    @property
    def is_of_the_city(self) -> bool:
        """Say whether the city keeps it, and market days of any county may join."""
        return self.county_id is None
