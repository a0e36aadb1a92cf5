"""Certificates: that somebody was deleted, frozen or released, when, on whose request, and what the law keeps.

A certificate names nobody: it says on which market days the person was registered, and holds for who brings it.
"""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, TextField, fn

from models.base.database import BaseModel, InstantField
from models.base.json_field import JsonField
from models.market.county import County

DELETED, FROZEN, RELEASED = "deleted", "frozen", "released"
BY_PHONE, IN_OFFICE, BY_LETTER, BY_OFFICE = ASKED_BY = ("by_phone", "in_office", "by_letter", "by_office")


class Certificate(BaseModel):
    """One act about one person. ``number`` counts within the county.

    ``registrations`` are ``[{"date", "town"}]``, ``counts`` how much of what was deleted, ``kept_until`` how long the
    ledger of the law keeps the surname.
    """

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    number = IntegerField()
    act = CharField(max_length=8)
    at = InstantField()
    asked_by = CharField(max_length=16)
    who = CharField()
    why = TextField(default="")
    registrations = JsonField()
    counts = JsonField()
    kept_until = DateField(null=True)

    class Meta:
        indexes = ((("county", "number"), True),)

    @classmethod
    def next_number(cls, county: County) -> int:
        """Return the number of the county's next certificate. Call it inside ``writing()``."""
        return int(cls.select(fn.MAX(cls.number)).where(cls.county == county).scalar() or 0) + 1
