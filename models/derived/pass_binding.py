"""Pass bindings: which pass was given to which candidate.

A pass of the market day belongs to whom it was given first. To give it to somebody else waits for a person, and links
nobody until then (``stands``). Somebody who is registered with it is most likely its owner, met by a booth that did not
know: they count as one, and a person is told.
"""

from msgspec import field
from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.scope import Scope
from models.log.kind import Kind, PassText, Uuid
from models.log.operation import Key, fetch_keys
from models.log.remark import replace_remarks
from models.market.log import Log

BOUND_TWICE, TAKEN = REASONS = ("pass_bound_twice", "pass_taken")  # of a registration, of a pass that is given


class PassBound(Kind):
    """``pass.bound``: a pass is given to a candidate."""

    pass_: PassText = field(name="pass")
    candidate: Uuid


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
        (batch.log.id, fact.seq, fact.pass_number, fact.node, fact.effective_ms)
        for fact in batch.of("pass.bound", "candidate.registered")
        if fact.pass_number and fact.is_bound
    ]
    execute_many(
        "INSERT INTO pass_binding (tablet_id, seq, pass_number, candidate, effective_ms, stands)"
        " VALUES (?, ?, ?, ?, ?, TRUE)",
        bindings,
    )
    passes = {number for _, _, number, *_ in bindings} | _passes_of(batch)
    batch.linked |= passes | {candidate for *_, candidate, _ in bindings}
    batch.linked |= _judge(passes)


def _passes_of(batch: Batch) -> set[str]:
    """Return the passes of candidates who are known by other names or phones now: they may have proved to be one."""
    amended = {fact.node for fact in batch.of("candidate.amended")}
    return {number for (number,) in fetch_in("SELECT pass_number FROM pass_binding WHERE candidate IN (??)", amended)}


def _judge(passes: set[str]) -> set[str]:
    """Judge all bindings of these passes in their order; return the nodes of those that stand now or no longer."""
    rows = sorted(fetch_in(
        "SELECT pass_number, effective_ms, tablet_id, seq, candidate, stands FROM pass_binding"
        " WHERE pass_number IN (??)", passes,
    ))  # fmt: skip
    if len({(number, candidate) for number, *_, candidate, _ in rows}) == len({row[0] for row in rows}):
        return set()
    reasons = _reasons_of([(tablet, seq) for _, _, tablet, seq, *_ in rows])
    twins = _twins({candidate for *_, candidate, _ in rows})
    owners: dict[str, set[str]] = {}
    stands: dict[Key, bool] = {}
    for number, _, tablet, seq, candidate, _ in rows:
        owned = owners.setdefault(number, {candidate})
        if owned & twins[candidate]:
            reasons[tablet, seq] = None
        stands[tablet, seq] = reasons[tablet, seq] != TAKEN
        if stands[tablet, seq]:
            owned.add(candidate)
    replace_remarks(set(REASONS), {key: {reason} if reason else set() for key, reason in reasons.items()})
    changed = [row for row in rows if bool(row[5]) != stands[row[2], row[3]]]
    sql = "UPDATE pass_binding SET stands = ? WHERE tablet_id = ? AND seq = ?"
    execute_many(sql, [(stands[tablet, seq], tablet, seq) for _, _, tablet, seq, *_ in changed])
    return {node for number, *_, candidate, _ in changed for node in (number, candidate)}


def _twins(candidates: set[str]) -> dict[str, set[str]]:
    """Return of each candidate who of them is known to be the same person by name, birth year and phone."""
    identities = dict(fetch_in("SELECT id, identity FROM candidate WHERE id IN (??)", candidates))
    return {
        one: {other for other in candidates if other == one or (identities.get(one) or one) == identities.get(other)}
        for one in candidates
    }


def _reasons_of(keys: list[Key]) -> dict[Key, str | None]:
    """Return what is said of each binding when its pass is somebody else's; None of one that a person accepted."""
    rows = fetch_keys(
        "SELECT o.tablet_id, o.seq, o.kind, s.act FROM operation AS o LEFT JOIN settlement AS s"
        " ON s.tablet_id = o.tablet_id AND s.seq = o.seq WHERE o.tablet_id = ? AND o.seq IN (??)",
        keys,
    )
    reason_of = {"pass.bound": TAKEN, "candidate.registered": BOUND_TWICE}
    return {(tablet, seq): None if act else reason_of[kind] for tablet, seq, kind, act in rows}


def links(keys: set[Key]) -> Links:
    """Return the passes that these operations bound, and the candidates to whom those were given too."""
    bound = fetch_keys("SELECT pass_number FROM pass_binding WHERE tablet_id = ? AND seq IN (??)", keys)
    passes = {number for (number,) in bound}
    others = fetch_in("SELECT candidate FROM pass_binding WHERE pass_number IN (??)", passes)
    return passes | {candidate for (candidate,) in others}, set()


def take_back(scope: Scope) -> None:
    """Delete the bindings."""
    delete_by_key("pass_binding", scope.keys)


PASS_BINDING = Noun(
    "pass_binding",
    kinds={"pass.bound": PassBound},
    reasons=REASONS,
    tables=(PassBinding,),
    store=store,
    links=links,
    take_back=take_back,
)
