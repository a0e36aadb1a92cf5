"""Withdrawals: a visit or a registration that was recorded by mistake, and never was.

The booth that recorded it takes it back; a registration can be restored. What is taken back counts nowhere, and of a
person who was never registered no data are left on any page; what others recorded of them stays, without a name. It
still shows the server that somebody was there (presence.py), so that nothing comes into reach, or out of it, by what is
taken back.
"""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta
from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.kind import TEXT, Kind, Uuid
from models.log.operation import Key, fetch_keys
from models.market.log import Log

OF_A_VISIT = "visit.withdrawn"
OF_A_CANDIDATE = WITHDRAWN, RESTORED = ("candidate.withdrawn", "candidate.restored")
KINDS = (OF_A_VISIT, *OF_A_CANDIDATE)
Why = Annotated[str, Meta(max_length=200, pattern=TEXT)]


class VisitWithdrawn(Kind, kw_only=True):
    """``visit.withdrawn``: the visit never was."""

    visit: Uuid
    reason: Why | None = None


class CandidateWithdrawn(Kind, kw_only=True):
    """``candidate.withdrawn`` and ``candidate.restored``: the registration never was; it was, after all."""

    candidate: Uuid
    reason: Why | None = None


class Withdrawal(BaseModel):
    """One operation that took a visit or a registration back, or restored it."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    what = CharField(max_length=36, index=True)  # the visit's number, or the candidate's
    effective_ms = BigIntegerField()
    restores = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("log", "seq")


def taken_by(fact: Fact) -> str:
    """Return the number of what a fact takes back or restores."""
    return str(fact.data["visit" if fact.kind == OF_A_VISIT else "candidate"]).lower()


def taken_back(ids: Iterable[str | None]) -> set[str]:
    """Return which of these visits and candidates were taken back: the latest word on each counts."""
    sql = "SELECT effective_ms, tablet_id, seq, what, restores FROM withdrawal WHERE what IN (??)"
    rows = fetch_in(sql, {id for id in ids if id})
    latest = {what: restores for *_, what, restores in sorted(rows)}
    return {what for what, restores in latest.items() if not restores}


def store(batch: Batch) -> None:
    """Store what is taken back and what is restored."""
    facts = batch.of(*KINDS)
    insert_many(
        "withdrawal", "tablet_id, seq, what, effective_ms, restores",
        [(batch.log.id, fact.seq, taken_by(fact), fact.effective_ms, fact.kind == RESTORED) for fact in facts],
    )
    batch.taken = {taken_by(fact) for fact in facts}


def visited_by(visits: Iterable[str]) -> set[str]:
    """Return the candidates and passes whose visits these are."""
    rows = fetch_in(
        "SELECT subject FROM operation WHERE kind = 'visit.recorded' AND subject IS NOT NULL AND uuid IN (??)", visits
    )
    return {subject for (subject,) in rows}


def links(keys: set[Key]) -> Links:
    """Return the visits that these operations take back, and what takes back those that they record."""
    own = fetch_keys("SELECT what FROM withdrawal WHERE tablet_id = ? AND seq IN (??)", keys)
    recorded = "SELECT uuid FROM operation WHERE kind = 'visit.recorded' AND tablet_id = ? AND seq IN (??)"
    own += fetch_keys(recorded, keys)
    ids = {id for (id,) in own if id}
    visits = fetch_in("SELECT tablet_id, seq FROM operation WHERE kind = 'visit.recorded' AND uuid IN (??)", ids)
    withdrawals = fetch_in("SELECT tablet_id, seq FROM withdrawal WHERE what IN (??)", ids)
    return set(), {(log, seq) for log, seq in visits + withdrawals}


def take_back(scope: Scope) -> None:
    """Delete the withdrawals."""
    delete_by_key("withdrawal", scope.keys)


WITHDRAWAL = Noun(
    "withdrawal",
    kinds={OF_A_VISIT: VisitWithdrawn, WITHDRAWN: CandidateWithdrawn, RESTORED: CandidateWithdrawn},
    tables=(Withdrawal,),
    store=store,
    links=links,
    take_back=take_back,
)
