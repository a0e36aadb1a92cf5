"""Series: market days that were planned at once, and can be taken back at once while nothing was recorded in them."""

from typing import Self

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.market.audited import Audited
from models.market.county import County

LAST, DAY, NONE, COPY = SOURCES = ("last", "day", "none", "copy")  # what its days were made like


class Series(Audited):
    """Market days of one press: ``days`` of ``towns`` towns, as they were counted then.

    Whether it was taken back says ``undone_at``; single days of it live on as any other.
    """

    unnoted = frozenset({"made_at", "made_by"})

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="series", on_delete="CASCADE")
    starts_on = DateField()
    ends_on = DateField()
    towns = IntegerField()
    days = IntegerField()
    source = CharField(max_length=8)
    made_at = InstantField(default=utcnow)
    made_by = CharField()
    undone_at = InstantField(null=True)
    undone_by = CharField(default="")

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.starts_on} – {self.ends_on}"

    @classmethod
    def of_county(cls, county: County, most: int = 30) -> list[Self]:
        """Return a county's latest series, the newest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.id.desc()).limit(most))
