"""Pass bindings: which pass was given to which candidate."""

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.scope import Scope
from models.log.kind import Kind, PassText, Uuid
from models.log.operation import Key, fetch_keys
from models.log.remark import replace_remarks
from models.market.log import Log

BOUND_TWICE = "pass_bound_twice"


class PassBound(Kind):
    """``pass.bound``: a pass is given to a candidate."""

    pass_: PassText
    candidate: Uuid


class PassBinding(BaseModel):
    """One operation that bound a pass to a candidate. Bound to several, they count as one person."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    pass_number = CharField(max_length=10, index=True)
    candidate = CharField(max_length=36, index=True)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


def store(batch: Batch) -> None:
    """Store bindings, and mark those that are not the first of their pass."""
    bindings = [
        (batch.log.id, fact.seq, fact.pass_number, fact.node, fact.effective_ms)
        for fact in batch.of("pass.bound", "candidate.registered")
        if fact.pass_number
    ]
    execute_many(
        "INSERT INTO pass_binding (tablet_id, seq, pass_number, candidate, effective_ms) VALUES (?, ?, ?, ?, ?)",
        bindings,
    )
    passes = {number for _, _, number, *_ in bindings}
    _mark_bound_twice(passes)
    batch.linked |= passes | {candidate for *_, candidate, _ in bindings}


def _mark_bound_twice(passes: set[str]) -> None:
    """A pass belongs to whom it was bound first; a binding to anybody else needs a person's eye."""
    rows = fetch_in(
        "SELECT pass_number, effective_ms, tablet_id, seq, candidate FROM pass_binding WHERE pass_number IN (??)",
        passes,
    )
    owners: dict[str, str] = {}
    twice = {
        (tablet, seq): {BOUND_TWICE} if owners.setdefault(number, candidate) != candidate else set()
        for number, _, tablet, seq, candidate in sorted(rows)
    }
    if len(owners) < len(rows):
        replace_remarks({BOUND_TWICE}, twice)


def links(keys: set[Key]) -> Links:
    """Return the passes that these operations bound."""
    bound = fetch_keys("SELECT pass_number FROM pass_binding WHERE tablet_id = ? AND seq IN (??)", keys)
    return {number for (number,) in bound}, set()


def take_back(scope: Scope) -> None:
    """Delete the bindings."""
    delete_by_key("pass_binding", scope.keys)


PASS_BINDING = Noun(
    "pass_binding",
    kinds={"pass.bound": PassBound},
    reasons=(BOUND_TWICE,),
    tables=(PassBinding,),
    store=store,
    links=links,
    take_back=take_back,
)
