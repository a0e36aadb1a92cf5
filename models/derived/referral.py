"""Referrals: somebody is sent on to another desk, and what became of it there.

The desk that takes them may never have heard of the referral, because both are without network. So its fact names the
person and the topic, and the two meet in the figures (models/figures/referrals.py).
"""

from typing import Annotated

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, insert_many
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun, delete_by_key
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.kind import TEXT, Somebody, Uuid, Word
from models.market.log import Log
from models.market.market_day import MarketDay

MADE, PROGRESSED, WITHDRAWN = KINDS = ("referral.made", "referral.progressed", "referral.withdrawn")
STEP_MADE, STEP_WITHDRAWN = "made", "withdrawn"


class Referral(BaseModel):
    """One fact about a referral. ``step`` is ``made``, ``withdrawn`` (of the fact ``undoes``), or the outcome."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    id = CharField(max_length=36)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    booth = IntegerField(null=True)
    person = CharField(max_length=36, index=True)
    node = CharField(max_length=36, index=True)  # the candidate or pass that was named
    topic = CharField(max_length=32, null=True)
    step = CharField(max_length=32)
    about = CharField(max_length=100, null=True)  # the desk or the course, in words
    undoes = CharField(max_length=36, null=True)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


class Made(Somebody, kw_only=True):
    """``referral.made``: somebody is sent on because of a topic."""

    topic: Word
    about: Annotated[str, Meta(max_length=100, pattern=TEXT)] | None = None


class Progressed(Made, kw_only=True):
    """``referral.progressed``: what became of them at the desk that they were sent to."""

    outcome: Word


class Withdrawn(Somebody, kw_only=True):
    """``referral.withdrawn``: a fact about a referral of this person was a mistake."""

    referral: Uuid


def store(batch: Batch) -> None:
    """Store what was said of referrals."""
    insert_many(
        "referral",
        "tablet_id, seq, id, market_day_id, booth, person, node, topic, step, about, undoes, effective_ms",
        [
            (batch.log.id, fact.seq, fact.uuid, batch.day, batch.booth, batch.persons[fact.node], fact.subject,
             fact.data.get("topic"), _step(fact), fact.data.get("about"), _undone(fact), fact.effective_ms)
            for fact in batch.of(*KINDS)
        ],  # fmt: skip
    )


def _step(fact: Fact) -> str:
    if fact.kind == PROGRESSED:
        return str(fact.data["outcome"])
    return STEP_MADE if fact.kind == MADE else STEP_WITHDRAWN


def _undone(fact: Fact) -> str | None:
    return str(fact.data["referral"]).lower() if fact.kind == WITHDRAWN else None


def regroup(_: Batch, regrouping: Regrouping) -> None:
    """Put the referrals of people who proved to be others under their names."""
    execute_many("UPDATE referral SET person = ? WHERE node = ?", [(p, n) for n, p in regrouping.now.items()])


def take_back(scope: Scope) -> None:
    """Delete what the operations said of referrals."""
    delete_by_key("referral", scope.keys)


def forget(candidates: set[str]) -> None:
    """Keep topic and outcome, and not the desk or course that was written down."""
    execute_many("UPDATE referral SET about = NULL WHERE person = ?", [(candidate,) for candidate in candidates])


REFERRAL = Noun(
    "referral",
    kinds={MADE: Made, PROGRESSED: Progressed, WITHDRAWN: Withdrawn},
    tables=(Referral,),
    store=store,
    regroup=regroup,
    take_back=take_back,
    forget=forget,
)
