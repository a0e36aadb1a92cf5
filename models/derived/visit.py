"""Visits: a person was at a booth on a market day."""

from collections.abc import Iterable

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun, delete_by
from models.derived.scope import Scope
from models.log.kind import ShortText, Somebody
from models.log.operation import HAS_EFFECT
from models.market.market_day import MarketDay

# Facts that show somebody was there. One that was undone still does.
PRESENCE = ("visit.recorded", "check_in.recorded", "candidate.registered")


class Visit(BaseModel):
    """A distinct (person, booth) of a market day and the earliest fact that shows it. Derived."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    booth = IntegerField()
    person = CharField(max_length=36)
    at_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("market_day", "person", "booth")  # counts persons in its order
        indexes = ((("person",), False),)


class VisitRecorded(Somebody):
    """``visit.recorded``: somebody came by."""

    channel: ShortText | None = None


def store(batch: Batch) -> None:
    """Store where people were."""
    record_visits(
        (batch.day, booth, batch.persons[fact.node], fact.at_ms)
        for fact in batch.of(*PRESENCE)
        if (booth := batch.booth_of(fact)) is not None
    )


def record_visits(rows: Iterable[tuple[int, int, str, int]]) -> None:
    """Store ``(market day, booth, person, at_ms)`` rows; the earliest time of a visit stays."""
    execute_many(
        "INSERT INTO visit (market_day_id, booth, person, at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (market_day_id, booth, person) DO UPDATE SET at_ms ="
        " CASE WHEN excluded.at_ms < visit.at_ms THEN excluded.at_ms ELSE visit.at_ms END",
        rows,
    )


def regroup(_: Batch, regrouping: Regrouping) -> None:
    """Derive the visits of people who proved to be others again, from the operations about them."""
    delete_by("person", "visit", regrouping.gone)
    kinds = ", ".join(f"'{kind}'" for kind in PRESENCE)
    rows = fetch_in(
        "SELECT market_day_id, booth, subject, at_ms FROM operation WHERE booth IS NOT NULL"
        f" AND {HAS_EFFECT} AND kind IN ({kinds}) AND subject IN (??)",
        regrouping.members,
    )
    record_visits((day, booth, regrouping.members[node], at_ms) for day, booth, node, at_ms in rows)


def take_back(scope: Scope) -> None:
    """Delete the visits of the people concerned."""
    delete_by("person", "visit", scope.nodes)


VISIT = Noun(
    "visit",
    kinds={"visit.recorded": VisitRecorded},
    tables=(Visit,),
    store=store,
    regroup=regroup,
    take_back=take_back,
)
