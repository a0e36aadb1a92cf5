"""Pass keys: phone passes are signed with them, so that a tablet can check a pass offline (docs/protocol.md)."""

import struct
from datetime import datetime

from models.base.database import fetch
from models.keys.key_pair import KeyPair, private_key
from models.market.market_day import MarketDay

VERSION = 1
HEAD = struct.Struct(">BHI5sI")  # version, key id, market day, pass number, expiry in Unix seconds
FORGED = "pass_forged"


class PassKey(KeyPair):
    """A key pair that signs phone passes. What a revoked one signed is marked from then on."""

    def sign(self, market_day: MarketDay, number: str, expires_at: datetime) -> str:
        """Return the digits of a signed pass: head and signature as one big integer."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        seconds = int(expires_at.timestamp())
        head = HEAD.pack(VERSION, self.id, market_day.id, int(number).to_bytes(5, "big"), seconds)
        r, s = decode_dss_signature(private_key(self.private_pem).sign(head, ec.ECDSA(hashes.SHA256())))
        return str(int.from_bytes(head + r.to_bytes(32, "big") + s.to_bytes(32, "big"), "big"))


Keys = dict[int, tuple[str, int | None]]  # by id: the private half and when it was revoked, in ms


def keys_of(county: int) -> Keys:
    """Return what signed passes of a county are checked with. One statement."""
    rows = fetch("SELECT id, private_pem, revoked_at FROM pass_key WHERE county_id = ?", (county,))
    return {key: (pem, revoked_at) for key, pem, revoked_at in rows}


def day_of(signed: bytes) -> int:
    """Return the market day that a signed pass says it belongs to."""
    return HEAD.unpack(signed[: HEAD.size])[2]


def check_signed(signed: bytes, market_day: int, at_ms: int, keys: Keys) -> str | None:
    """Return the attention reason of a signed pass, or None when it holds. ``keys`` as of ``keys_of`` its county.

    ``at_ms`` is when it was scanned, so that a pass synced in the evening is judged by noon: whether it had
    expired, and whether its key was revoked by then.
    """
    version, key_id, day, _, expires = HEAD.unpack(signed[: HEAD.size])
    pem, revoked_at = keys.get(key_id, ("", None))
    if version != VERSION or not pem or not _is_authentic(signed, pem):
        return FORGED
    if revoked_at is not None and at_ms >= revoked_at:
        return "pass_key_revoked"
    if day != market_day:
        return "pass_other_day"
    return "pass_expired" if at_ms > expires * 1000 else None


def key_of(digits: str) -> int:
    """Return the id of the key that signed these digits."""
    return HEAD.unpack(int(digits).to_bytes(80, "big")[: HEAD.size])[1]


def _is_authentic(signed: bytes, pem: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    r, s = int.from_bytes(signed[16:48], "big"), int.from_bytes(signed[48:], "big")
    try:
        public = private_key(pem).public_key()
        public.verify(encode_dss_signature(r, s), signed[:16], ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
