"""Booths: an employer's stand or a service desk on one market day, and who works there."""

import hashlib
import secrets
from base64 import b64encode

from peewee import CharField, ForeignKeyField, IntegerField

from models.base.database import BaseModel
from models.market.employer import Employer
from models.market.market_day import MarketDay

PIN_ITERATIONS = 60_000  # PBKDF2 on a cheap tablet: a quarter of a second


class Booth(BaseModel):
    """A stand on a market day. ``kind`` is ``employer`` or ``desk``."""

    market_day = ForeignKeyField(MarketDay, backref="booths", on_delete="CASCADE")
    number = IntegerField()
    name = CharField()
    kind = CharField(max_length=16, default="employer")
    employer = ForeignKeyField(Employer, null=True, backref="booths", on_delete="SET NULL")
    topics = CharField(default="leaflet,policy")  # what is counted here without a name

    class Meta:
        indexes = ((("market_day", "number"), True),)

    @property
    def is_desk(self) -> bool:
        """A desk serves everybody and may tie people to any booth's vacancies."""
        return self.kind == "desk"


class Operator(BaseModel):
    """A person who works at a booth's tablet, known there by a PIN."""

    booth = ForeignKeyField(Booth, backref="operators", on_delete="CASCADE")
    name = CharField()
    pin_salt = CharField(max_length=32)
    pin_hash = CharField(max_length=64)
    pin_iterations = IntegerField(default=PIN_ITERATIONS)

    @classmethod
    def enlist(cls, booth: Booth, name: str, pin: str, salt: bytes | None = None) -> "Operator":
        """Create an operator whose PIN can be checked offline and read nowhere."""
        operator = cls(booth=booth, name=name)
        operator.set_pin(pin, salt)
        operator.save()
        return operator

    def set_pin(self, pin: str, salt: bytes | None = None) -> None:
        """Take a PIN for what only it can be checked against; store it with ``save``."""
        salt = salt or secrets.token_bytes(16)
        digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, PIN_ITERATIONS)
        self.pin_salt = b64encode(salt).decode()
        self.pin_hash = b64encode(digest).decode()
        self.pin_iterations = PIN_ITERATIONS
