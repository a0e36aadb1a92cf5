"""Campaigns: series of market days under one name."""

from typing import Any

from peewee import AutoField, CharField, DateField, ForeignKeyField, ModelSelect

from models.market.audited import Audited
from models.market.county import County


class Campaign(Audited):
    """A series of market days under one name, such as the Spring Breeze Action."""

    id: "AutoField[int]"
    county_id: int
    market_days: "ModelSelect[Any]"
    county = ForeignKeyField(County, backref="campaigns", on_delete="CASCADE")
    name = CharField()
    theme = CharField(default="")
    starts_on = DateField()
    ends_on = DateField()
