"""Pass bindings: which pass was given to which candidate.

A pass of the market day belongs to whom it was given first. To give it to somebody else waits for a person, and links
nobody until then (``stands``). Somebody who is registered with it is most likely its owner, met by a booth that did not
know: they count as one, and a person is told.
"""

from typing import Literal

from msgspec import field
from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.ownership import REASONS, judge
from models.derived.scope import Scope
from models.log.kind import Kind, PassText, Uuid
from models.log.operation import Key, fetch_keys
from models.log.remark import replace_remarks
from models.market.log import Log


class PassBound(Kind):
    """``pass.bound``: a pass is given to a candidate."""

    pass_: PassText = field(name="pass")
    candidate: Uuid


class PassVoided(Kind):
    """``pass.voided``: a candidate lost a pass, or it was given to them by mistake."""

    pass_: PassText = field(name="pass")
    candidate: Uuid
    by: Literal["lost", "mistake"] | None = None


class PassVoid(BaseModel):
    """One operation that made a pass void. ``stands``: the pass was theirs. ``lasts``: it is void because of it."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    pass_number = CharField(max_length=10, index=True)
    candidate = CharField(max_length=36, index=True)
    effective_ms = BigIntegerField()
    is_mistake = BooleanField(default=False)
    stands = BooleanField(default=True)
    lasts = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("log", "seq")


class PassBinding(BaseModel):
    """One operation that bound a pass to a candidate, and whether it ``stands``: then they count as one person."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    pass_number = CharField(max_length=10, index=True)
    candidate = CharField(max_length=36, index=True)
    effective_ms = BigIntegerField()
    stands = BooleanField(default=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")


def store(batch: Batch) -> None:
    """Store bindings, and judge those of their passes anew."""
    bindings = [
        (batch.log.id, fact.seq, fact.pass_number, fact.node, fact.effective_ms, True)
        for fact in batch.of("pass.bound", "candidate.registered")
        if fact.pass_number and fact.is_bound
    ]
    insert_many("pass_binding", "tablet_id, seq, pass_number, candidate, effective_ms, stands", bindings)
    passes = {number for _, _, number, *_ in [*bindings, *_store_voids(batch)]} | _passes_of(batch)
    batch.linked |= passes | {candidate for *_, candidate, _, _ in bindings}
    batch.linked |= _judge(batch, passes)


def _store_voids(batch: Batch) -> list[tuple]:
    """Store which passes were lost, or given by mistake; return the rows."""
    voids = [
        (batch.log.id, fact.seq, fact.pass_number, fact.node, fact.effective_ms, fact.data.get("by") == "mistake",
         True, False)
        for fact in batch.of("pass.voided")
    ]  # fmt: skip
    columns = "tablet_id, seq, pass_number, candidate, effective_ms, is_mistake, stands, lasts"
    insert_many("pass_void", columns, voids)
    return voids


def _passes_of(batch: Batch) -> set[str]:
    """Return the passes of candidates who are known by other names or phones now, or no more: others may own them."""
    amended = {fact.node for fact in batch.of("candidate.amended")} | batch.taken
    return {number for (number,) in fetch_in("SELECT pass_number FROM pass_binding WHERE candidate IN (??)", amended)}


def _judge(batch: Batch, passes: set[str]) -> set[str]:
    """Judge all that was done with these passes; return the nodes of the bindings that stand now or no longer."""
    changed: set[str] = set()
    for judged in judge(passes):
        replace_remarks(REASONS, {key: {reason} if reason else set() for key, reason in judged.reasons.items()})
        for event in judged.events:
            stands = judged.stands[event.key]
            if event.is_void:
                sql = "UPDATE pass_void SET stands = ?, lasts = ? WHERE tablet_id = ? AND seq = ?"
                execute_many(sql, [(stands, event.key == judged.lasts, *event.key)])
            elif bool(event.stands) != stands:
                sql = "UPDATE pass_binding SET stands = ? WHERE tablet_id = ? AND seq = ?"
                execute_many(sql, [(stands, *event.key)])
                changed |= {event.pass_number, event.candidate}
    batch.judged |= passes
    return changed


def links(keys: set[Key]) -> Links:
    """Return the passes that these operations bound or made void, and the candidates to whom those were given too."""
    bound = fetch_keys("SELECT pass_number FROM pass_binding WHERE tablet_id = ? AND seq IN (??)", keys)
    bound += fetch_keys("SELECT pass_number FROM pass_void WHERE tablet_id = ? AND seq IN (??)", keys)
    passes = {number for (number,) in bound}
    others = fetch_in("SELECT candidate FROM pass_binding WHERE pass_number IN (??)", passes)
    others += fetch_in("SELECT candidate FROM pass_void WHERE pass_number IN (??)", passes)
    return passes | {candidate for (candidate,) in others}, set()


def take_back(scope: Scope) -> None:
    """Delete the bindings, and what made passes void."""
    delete_by_key("pass_binding", scope.keys)
    delete_by_key("pass_void", scope.keys)


PASS_BINDING = Noun(
    "pass_binding",
    kinds={"pass.bound": PassBound, "pass.voided": PassVoided},
    reasons=REASONS,
    tables=(PassBinding, PassVoid),
    store=store,
    links=links,
    take_back=take_back,
)
