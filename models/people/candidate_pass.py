"""Passes: numbered paper cards in ranges, and phone passes signed with P-256 (ARCHITECTURE 7)."""

import re
import secrets
import struct
from base64 import urlsafe_b64encode
from bisect import bisect_left
from datetime import datetime
from functools import lru_cache

from peewee import AutoField, BigIntegerField, CharField, ForeignKeyField, TextField, fn

from models import codes
from models.clock import milliseconds, utcnow
from models.database import BaseModel, InstantField, fetch, fetch_in
from models.market.county import County
from models.market.market_day import MarketDay

VERSION = 1
HEAD = struct.Struct(">BHI5sI")  # version, key id, market day, pass number, expiry in Unix seconds
FIRST_PAPER = 100_000_000  # payloads (without check digit) of paper passes start here
FIRST_PHONE = 900_000_000  # and those of phone passes here
_LINK = re.compile(r"https?://[^/\s]+/p/([0-9]+)/?", re.ASCII)


class PassRange(BaseModel):
    """A run of pre-printed paper passes of one market day; payloads without check digit."""

    market_day = ForeignKeyField(MarketDay, backref="pass_ranges", on_delete="CASCADE")
    first_payload = BigIntegerField(unique=True)
    last_payload = BigIntegerField()

    @classmethod
    def reserve(cls, market_day: MarketDay, count: int) -> "PassRange":
        """Take the next ``count`` numbers for a market day. Call it inside ``writing()``."""
        last = cls.select(fn.MAX(cls.last_payload)).scalar() or FIRST_PAPER - 1
        return cls.create(
            market_day=market_day, first_payload=last + 1, last_payload=last + count
        )

    @property
    def first(self) -> str:
        """The first number, 10 digits."""
        return numbered(self.first_payload)

    @property
    def last(self) -> str:
        """The last number, 10 digits."""
        return numbered(self.last_payload)

    def numbers(self) -> list[str]:
        """Return all numbers of the range."""
        return [numbered(payload) for payload in range(self.first_payload, self.last_payload + 1)]


class PassKey(BaseModel):
    """A P-256 key pair that signs phone passes. Its id travels in two bytes of the pass."""

    id = AutoField()
    county = ForeignKeyField(County, backref="pass_keys", on_delete="CASCADE")
    private_pem = TextField()
    public = CharField(max_length=90)  # base64url of the raw 65-byte point
    created_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)

    @classmethod
    def make(cls, county: County, secret: int | None = None) -> "PassKey":
        """Create a key pair; ``secret`` fixes it for the demo."""
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric import ec

        curve = ec.SECP256R1()
        key = ec.derive_private_key(secret, curve) if secret else ec.generate_private_key(curve)
        point = key.public_key().public_bytes(
            s.Encoding.X962, s.PublicFormat.UncompressedPoint
        )
        pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        return cls.create(
            county=county,
            private_pem=pem.decode(),
            public=urlsafe_b64encode(point).rstrip(b"=").decode(),
        )

    @classmethod
    def current(cls, county: County) -> "PassKey":
        """Return the newest key that is not revoked, made when there is none."""
        mine = cls.select().where(cls.county == county, cls.revoked_at.is_null())
        return mine.order_by(cls.id.desc()).first() or cls.make(county)

    def sign(self, market_day: MarketDay, number: str, expires_at: datetime) -> str:
        """Return the digits of a signed pass: head and signature as one big integer."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        seconds = int(expires_at.timestamp())
        head = HEAD.pack(VERSION, self.id, market_day.id, int(number).to_bytes(5, "big"), seconds)
        r, s = decode_dss_signature(_private(self.private_pem).sign(head, ec.ECDSA(hashes.SHA256())))
        return str(int.from_bytes(head + r.to_bytes(32, "big") + s.to_bytes(32, "big"), "big"))


class PhonePass(BaseModel):
    """A pass made for a candidate's phone."""

    number = CharField(max_length=10, primary_key=True)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    candidate = CharField(max_length=36, index=True)
    digits = TextField()  # the signed form, as in the QR
    expires_at = InstantField()

    @classmethod
    def issue(cls, candidate: str, market_day: MarketDay, expires_at: datetime) -> "PhonePass":
        """Make and sign a pass with a free number. Call it inside ``writing()``."""
        number = numbered(FIRST_PHONE + secrets.randbelow(100_000_000))
        while cls.select().where(cls.number == number).exists():
            number = numbered(FIRST_PHONE + secrets.randbelow(100_000_000))
        digits = PassKey.current(market_day.county).sign(market_day, number, expires_at)
        return cls.create(
            number=number,
            market_day=market_day,
            candidate=candidate,
            digits=digits,
            expires_at=expires_at,
        )


def numbered(payload: int) -> str:
    """Return the pass number for a 9-digit payload: the payload and its check digit."""
    return f"{payload}{codes.check_digit(str(payload))}"


def digits_of(text: str) -> str | None:
    """Return the digits of a scanned text: a bare number or a ``/p/`` link; else None."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return text
    link = _LINK.fullmatch(text)
    return link[1] if link else None


def read_pass(text: str) -> tuple[str, bytes | None] | None:
    """Read what a scanner saw: ``(number, signed bytes or None)``; None when it is no pass.

    A number is 10 digits with its check digit. Longer digits are a signed pass of 80 bytes.
    """
    digits = digits_of(text)
    if digits is None or len(digits) > 200:
        return None
    if len(digits) == 10:
        return (digits, None) if codes.is_valid(digits) else None
    value = int(digits)
    if value.bit_length() > 640 or value.bit_length() <= 632:  # 80 bytes, the first of them 1…
        return None
    signed = value.to_bytes(80, "big")
    number = f"{int.from_bytes(signed[7:12], 'big'):010d}"
    return (number, signed) if len(number) == 10 and codes.is_valid(number) else None


def check_signed(signed: bytes, market_day: int, at_ms: int) -> str | None:
    """Return the attention reason of a signed pass, or None when it holds.

    ``at_ms`` is when it was scanned, so that a pass synced in the evening is judged by noon.
    """
    version, key_id, day, _, expires = HEAD.unpack(signed[:16])
    if version != VERSION or not _is_authentic(signed, key_id):
        return "pass_forged"
    if day != market_day:
        return "pass_other_day"
    return "pass_expired" if at_ms > expires * 1000 else None


def known_passes(numbers: set[str]) -> dict[str, int]:
    """Return the market day of each number that was printed or issued."""
    issued = "SELECT number, market_day_id FROM phone_pass WHERE number IN (??)"
    known = dict(fetch_in(issued, numbers))
    payloads = sorted((int(number[:-1]), number) for number in numbers - known.keys())
    if payloads:
        ranges = fetch(
            "SELECT first_payload, last_payload, market_day_id FROM pass_range"
            " WHERE last_payload >= ? AND first_payload <= ? ORDER BY first_payload",
            (payloads[0][0], payloads[-1][0]),
        )
        for first, last, market_day in ranges:  # they never overlap, so neither do these slices
            start, end = bisect_left(payloads, (first,)), bisect_left(payloads, (last + 1,))
            known |= dict.fromkeys((number for _, number in payloads[start:end]), market_day)
    return known


def _is_authentic(signed: bytes, key_id: int) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    key = PassKey.get_or_none(id=key_id)
    if key is None or (key.revoked_at and milliseconds(key.revoked_at)):
        return False
    r, s = int.from_bytes(signed[16:48], "big"), int.from_bytes(signed[48:], "big")
    try:
        public = _private(key.private_pem).public_key()
        public.verify(encode_dss_signature(r, s), signed[:16], ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=16)
def _private(pem: str):  # noqa: ANN202  cryptography is imported when a pass is signed
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    return load_pem_private_key(pem.encode(), password=None)
