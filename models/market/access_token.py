"""Access tokens: read-only keys to a county's figures, for programs."""

import secrets

from peewee import AutoField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.secret import digest
from models.market.audited import Audited
from models.market.county import County


class AccessToken(Audited):
    """A read-only key to the county's figures, for programs."""

    unnoted = frozenset({"created_at"})

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="access_tokens", on_delete="CASCADE")
    name = CharField()
    token_hash = CharField(max_length=64, unique=True)
    created_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)

    @classmethod
    def issue(cls, county: County, name: str) -> str:
        """Make a token and return it; it is stored hashed and shown once."""
        token = secrets.token_urlsafe(32)
        cls.create(county=county, name=name, token_hash=digest(token))
        return token

    @classmethod
    def by_age(cls) -> list["AccessToken"]:
        """Return all tokens, those that were revoked too, the oldest first."""
        return list(cls.select().order_by(cls.id))

    def revoke(self) -> None:
        """End the token: nothing is read with it any more."""
        self.revoked_at = utcnow()
        self.save(only=[AccessToken.revoked_at])

    @classmethod
    def by_token(cls, token: str) -> "AccessToken | None":
        """Find a token that has not been revoked."""
        return cls.get_or_none((cls.token_hash == digest(token)) & cls.revoked_at.is_null())
