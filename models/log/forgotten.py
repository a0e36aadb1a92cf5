"""Forgotten: the candidates of whom nothing but figures is kept, and how what comes late of them is known.

A forgetting is a source, like an operation: which operations are shortened follows from it. Candidates who were one
person by name, birth year and phone have the same ``link``, a random number that says nothing of any of these. So
that a registration that comes late still finds its link, a keyed hash of its identity is kept for a time.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from typing import NamedTuple

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, InstantField, execute_many, fetch, fetch_in
from models.market.county import County

# For a statement with candidates as c: neither forgotten nor frozen (models/people/frozen.py).
USABLE_SQL = (
    "NOT EXISTS (SELECT 1 FROM forgotten AS g WHERE g.candidate = c.id)"
    " AND NOT EXISTS (SELECT 1 FROM frozen AS z WHERE z.candidate = c.id)"
)
MASKED, GONE = "masked", "gone"  # what is left of the name: the surname, for the ledger; nothing
ASKED, PERIOD = "asked", "period"  # why: the person asked for it, or a period was over


class Forgotten(BaseModel):
    """A candidate who was forgotten. ``listed``: the list beside the database has it."""

    candidate = CharField(max_length=36, primary_key=True)
    county = ForeignKeyField(County, on_delete="CASCADE")
    link = CharField(max_length=36, null=True)  # null: registered without a phone, so one with nobody by identity
    level = CharField(max_length=8)
    at = InstantField()
    cause = CharField(max_length=8)
    listed = BooleanField(default=False, index=True)


class ForgottenKey(BaseModel):
    """The keyed hash of an identity that was forgotten, and the link of its candidates registered before ``at``."""

    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    key = CharField(max_length=64)
    at = BigIntegerField()
    link = CharField(max_length=36)

    class Meta:
        primary_key = CompositeKey("county", "key", "at")


class Known(NamedTuple):
    """What is known of a forgotten candidate. ``at_ms`` is when it was forgotten."""

    link: str | None
    level: str
    at_ms: int


def any_forgotten(county: int) -> bool:
    """Say whether a county has forgotten anybody. One statement."""
    return bool(fetch("SELECT 1 FROM forgotten WHERE county_id = ? LIMIT 1", (county,)))


def forgotten_among(candidates: Iterable[str]) -> dict[str, Known]:
    """Return those of these candidates who were forgotten."""
    rows = fetch_in("SELECT candidate, link, level, at FROM forgotten WHERE candidate IN (??)", set(candidates))
    return {candidate: Known(*known) for candidate, *known in rows}


def links_among(candidates: Iterable[str]) -> dict[str, str | None]:
    """Return the link of each of these candidates who was forgotten."""
    return {candidate: known.link for candidate, known in forgotten_among(candidates).items()}


def forgetting_key(identity_key: str) -> bytes:
    """Return the key of a county's keyed hashes of what it forgot. ``identity_key`` is the county's, in hex."""
    return hmac.new(bytes.fromhex(identity_key), b"what was forgotten", hashlib.sha256).digest()


def hashed(key: bytes, text: str) -> str:
    """Return the keyed hash of an operation's body, an identity or a candidate's id."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def new_link() -> str:
    """Return a link that says nothing of anybody."""
    return secrets.token_hex(16)


def keys_among(county: int, hashes: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """Return ``{hash: [(at_ms, link)]}`` of these hashes of identities, the earliest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    sql = "SELECT key, at, link FROM forgotten_key WHERE county_id = ? AND key IN (??)"
    for key, at_ms, link in sorted(fetch_in(sql, set(hashes), county)):
        found.setdefault(key, []).append((at_ms, link))
    return found


def note_forgotten(rows: Iterable[tuple[str, int, str | None, str, int, str]]) -> None:
    """Note ``(candidate, county, link, level, at_ms, cause)``; one who was forgotten before stays as noted."""
    execute_many(
        "INSERT INTO forgotten (candidate, county_id, link, level, at, cause, listed) VALUES (?, ?, ?, ?, ?, ?, FALSE)"
        " ON CONFLICT (candidate) DO NOTHING",
        rows,
    )


def note_keys(rows: Iterable[tuple[int, str, int, str]]) -> None:
    """Note ``(county, keyed hash of an identity, at_ms, link)``."""
    execute_many(
        "INSERT INTO forgotten_key (county_id, key, at, link) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
    )
