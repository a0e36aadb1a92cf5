"""Visits: a person was at a booth on a market day.

A tablet stands at a booth, so what it records shows that somebody was there. A check-in on a person's own phone
shows it only if it was made while the market was open, half an hour either side: others sign up at home, days before.
"""

from collections.abc import Iterable
from datetime import timedelta

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch, fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun, delete_by
from models.derived.person import persons_of
from models.derived.scope import Scope
from models.derived.withdrawal import taken_back, visited_by
from models.log.kind import ShortText, Somebody
from models.log.operation import HAS_EFFECT
from models.market.log import LETTERS, PHONES
from models.market.market_day import MarketDay

# Facts that show somebody was there. One that was undone still does.
PRESENCE = ("visit.recorded", "check_in.recorded", "candidate.registered")
SCANS = ("visit.recorded", "check_in.recorded")  # those for which a pass is shown
AROUND = timedelta(minutes=30)  # before opening and after closing, in which a phone's check-in still shows a visit


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
    gone = taken_back(fact.uuid for fact in batch.of(*PRESENCE))
    hours = None if batch.booth is not None else batch.log.market_day.hours_ms(AROUND)
    record_visits(
        (batch.day, booth, batch.persons[fact.node], fact.at_ms)
        for fact in batch.of(*PRESENCE)
        if fact.uuid not in gone
        if (booth := batch.booth_of(fact)) is not None and (hours is None or hours[0] <= fact.at_ms <= hours[1])
    )
    if batch.taken:
        _anew(batch.taken | visited_by(batch.taken))


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
    _record_again(regrouping.members)


def judge_hours(day: MarketDay) -> None:
    """Derive the visits of the people who used their phones again: the day has other hours. Inside ``writing()``."""
    phones = fetch(
        "SELECT DISTINCT subject FROM operation WHERE subject IS NOT NULL AND kind = 'check_in.recorded'"
        " AND tablet_id = (SELECT id FROM log WHERE market_day_id = ? AND letter = ?)",
        (day.id, LETTERS[PHONES]),
    )
    _anew({node for (node,) in phones})


def _anew(nodes: set[str]) -> None:
    """Derive the visits of the people of these nodes again."""
    persons = set(persons_of(nodes).values())
    members = {person: person for person in persons}
    members |= dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    delete_by("person", "visit", persons)
    _record_again(members)


def _record_again(members: dict[str, str]) -> None:
    """Store the visits that the operations about some nodes show; ``members`` maps each node to its person."""
    kinds = ", ".join(f"'{kind}'" for kind in PRESENCE)
    rows = fetch_in(
        "SELECT o.market_day_id, o.booth, o.subject, o.at_ms, o.uuid, t.booth_id FROM operation AS o"
        " JOIN log AS t ON t.id = o.tablet_id WHERE o.booth IS NOT NULL"
        f" AND o.{HAS_EFFECT} AND o.kind IN ({kinds}) AND o.subject IN (??)",
        members,
    )
    gone = taken_back(uuid for *_, uuid, _ in rows)
    by_phone = {day for day, *_, at_booth in rows if at_booth is None}
    days = MarketDay.select().where(MarketDay.id.in_(by_phone)) if by_phone else ()
    hours = {day.id: day.hours_ms(AROUND) for day in days}
    record_visits(
        (day, booth, members[node], at_ms)
        for day, booth, node, at_ms, uuid, at_booth in rows
        if uuid not in gone
        if at_booth is not None or hours[day][0] <= at_ms <= hours[day][1]
    )


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
