"""The MAC of a hand-over: which tablet packed it. As in static/js/crypto/hand-over-mac.js.

    sealed plaintext = marker (1) | HMAC-SHA256 of the packed facts (32) | the packed facts (gzip)

The key is HKDF-SHA256 of the digest of the tablet's ``resume`` secret. The server keeps that digest and not the secret,
so that both sides can make the key. What tablets packed before there was a MAC begins with gzip's own first byte.
"""

import hmac
from hashlib import sha256
from typing import NamedTuple

MARKER = b"\x02"
INFO = b"ganchang hand-over 1"
SIZE = 32  # bytes
_NO_SALT = bytes(32)


class Signed(NamedTuple):
    """The packed facts of a hand-over, and the MAC that came with them; None where there is none."""

    packed: bytes
    mac: bytes | None

    def is_by(self, resume_hash: str | None) -> bool:
        """Say whether the tablet with this digest of its secret (hex) packed it."""
        if self.mac is None or not resume_hash:
            return False
        return hmac.compare_digest(self.mac, _mac(self.packed, resume_hash))


def read_signed(plain: bytes) -> Signed:
    """Return what stands in an opened box, with its MAC if it has one."""
    if plain[:1] != MARKER:
        return Signed(plain, None)
    start = len(MARKER) + SIZE
    return Signed(plain[start:], plain[len(MARKER) : start])


def sign(packed: bytes, resume_hash: str) -> bytes:
    """Return packed facts with their MAC, as a tablet puts them into a box."""
    return MARKER + _mac(packed, resume_hash) + packed


def _mac(packed: bytes, resume_hash: str) -> bytes:
    return hmac.digest(_key(bytes.fromhex(resume_hash)), packed, "sha256")


def _key(secret: bytes) -> bytes:
    """Return HKDF-SHA256 (RFC 5869) of a secret, without salt: one block is the whole key."""
    extracted = hmac.digest(_NO_SALT, secret, "sha256")
    return hmac.new(extracted, INFO + b"\x01", sha256).digest()
