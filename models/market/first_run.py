"""The first run: a secret address at which somebody sets a new installation up, until the first account exists.

A server may stand in a network before its office does anything with it. Who reaches it first must not become its
owner, so the set-up is open only to who reads the terminal: the address is printed there, and kept here as a digest.
"""

import secrets
from datetime import datetime, timedelta

from peewee import CharField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.base.secret import digest
from models.market.county import County
from models.market.organiser import ORGANISER, Organiser, require_length

LIFETIME = timedelta(hours=24)  # then the terminal prints another one
THE_ONE = 1


class Over(Exception):
    """There is an account already, or the secret ended."""


class FirstRun(BaseModel):
    """The secret of the set-up. There is at most one: a new one ends the one before."""

    id = IntegerField(primary_key=True, default=THE_ONE)
    secret_hash = CharField(max_length=64)
    ends_at = InstantField()

    @classmethod
    def open(cls, now: datetime | None = None) -> str:
        """Make the secret of the address and return it. Raises Over when there is an account."""
        secret = secrets.token_urlsafe(32)
        with writing():
            if Organiser.exist():
                raise Over
            cls.end()
            cls.create(secret_hash=digest(secret), ends_at=(now or utcnow()) + LIFETIME)
        return secret

    @classmethod
    def end(cls) -> None:
        """End the secret: its address leads nowhere any more."""
        cls.delete().execute()

    @classmethod
    def holds(cls, secret_hash: str, now: datetime | None = None) -> bool:
        """Say whether this is the digest of the secret, which did not end yet, and there is no account."""
        found = cls.get_or_none((cls.secret_hash == secret_hash) & (cls.ends_at > (now or utcnow())))
        return found is not None and not Organiser.exist()

    @classmethod
    def county(cls) -> County | None:
        """Return the county that is being set up: the first one, leaving the demo's aside."""
        return next((county for county in County.by_age() if not county.is_demo), None)

    @classmethod
    def finish(cls, secret_hash: str, county: County, login: str, password: str, name: str) -> Organiser:
        """Make the first account, an organiser of the county, and end the secret. Raises TooShort.

        Raises Over when the secret does not hold any more: of two who send the form at once, one makes the account.
        """
        require_length(password)
        with writing():
            if not cls.holds(secret_hash):
                raise Over
            cls.end()
            return Organiser.enlist(county, login, password, ORGANISER, name)
