"""Counties and their divisions: who runs market days, and the places they are named after."""

import secrets
from zoneinfo import ZoneInfo

from peewee import CharField, DateField, ForeignKeyField

from models.base.database import BaseModel


class Division(BaseModel):
    """A county or township of GB/T 2260, with the dates for which its code holds.

    Divisions are merged and abolished, so an organiser can edit them.
    """

    code = CharField(max_length=12, primary_key=True)
    name = CharField()
    parent = CharField(max_length=12, null=True, index=True)
    level = CharField(max_length=16)  # county or township
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    successor = CharField(max_length=12, null=True)


class County(BaseModel):
    """A county's employment service: it owns its market days, candidates and keys."""

    division = ForeignKeyField(Division, null=True)
    name = CharField()
    service_name = CharField()  # as printed at the head of a sheet
    phone = CharField(default="12333")
    timezone = CharField(default="Asia/Shanghai")
    identity_key = CharField(max_length=64, default=lambda: secrets.token_hex(32))

    def zone(self) -> ZoneInfo:
        """Return the time zone in which this county's hours are counted."""
        return ZoneInfo(self.timezone)


class Campaign(BaseModel):
    """A series of market days under one name, such as the Spring Breeze Action."""

    county = ForeignKeyField(County, backref="campaigns", on_delete="CASCADE")
    name = CharField()
    theme = CharField(default="")
    starts_on = DateField()
    ends_on = DateField()
