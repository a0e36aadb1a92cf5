"""The audit log: who made, changed, read, exported, revoked or was refused what."""

import json
from datetime import datetime
from typing import Any, ClassVar

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField
from models.market.county import County


class ChangesField(TextField):
    """Changed fields as ``{field: [old, new]}`` in Python (of a secret field ``[]``) and as JSON in the database."""

    def db_value(self, value: dict[str, Any] | str | None) -> str:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""

    def python_value(self, value: str | None) -> dict[str, Any]:
        return json.loads(value) if value else {}


class AuditEntry(BaseModel):
    """Who made, changed, read, exported, revoked or was refused what. Written once, kept three years.

    An entry about a row of the set-up names it: ``thing`` is its table, ``thing_id`` its key, ``name`` what it was
    called then. Earlier entries, and those about facts, say in ``what`` what they are about.
    """

    READ: ClassVar[str] = "read"

    id: "AutoField[int]"
    county_id: int | None
    county = ForeignKeyField(County, null=True, on_delete="SET NULL", index=False)
    at = InstantField(default=utcnow, index=True)
    who = CharField()
    action = CharField(max_length=32)
    what = TextField(default="")
    rows = IntegerField(null=True)
    thing = CharField(max_length=32, default="")
    thing_id = CharField(max_length=40, default="")
    name = CharField(default="")
    changes = ChangesField(default="")
    why = TextField(default="")

    class Meta:
        indexes = ((("county", "id"), False), (("thing", "thing_id", "county"), False))


def latest_at(county: County, action: str) -> datetime | None:
    """Return when something was done in a county for the last time, as far as the audit log goes back."""
    mine = (AuditEntry.county == county) & (AuditEntry.action == action)
    found = AuditEntry.select(AuditEntry.at).where(mine).order_by(AuditEntry.id.desc()).first()
    return found.at if found else None
