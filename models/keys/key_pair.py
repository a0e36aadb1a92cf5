"""Key pairs: P-256, because WebCrypto has it on every tablet. The private half never leaves the server."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from peewee import AutoField, CharField, ForeignKeyField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField
from models.market.county import County

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


class KeyPair(BaseModel):
    """What a county's keys of every use share. Passes and boxes carry the id of their key in two bytes."""

    id = AutoField()
    county_id: int
    county = ForeignKeyField(County, backref=lambda own: f"{own.model._meta.table_name}s", on_delete="CASCADE")
    private_pem = TextField()
    public = CharField(max_length=90)  # base64url of the raw 65-byte point
    created_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)

    @classmethod
    def make(cls, county: County) -> Self:
        """Create a key pair."""
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        public = urlsafe_b64encode(point_of(key)).rstrip(b"=")
        return cls.create(county=county, private_pem=pem.decode(), public=public.decode())

    @classmethod
    def newest(cls, county: County) -> Self | None:
        """Return the newest key that is not revoked, if there is one."""
        mine = cls.select().where(cls.county == county, cls.revoked_at.is_null())
        return mine.order_by(cls.id.desc()).first()

    @classmethod
    def all_of(cls, county: County) -> list[Self]:
        """Return all keys of a county, the oldest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.id))

    @classmethod
    def current(cls, county: County) -> Self:
        """Return the newest key that is not revoked, made when there is none. Call it inside ``writing()``."""
        return cls.newest(county) or cls.make(county)


@lru_cache(maxsize=32)
def private_key(pem: str) -> "EllipticCurvePrivateKey":
    """Return the private key of a PEM text. Cryptography is imported when a key is used: it costs 60 ms."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, EllipticCurvePrivateKey)  # KeyPair.make makes no other
    return key


def point_of(key: "EllipticCurvePrivateKey") -> bytes:
    """Return the public half of a private key as the raw 65-byte point."""
    from cryptography.hazmat.primitives import serialization as s

    return key.public_key().public_bytes(s.Encoding.X962, s.PublicFormat.UncompressedPoint)
