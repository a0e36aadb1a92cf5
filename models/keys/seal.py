"""Seal: data that only the county can read. A box is ECDH P-256 and AES-256-GCM, as in static/js/crypto/seal.js.

    box = version (1) | key id (2) | ephemeral public key (65) | iv (12) | AES-256-GCM ciphertext and tag

The AES key is HKDF-SHA256 of the shared secret, salted with the ephemeral public key. A page keeps its ephemeral
key for as long as it lives, so the slow part of opening its boxes is done once.
"""

import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

from models.base.database import fetch
from models.keys.key_pair import KeyPair, point_of, private_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
HEAD = struct.Struct(">BH65s")  # version, key id, ephemeral public key: what the tag vouches for besides the text
IV, TAG = 12, 16  # bytes
SHORTEST = HEAD.size + IV + TAG
INFO = b"ganchang seal 1"


class Unreadable(ValueError):
    """A box that none of the county's keys opens, or that somebody changed."""


class SealKey(KeyPair):
    """A key pair to which anybody may seal. A revoked one is given to no tablet any more, and still opens."""

    def seal(self, plain: bytes) -> bytes:
        """Return a box that the county opens, as a tablet makes it."""
        return self.lid().seal(plain)

    def lid(self) -> "Lid":
        """Return what closes boxes to this key."""
        return Lid(self.id, bytes_of(self.public))


def private_keys(county: int) -> dict[int, str]:
    """Return the private keys of a county by their ids, revoked ones included."""
    return dict(fetch("SELECT id, private_pem FROM seal_key WHERE county_id = ?", (county,)))


class Lid:
    """Seals any number of boxes to the public key ``public``, as one page of a tablet does."""

    def __init__(self, key_id: int, public: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        ephemeral = ec.generate_private_key(ec.SECP256R1())
        receiver = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        self._head = HEAD.pack(VERSION, key_id, point_of(ephemeral))
        self._cipher = _cipher(ephemeral.exchange(ec.ECDH(), receiver), self._head[3:])

    def seal(self, plain: bytes) -> bytes:
        """Return a box over ``plain``."""
        iv = secrets.token_bytes(IV)
        return self._head + iv + self._cipher.encrypt(iv, plain, self._head)


def is_box(box: bytes) -> bool:
    """Say whether bytes have the shape of a box; its key may be another county's."""
    return len(box) >= SHORTEST and box[0] == VERSION


def open_box(box: bytes, keys: dict[int, str]) -> bytes:
    """Return what is in a box. ``keys`` as of ``private_keys``. Raises Unreadable."""
    from cryptography.exceptions import InvalidTag

    if not is_box(box):
        raise Unreadable("no box")
    head, iv, sealed = box[: HEAD.size], box[HEAD.size : HEAD.size + IV], box[HEAD.size + IV :]
    _, key_id, ephemeral = HEAD.unpack(head)
    if key_id not in keys:
        raise Unreadable(f"no key {key_id}")
    try:
        return _opener(keys[key_id], ephemeral).decrypt(iv, sealed, head)
    except (InvalidTag, ValueError):
        raise Unreadable("changed, or for another key") from None


def text_of(box: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(box).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Return the bytes of base64url without padding. Raises Unreadable."""
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Unreadable("no base64url") from None
    if text_of(packed) != text:  # the decoder passes over foreign letters
        raise Unreadable("no base64url")
    return packed


@lru_cache(maxsize=1_000)
def _opener(private_pem: str, ephemeral: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.asymmetric import ec

    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), ephemeral)
    return _cipher(private_key(private_pem).exchange(ec.ECDH(), public), ephemeral)


def _cipher(shared: bytes, ephemeral: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), length=32, salt=ephemeral, info=INFO).derive(shared))
