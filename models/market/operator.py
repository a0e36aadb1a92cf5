"""Operators: who works at a booth's tablet."""

import hashlib
import secrets
from base64 import b64encode

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.typed import same_of
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.market_day import MarketDay

PIN_ITERATIONS = 60_000  # PBKDF2 on a cheap tablet: a quarter of a second


class Operator(Audited):
    """A person who works at a booth's tablet, known there by a PIN."""

    within = "booth"

    id: "AutoField[int]"
    booth_id: int
    booth = ForeignKeyField(Booth, backref="operators", on_delete="CASCADE")
    name = CharField()
    pin_salt = CharField(max_length=32)
    pin_hash = CharField(max_length=64)
    pin_iterations = IntegerField(default=PIN_ITERATIONS)

    @classmethod
    def of_day(cls, market_day: MarketDay) -> "list[Operator]":
        """Return the operators of a market day's booths, by booth."""
        rows = cls.select(Operator, Booth).join(Booth).where(Booth.market_day == market_day)
        return list(rows.order_by(Booth.number, Operator.id))

    @classmethod
    def enlist(cls, booth: Booth, name: str, pin: str, salt: bytes | None = None) -> "Operator":
        """Create an operator. The PIN is stored as a PBKDF2 hash that a tablet can check offline."""
        operator = cls(booth=booth, name=name)
        operator.set_pin(pin, salt)
        operator.save()
        return operator

    @classmethod
    def is_named(cls, booth: Booth, name: str, besides: "Operator | None" = None) -> bool:
        """Say whether an operator of the booth has this name, other than ``besides``."""
        others = cls.select(cls.name).where(cls.booth == booth, cls.id != (besides.id if besides else 0))
        return any(same_of(other.name) == same_of(name) for other in others)

    def set_pin(self, pin: str, salt: bytes | None = None) -> None:
        """Set salt, hash and iterations of a PIN; ``save`` stores them."""
        salt = salt or secrets.token_bytes(16)
        digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, PIN_ITERATIONS)
        self.pin_salt = b64encode(salt).decode()
        self.pin_hash = b64encode(digest).decode()
        self.pin_iterations = PIN_ITERATIONS
