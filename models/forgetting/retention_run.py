"""Runs: what each night's retention took away, counted and not named."""

from peewee import AutoField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField
from models.base.json_field import JsonField
from models.market.county import County


class RetentionRun(BaseModel):
    """One run of a county: ``counts`` is ``{what: how many}``."""

    id: "AutoField[int]"
    county = ForeignKeyField(County, on_delete="CASCADE")
    at = InstantField(default=utcnow)
    counts = JsonField()

    @classmethod
    def latest(cls, county: County, most: int = 10) -> "list[RetentionRun]":
        """Return a county's latest runs, the newest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.id.desc()).limit(most))
