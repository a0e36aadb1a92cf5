"""Passes: numbered paper cards in ranges, and phone passes signed with P-256 (docs/protocol.md)."""

import re
import secrets
from bisect import bisect_left
from datetime import datetime

from peewee import AutoField, BigIntegerField, CharField, ForeignKeyField, TextField, fn

from models.base import check_digit
from models.base.database import BaseModel, InstantField, fetch, fetch_in
from models.keys.pass_key import PassKey
from models.market.market_day import MarketDay
from models.market.used_number import UsedNumber

FIRST_PAPER = 100_000_000  # payloads (without check digit) of paper passes start here
PAPER = "pass"  # as used_number.py names their payloads
FIRST_PHONE = 900_000_000  # and those of phone passes here
_LINK = re.compile(r"https?://[^/\s]+/p/([0-9]+)/?", re.ASCII)


class PassRange(BaseModel):
    """A run of pre-printed paper passes of one market day; payloads without check digit."""

    id: "AutoField[int]"
    market_day_id: int
    market_day = ForeignKeyField(MarketDay, backref="pass_ranges", on_delete="CASCADE")
    first_payload = BigIntegerField(unique=True)
    last_payload = BigIntegerField()

    @classmethod
    def reserve(cls, market_day: MarketDay, count: int) -> "PassRange":
        """Take the next ``count`` numbers for a market day. Call it inside ``writing()``."""
        last = max(cls.select(fn.MAX(cls.last_payload)).scalar() or FIRST_PAPER - 1, UsedNumber.last_of(PAPER))
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
    return f"{payload}{check_digit.check_digit(str(payload))}"


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
        return (digits, None) if check_digit.is_valid(digits) else None
    value = int(digits)
    if value.bit_length() > 640 or value.bit_length() <= 632:  # 80 bytes, the first of them 1…
        return None
    signed = value.to_bytes(80, "big")
    number = f"{int.from_bytes(signed[7:12], 'big'):010d}"
    return (number, signed) if len(number) == 10 and check_digit.is_valid(number) else None


def is_prolonged(number: str, at_ms: int) -> bool:
    """Say whether a phone's pass holds at a moment although an older print of it had run out: its day was postponed."""
    return bool(fetch("SELECT 1 FROM phone_pass WHERE number = ? AND expires_at >= ?", (number, at_ms)))


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
