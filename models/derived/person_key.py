"""Person keys: the beginnings by which the office finds candidates: name, pinyin, initials, phone, pass.

Each key starts with a letter that says what it is, so that one index serves all. A phone is kept as its keyed hash:
it is found whole or not at all.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator

from peewee import CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, fetch, fetch_in, insert_many
from models.base.typed import same_of, same_phone
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by
from models.derived.scope import Scope
from models.market.county import County
from models.people.candidate import surname_of
from models.people.pinyin import initials_of, pinyin_of

NAME, PINYIN, INITIALS, PHONE, PASS = "npitk"
LONGEST = 48  # letters of a key
PASS_DIGITS = 4  # of a pass's number, its last
MAKERS = ("candidate.registered", "candidate.amended", "pass.bound")
Key = tuple[int, str, str]  # (county, key, candidate)


class PersonKey(BaseModel):
    """One beginning by which a candidate of a county is found."""

    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    key = CharField(max_length=LONGEST)
    candidate = CharField(max_length=36, index=True)

    class Meta:
        primary_key = CompositeKey("county", "key", "candidate")


def phone_key(secret: str, phone: str) -> str:
    """Return the key of a phone number, however it is written; ``secret`` is the county's identity key."""
    said = f"phone|{same_phone(phone)}".encode()
    return PHONE + hmac.new(bytes.fromhex(secret), said, hashlib.sha256).hexdigest()[:40]


def keys_of_name(name: str) -> set[str]:
    """Return the keys of a name: from its surname on, and from the given name on, in characters and in pinyin."""
    given = name[len(surname_of(name)) :]
    return {
        (kind + of(part))[:LONGEST]
        for part in (name, given)
        for kind, of in ((NAME, same_of), (PINYIN, pinyin_of), (INITIALS, initials_of))
        if of(part)
    }


def store(batch: Batch) -> None:
    """Make the keys of the candidates anew whose name, phone or pass may have changed."""
    index_candidates({fact.node for fact in batch.of(*MAKERS)} | batch.taken)


def index_candidates(candidates: Iterable[str]) -> None:
    """Make the keys of these candidates anew; who was forgotten has none. Call it inside ``writing()``."""
    candidates = set(candidates)
    rows = fetch_in(
        "SELECT c.id, c.county_id, y.identity_key, c.name, c.phone FROM candidate AS c"
        " JOIN county AS y ON y.id = c.county_id WHERE NOT EXISTS"
        " (SELECT 1 FROM forgotten AS f WHERE f.candidate = c.id) AND c.id IN (??)",
        candidates,
    )
    passes: dict[str, list[str]] = {}
    sql = "SELECT candidate, pass_number FROM pass_binding WHERE candidate IN (??)"
    for candidate, number in fetch_in(sql, candidates):
        passes.setdefault(candidate, []).append(number)
    delete_by("candidate", "person_key", candidates)
    insert_many("person_key", "county_id, key, candidate", _keys(rows, passes))


def index_all() -> int:
    """Make the keys of candidates of before there were keys; return how many they were. Inside ``writing()``."""
    if fetch("SELECT 1 FROM person_key WHERE candidate > '' LIMIT 1"):
        return 0
    candidates = [candidate for (candidate,) in fetch("SELECT id FROM candidate WHERE id > ''")]
    index_candidates(candidates)
    return len(candidates)


def _keys(rows: list[tuple], passes: dict[str, list[str]]) -> Iterator[Key]:
    for candidate, county, secret, name, phone in rows:
        keys = keys_of_name(name) | {PASS + number[-PASS_DIGITS:] for number in passes.get(candidate, ())}
        if phone and same_phone(phone):
            keys.add(phone_key(secret, phone))
        for key in keys:
            yield county, key, candidate


def take_back(scope: Scope) -> None:
    """Delete the keys of the people concerned."""
    delete_by("candidate", "person_key", scope.nodes)


PERSON_KEY = Noun("person_key", tables=(PersonKey,), store=store, take_back=take_back, forget=index_candidates)
