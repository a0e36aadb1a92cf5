"""Operators: a county's people who work at booths' tablets. At which booths is said by duty.py."""

import hashlib
import secrets
from base64 import b64encode
from typing import Any

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, ModelSelect

from models.base.database import InstantField
from models.base.typed import same_of
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.county import County

PIN_ITERATIONS = 60_000  # PBKDF2 on a cheap tablet: a quarter of a second


class Operator(Audited):
    """A person of a county who works at booths' tablets, known there by a PIN of their own.

    Without a PIN the hash is empty: the person sets one at the next sign-in, on a tablet. ``pin_resets`` counts how
    often the office cleared it, so that a tablet which has not heard of that sets nothing. An archived operator is
    offered for no booth.
    """

    id: "AutoField[int]"
    county_id: int
    duties: "ModelSelect[Any]"
    county = ForeignKeyField(County, backref="operators", on_delete="CASCADE")
    name = CharField()
    unit = CharField(default="")  # whom they work for, where the office notes it
    pin_salt = CharField(max_length=32, default="")
    pin_hash = CharField(max_length=64, default="")
    pin_iterations = IntegerField(default=PIN_ITERATIONS)
    pin_resets = IntegerField(default=0)
    archived_at = InstantField(null=True)

    @classmethod
    def of_county(cls, county: County) -> "list[Operator]":
        """Return a county's operators, archived ones too, by name."""
        return list(cls.select().where(cls.county == county).order_by(cls.name, cls.id))

    @classmethod
    def enlist(cls, booth: Booth, name: str, pin: str = "", salt: bytes | None = None) -> "Operator":
        """Create a person of the booth's county who is on duty at it; without ``pin`` they set one themselves."""
        from models.market.duty import assign

        operator = cls(county=booth.market_day.county_id, name=name)
        if pin:
            operator.set_pin(pin, salt)
        operator.save()
        assign(operator, booth)
        return operator

    @classmethod
    def is_named(cls, county: County, name: str, unit: str, besides: "Operator | None" = None) -> bool:
        """Say whether a person of the county has this name and this unit, not archived and other than ``besides``."""
        of_county = (cls.county == county) & cls.archived_at.is_null()
        others = cls.select(cls.name, cls.unit).where(of_county, cls.id != (besides.id if besides else 0))
        return any((same_of(o.name), same_of(o.unit)) == (same_of(name), same_of(unit)) for o in others)

    @property
    def has_pin(self) -> bool:
        """Say whether a PIN is set."""
        return bool(self.pin_hash)

    @property
    def full_name(self) -> str:
        """Their name, with whom they work for where that is noted."""
        return f"{self.name} · {self.unit}" if self.unit else self.name

    def set_pin(self, pin: str, salt: bytes | None = None) -> None:
        """Set salt, hash and iterations of a PIN, which a tablet checks offline; ``save`` stores them."""
        salt = salt or secrets.token_bytes(16)
        digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, PIN_ITERATIONS)
        self.pin_salt = b64encode(salt).decode()
        self.pin_hash = b64encode(digest).decode()
        self.pin_iterations = PIN_ITERATIONS

    def clear_pin(self) -> None:
        """Forget the PIN; ``save`` stores that."""
        self.pin_salt, self.pin_hash = "", ""
        self.pin_resets += 1
