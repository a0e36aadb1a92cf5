"""The audit log: who exported, revoked or was refused what."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField
from models.market.county import County


class AuditEntry(BaseModel):
    """Who exported, revoked or was refused what. Written once, kept three years."""

    id: "AutoField[int]"
    county_id: int | None
    county = ForeignKeyField(County, null=True, on_delete="SET NULL")
    at = InstantField(default=utcnow, index=True)
    who = CharField()
    action = CharField(max_length=32)
    what = TextField(default="")
    rows = IntegerField(null=True)
