"""Region keys: a county signs with its own what it hands to other regions, and is known there by the fingerprint.

Ed25519, because no tablet and no browser has to check it: only servers do. The private half never leaves the server.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Self

from peewee import AutoField, CharField, ForeignKeyField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.market.county import County

KEY_BYTES = 32
DIGITS, GROUP = 24, 4  # of a fingerprint as it is read out


class RegionKey(BaseModel):
    """A county's key pair for packages. The newest signs; a partner trusts one key at a time."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="region_keys", on_delete="CASCADE")
    private_pem = TextField()
    public = CharField(max_length=64)  # base64url of the raw 32 bytes
    created_at = InstantField(default=utcnow)

    @classmethod
    def newest(cls, county: County) -> Self | None:
        """Return the key that signs now, or None."""
        found: Self | None = cls.select().where(cls.county == county).order_by(cls.id.desc()).first()
        return found

    @classmethod
    def make(cls, county: County) -> Self:
        """Make a new key, which signs from now on: every partner has to confirm it once more."""
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        public = urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
        with writing():
            return cls.create(county=county, private_pem=pem.decode(), public=public)

    def sign(self, content: bytes) -> bytes:
        """Return the signature of 64 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        key = load_pem_private_key(self.private_pem.encode(), password=None)
        assert isinstance(key, Ed25519PrivateKey)  # make() makes no other
        return key.sign(content)


def is_signed(public: str, content: bytes, signature: bytes) -> bool:
    """Say whether the holder of a public key signed this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(raw_of(public)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def raw_of(public: str) -> bytes:
    """Return the 32 bytes of a public key. Raises ValueError for what is none."""
    raw = urlsafe_b64decode(public.encode("ascii") + b"==")
    if len(raw) != KEY_BYTES or urlsafe_b64encode(raw).rstrip(b"=").decode() != public:
        raise ValueError("no public key")
    return raw


def fingerprint(public: str) -> str:
    """Return the 24 digits by which two people compare a key on the telephone, in groups of four."""
    digits = f"{int.from_bytes(sha256(raw_of(public)).digest()) % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))
