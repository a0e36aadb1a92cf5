"""Campaigns: series of market days under one name."""

from peewee import AutoField, CharField, DateField, ForeignKeyField

from models.market.audited import Audited
from models.market.county import County


class Campaign(Audited):
    """A series of market days under one name, such as the Spring Breeze Action."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="campaigns", on_delete="CASCADE")
    name = CharField()
    theme = CharField(default="")
    starts_on = DateField()
    ends_on = DateField()
