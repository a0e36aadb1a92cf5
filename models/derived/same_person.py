"""Same person: what the office says about two candidates: that they are one person, or that they are two.

Two registrations with the same name, birth year and phone are one person by themselves (person.py). The office joins
others, and parts those that were joined wrongly, whatever joined them. Of two candidates the latest word stands.
"""

from collections.abc import Collection
from typing import Annotated

from msgspec import Meta
from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.scope import Scope
from models.log.kind import TEXT, Kind, Uuid
from models.log.operation import Key, fetch_keys
from models.market.log import OFFICE, Log

JOINED, PARTED = KINDS = ("person.joined", "person.parted")


class Said(Kind):
    """``person.joined`` and ``person.parted``: two candidates, and why the office says so."""

    candidate: Uuid
    other: Uuid
    why: Annotated[str, Meta(max_length=200, pattern=TEXT)] | None = None


class SamePerson(BaseModel):
    """One word of the office about two candidates."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    one = CharField(max_length=36, index=True)
    other = CharField(max_length=36, index=True)
    is_one = BooleanField()
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


Pair = tuple[str, str]  # in the order of their ids


def words_about(candidates: Collection[str]) -> dict[Pair, bool]:
    """Return what stands about pairs of which one is among these candidates: whether they are one person."""
    sql = "SELECT effective_ms, tablet_id, seq, one, other, is_one FROM same_person WHERE {} IN (??)"
    rows = {row for column in ("one", "other") for row in fetch_in(sql.format(column), candidates)}
    return {(min(one, other), max(one, other)): bool(is_one) for *_, one, other, is_one in sorted(rows)}


def refuse(batch: Batch) -> None:
    """Refuse what does not come from the office: no booth decides who is whom."""
    for fact in batch.facts:
        if fact.kind in KINDS and batch.log.kind != OFFICE:
            fact.refuse("not_permitted")


def store(batch: Batch) -> None:
    """Store what the office said; who is who around these candidates is worked out again."""
    said = [(fact, fact.data["candidate"], fact.data["other"]) for fact in batch.of(*KINDS)]
    insert_many(
        "same_person", "tablet_id, seq, one, other, is_one, effective_ms",
        [
            (batch.log.id, fact.seq, one, other, fact.kind == JOINED, fact.effective_ms)
            for fact, one, other in said
            if one != other
        ],
    )
    batch.linked |= {node for _, *both in said for node in both}


def links(keys: set[Key]) -> Links:
    """Return the candidates whom these operations are about: what is said of one concerns the other."""
    rows = fetch_keys("SELECT one, other FROM same_person WHERE tablet_id = ? AND seq IN (??)", keys)
    return {node for row in rows for node in row}, set()


def take_back(scope: Scope) -> None:
    """Delete what was said."""
    delete_by_key("same_person", scope.keys)


SAME_PERSON = Noun(
    "same_person",
    kinds=dict.fromkeys(KINDS, Said),
    tables=(SamePerson,),
    read=refuse,
    store=store,
    links=links,
    take_back=take_back,
)
