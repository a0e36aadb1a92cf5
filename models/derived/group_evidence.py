"""Group evidence: how the office knows that somebody belongs to a key group: they showed a paper, or it was verified.

A group that was only said at a registration has no row.
"""

from typing import Annotated, Literal

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, insert_many
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.scope import Scope
from models.log.kind import TEXT, Kind, Uuid, Word
from models.market.log import OFFICE, Log

SEEN = "group.seen"


class Seen(Kind):
    """``group.seen``: a paper or another office says that somebody belongs to a group; ``what`` names it."""

    candidate: Uuid
    group: Word
    level: Literal["shown", "verified"]
    what: Annotated[str, Meta(max_length=100, pattern=TEXT)] | None = None


class GroupEvidence(BaseModel):
    """One time at which the office looked. The latest one of a candidate's group is shown."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    candidate = CharField(max_length=36, index=True)
    code = CharField(max_length=32)
    level = CharField(max_length=8)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


def refuse(batch: Batch) -> None:
    """Refuse what does not come from the office."""
    for fact in batch.facts:
        if fact.kind == SEEN and batch.log.kind != OFFICE:
            fact.refuse("not_permitted")


def store(batch: Batch) -> None:
    """Store what was seen."""
    insert_many(
        "group_evidence", "tablet_id, seq, candidate, code, level, effective_ms",
        [
            (batch.log.id, fact.seq, fact.node, fact.data["group"], fact.data["level"], fact.effective_ms)
            for fact in batch.of(SEEN)
        ],
    )


def take_back(scope: Scope) -> None:
    """Delete what was seen."""
    delete_by_key("group_evidence", scope.keys)


GROUP_EVIDENCE = Noun(
    "group_evidence", kinds={SEEN: Seen}, tables=(GroupEvidence,), read=refuse, store=store, take_back=take_back
)
