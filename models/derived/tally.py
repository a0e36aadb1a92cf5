"""Tallies: counts without names, each operation once, however often a device sent it and in which log."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta
from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun
from models.derived.scope import Scope
from models.log.fact import data_of
from models.log.kind import MOST, TEXT, Kind
from models.log.operation import HAS_EFFECT
from models.market.market_day import MarketDay
from models.vocabulary.code_list import TALLY_TOPICS

HOUR_MS = 3_600_000
COUNTED = "tally.counted"
LEAST_USUAL, MOST_USUAL = -100, 1_000  # of one count, without a person who accepts it



class Tally(BaseModel):
    """A count without names: per topic, booth and local hour. Every operation adds to it."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    topic = CharField(max_length=32)
    booth = IntegerField()
    hour = IntegerField()
    count = IntegerField()

    class Meta:
        primary_key = CompositeKey("market_day", "topic", "booth", "hour")


class Counted(Kind):
    """``tally.counted``: so many came or asked about something; a negative count takes back."""

    topic: Annotated[str, Meta(max_length=32, pattern=TEXT)]
    count: Annotated[int, Meta(ge=-MOST, le=MOST)]

    @property
    def is_usual(self) -> bool:
        """Say whether a booth may count so much at once, of something that we know."""
        return self.topic in TALLY_TOPICS and LEAST_USUAL <= self.count <= MOST_USUAL


def judge(batch: Batch) -> None:
    """Counts that no booth makes at one tap wait for a person."""
    for fact in batch.of(COUNTED):
        if isinstance(fact.said, Counted) and not fact.said.is_usual:
            fact.remarks.add("tally_unusual")


def store(batch: Batch) -> None:
    """Count tallies, each once: a tablet enrolled anew sends what it is not sure of again."""
    tallies = batch.of(COUNTED)
    if not tallies:
        return
    offset = batch.log.market_day.utc_offset_ms()
    if came_twice(batch.day, [fact.uuid for fact in tallies if fact.uuid]):
        recount_tallies(batch.day, offset)
        return
    count_tallies(
        (batch.day, fact.data["topic"], batch.booth or 0, hour_of(fact.at_ms, offset), fact.data["count"])
        for fact in tallies
    )


def hour_of(at_ms: int, offset_ms: int) -> int:
    """Return the local hour of a moment."""
    return (at_ms + offset_ms) // HOUR_MS % 24


def count_tallies(rows: Iterable[tuple[int, str, int, int, int]]) -> None:
    """Add ``(market day, topic, booth, hour, count)`` rows to the tallies."""
    execute_many(
        "INSERT INTO tally (market_day_id, topic, booth, hour, count) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (market_day_id, topic, booth, hour)"
        " DO UPDATE SET count = tally.count + excluded.count",
        rows,
    )


def came_twice(market_day: int, uuids: Iterable[str]) -> bool:
    """Say whether any of these stored tallies stands in the market day's logs more than once."""
    return bool(
        fetch_in(
            "SELECT uuid FROM operation WHERE kind = 'tally.counted' AND market_day_id = ? AND uuid IN (??)"
            " GROUP BY uuid HAVING COUNT(*) > 1",
            set(uuids),
            market_day,
        )
    )


def recount_tallies(market_day: int, offset_ms: int) -> None:
    """Count a market day's tallies anew. Of one that came more than once the earliest that stands is counted."""
    rows = fetch(
        "SELECT o.uuid, o.booth, o.at_ms, o.body, s.data FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        " WHERE o.tablet_id IN (SELECT id FROM log WHERE market_day_id = ?)"
        f" AND o.kind = 'tally.counted' AND o.{HAS_EFFECT} ORDER BY o.effective_ms, o.tablet_id, o.seq",
        (market_day,),
    )
    earliest = {uuid: row for uuid, *row in reversed(rows)}
    execute_many("DELETE FROM tally WHERE market_day_id = ?", [(market_day,)])
    counts = [(booth or 0, at_ms, data_of(body, corrected)) for booth, at_ms, body, corrected in earliest.values()]
    count_tallies(
        (market_day, data["topic"], booth, hour_of(at_ms, offset_ms), data["count"]) for booth, at_ms, data in counts
    )


def finish(_: Scope, batches: list[Batch]) -> None:
    """Count the tallies of the replayed days anew: what is added cannot be taken back one by one."""
    days = {batch.day: batch.log.market_day for batch in batches if any(f.kind == COUNTED for f in batch.facts)}
    for day, market_day in days.items():
        recount_tallies(day, market_day.utc_offset_ms())


TALLY = Noun(
    "tally",
    kinds={COUNTED: Counted},
    reasons=("tally_unusual",),
    tables=(Tally,),
    judge=judge,
    store=store,
    finish=finish,
)
