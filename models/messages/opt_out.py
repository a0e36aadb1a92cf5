"""Opt-outs: who wants no text messages. Kept as keyed hashes of the number and the person, never as a number.

Both are kept: a person who changes their number stays opted out, and so does a number that comes back on another list.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

from peewee import CharField, CompositeKey, ForeignKeyField

from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, InstantField, execute_many, fetch_in, writing
from models.base.typed import same_phone
from models.market.county import County

BY_OFFICE, BY_PAGE = "office", "own page"  # how somebody opted out


class OptOut(BaseModel):
    """A number or a person that no message is sent to: since when, and how they said so."""

    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    key = CharField(max_length=64)
    at = InstantField()
    how = CharField(max_length=16)
    who = CharField(default="")  # the login of who wrote it down, empty for the person themselves

    class Meta:
        primary_key = CompositeKey("county", "key")


def opt_out(county: County, numbers: Iterable[str], persons: Iterable[str], how: str, who: str = "") -> None:
    """Store that numbers and people, by ids of theirs, want no messages; a repeat changes nothing."""
    rows = [(county.id, key, milliseconds(utcnow()), how, who) for key in _keys(county, numbers, persons)]
    sql = (
        "INSERT INTO opt_out (county_id, key, at, how, who) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (county_id, key) DO NOTHING"
    )
    with writing():
        execute_many(sql, rows)


def opt_in(county: County, numbers: Iterable[str], persons: Iterable[str]) -> None:
    """Take opt-outs back."""
    with writing():
        execute_many(
            "DELETE FROM opt_out WHERE county_id = ? AND key = ?",
            [(county.id, key) for key in _keys(county, numbers, persons)],
        )


def opted_out(county: County, people: Mapping[str, tuple[str, Iterable[str]]]) -> set[str]:
    """Return who wants no messages of ``{name: (number, ids)}``: by the number or by one of the ids."""
    keys = {name: _keys(county, [number], ids) for name, (number, ids) in people.items()}
    rows = fetch_in(
        "SELECT key FROM opt_out WHERE county_id = ? AND key IN (??)", set().union(*keys.values()), county.id
    )
    known = {key for (key,) in rows}
    return {name for name, mine in keys.items() if not mine.isdisjoint(known)}


def is_opted_out(county: County, number: str, ids: Iterable[str]) -> bool:
    """Say whether a number, or somebody with one of these ids, wants no messages."""
    return bool(opted_out(county, {"": (number, ids)}))


def _keys(county: County, numbers: Iterable[str], persons: Iterable[str]) -> set[str]:
    secret = hmac.new(bytes.fromhex(county.identity_key), b"who wants no messages", hashlib.sha256).digest()
    said = {f"number {digits}" for number in numbers if (digits := same_phone(number))}
    said |= {f"person {person}" for person in persons}
    return {hmac.new(secret, text.encode(), hashlib.sha256).hexdigest() for text in said}
