"""Counties: whose employment service runs the market days."""

import secrets
from zoneinfo import ZoneInfo

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.market.audited import Audited
from models.market.division import Division


class County(Audited):
    """A county's employment service: it owns its market days, candidates and keys."""

    unnoted = frozenset({"identity_key", "is_demo"})

    id: "AutoField[int]"
    division_id: str | None
    division = ForeignKeyField(Division, null=True)
    name = CharField()
    service_name = CharField()  # as printed at the head of a sheet
    phone = CharField(default="12333")
    timezone = CharField(default="Asia/Shanghai")
    requires_second_factor = BooleanField(default=False)  # of every account of the county
    seal_line = CharField(default="")  # whose seal a sheet gets; empty: the service's
    hours = CharField(default="")  # when the office is open, in words
    languages = CharField(default="")  # codes of its phone pages, joined by commas; empty: all that there are
    lock_minutes = IntegerField(default=5)  # without a touch, then its tablets lock themselves
    is_demo = BooleanField(default=False)  # the county that `flask demo` made
    identity_key = CharField(max_length=64, default=lambda: secrets.token_hex(32))

    @classmethod
    def only(cls) -> "County | None":
        """Return the county where there is one alone, or None: nobody is taken to the first of several."""
        counties = list(cls.select().limit(2))
        return counties[0] if len(counties) == 1 else None

    @classmethod
    def by_age(cls) -> list["County"]:
        """Return all counties, the one that was set up first before the others."""
        return list(cls.select().order_by(cls.id))

    @classmethod
    def demo(cls) -> "County | None":
        """Return the demo's county, if it is there."""
        return next((county for county in cls.by_age() if county.is_demo), None)

    @classmethod
    def demo_is_beside_others(cls) -> bool:
        """Say whether the demo's county is there, and another one that people work with."""
        return len({county.is_demo for county in cls.by_age()}) == 2

    def county_noted(self) -> int | None:
        """Return its own id."""
        return self.id

    def zone(self) -> ZoneInfo:
        """Return the time zone in which this county's hours are counted."""
        return ZoneInfo(self.timezone)
