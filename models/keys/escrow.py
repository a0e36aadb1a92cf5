"""Escrow: a copy of a county's keys in a file of their own, locked with a password that only the county knows.

A backup holds the keys that there were when it was made. Contacts that were sealed to a later one stay sealed once an
older backup is put back, unless that key is put back as well.

The file is JSON: what it is, of which county and when, and ``locked``, the keys as JSON under AES-256-GCM. Its key is
scrypt (n = 2^16, r = 8, p = 1) of the password and ``salt``; the tag vouches for the rest of the file.
"""

import json
import secrets
from base64 import b64decode, b64encode
from typing import Any, NamedTuple

from models.base.clock import milliseconds, utcnow
from models.base.database import fetch, insert_many, is_sqlite, writing
from models.keys.key_pair import KeyPair, private_key
from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.market.county import County

WHAT, VERSION = "ganchang county keys", 1
SHORTEST = 16  # letters of the password: whoever finds the file may guess for years
LARGEST = 1_000_000  # bytes of a file that is looked at
COST = 2**16
SALT, IV = 16, 12  # bytes
USES: dict[str, type[KeyPair]] = {"seal": SealKey, "pass": PassKey}
COLUMNS = "id, county_id, private_pem, public, created_at, revoked_at"


class NoCopy(ValueError):
    """The file is no copy of keys."""


class OfAnother(ValueError):
    """The keys are another county's; the text is its name."""


class Locked(ValueError):
    """The password does not open it, or somebody changed the file."""


class PutBack(NamedTuple):
    """How many keys were put back, how many were there, and the numbers of those whose place another key has."""

    new: int
    known: int
    taken: list[int]


def copy_of(county: County, password: str) -> bytes:
    """Return a file with all keys of a county, revoked ones too. Takes a tenth of a second and 64 MB."""
    keys = {use: [_written(key) for key in model.all_of(county)] for use, model in USES.items()}
    salt, iv = secrets.token_bytes(SALT), secrets.token_bytes(IV)
    head = {"what": WHAT, "version": VERSION, "county": county.name, "division": county.division_id,
            "made": utcnow().isoformat(timespec="seconds"), "salt": _text(salt)}  # fmt: skip
    locked = iv + _cipher(password, salt).encrypt(iv, json.dumps(keys).encode(), _vouched(head))
    return json.dumps(head | {"locked": _text(locked)}, ensure_ascii=False, indent=1).encode()


def put_back(county: County, content: bytes, password: str) -> PutBack:
    """Store the keys of a file that the county has not. Raises NoCopy, OfAnother and Locked; nothing is stored then.

    A key keeps its number, which boxes and passes carry. Where another key has that number, it cannot be put back.
    """
    keys = _opened(county, content, password)
    new, known, taken = 0, 0, []
    with writing():
        for use, model in USES.items():
            there = {key.id: (key.public, key.county_id) for key in model.select()}
            missing = [key for key in keys[use] if key["id"] not in there]
            same = [key for key in keys[use] if there.get(key["id"]) == (key["public"], county.id)]
            taken += [key["id"] for key in keys[use] if key not in missing and key not in same]
            insert_many(model._meta.table_name, COLUMNS, [
                (key["id"], county.id, key["private_pem"], key["public"], key["created_at"], key["revoked_at"])
                for key in missing
            ])  # fmt: skip
            _go_on_after(model)
            new, known = new + len(missing), known + len(same)
    return PutBack(new, known, taken)


def _written(key: KeyPair) -> dict[str, Any]:
    at = {"created_at": milliseconds(key.created_at), "revoked_at": key.revoked_at and milliseconds(key.revoked_at)}
    return {"id": key.id, "public": key.public, "private_pem": key.private_pem, **at}


def _opened(county: County, content: bytes, password: str) -> dict[str, list[dict[str, Any]]]:
    from cryptography.exceptions import InvalidTag

    try:
        head = json.loads(content)
        salt, locked = b64decode(head["salt"], validate=True), b64decode(head.pop("locked"), validate=True)
        if head["what"] != WHAT or head["version"] != VERSION or len(salt) != SALT:
            raise NoCopy
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoCopy from None
    if head.get("division") != county.division_id:
        raise OfAnother(str(head.get("county", "")))
    try:
        keys = json.loads(_cipher(password, salt).decrypt(locked[:IV], locked[IV:], _vouched(head)))
    except (InvalidTag, ValueError):
        raise Locked from None
    for key in (key for of_use in keys.values() for key in of_use):
        private_key(key["private_pem"])
    return keys


def _cipher(password: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(password.encode()))


def _vouched(head: dict[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _go_on_after(model: type[KeyPair]) -> None:
    """Let PostgreSQL number the next key after all that there are; SQLite does so by itself."""
    if not is_sqlite():
        table = model._meta.table_name
        fetch(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST(MAX(id), 1)) FROM {table}")


def _text(some: bytes) -> str:
    return b64encode(some).decode()
