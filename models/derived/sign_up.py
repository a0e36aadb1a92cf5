"""Sign-ups: somebody wants a seat of a programme, and what became of it. Signing up twice is one sign-up.

Nobody is refused, for a booth without network cannot know how many seats are left: seats go by the order of the
sign-ups that stand, and who comes after the last seat waits.
"""

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun, delete_by_key
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.kind import Somebody, Uuid, Word
from models.log.operation import fetch_keys
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.programme import Programme

MADE, PROGRESSED, WITHDRAWN = KINDS = ("sign_up.made", "sign_up.progressed", "sign_up.withdrawn")
STEP_MADE, STEP_WITHDRAWN = "made", "withdrawn"
UNKNOWN, OTHER_DAY = REASONS = ("programme_unknown", "programme_other_day")
Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class SignUp(BaseModel):
    """One fact about a sign-up. ``step`` is ``made``, ``withdrawn`` (of the fact ``undoes``), or the outcome."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    id = CharField(max_length=36, index=True)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    person = CharField(max_length=36, index=True)
    node = CharField(max_length=36, index=True)  # the candidate or pass that was named
    programme = IntegerField(index=True)
    step = CharField(max_length=32)
    undoes = CharField(max_length=36, null=True, index=True)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


class Made(Somebody, kw_only=True):
    """``sign_up.made``: somebody signs up for a programme."""

    programme: Number


class Progressed(Made, kw_only=True):
    """``sign_up.progressed``: what became of it: ``came``, ``enrolled``, ``no_show``, ``done``."""

    outcome: Word


class Withdrawn(Made, kw_only=True):
    """``sign_up.withdrawn``: a fact about a sign-up of this person does not hold any more."""

    sign_up: Uuid


class Seat(NamedTuple):
    """Somebody on the list of a programme: since when (ms), the place from 1, the latest outcome or empty.

    ``node`` is what the fact that stands first named; ``facts`` are the ids of those that made the sign-up.
    """

    person: str
    node: str
    since_ms: int
    place: int
    outcome: str
    facts: tuple[str, ...]


def seats_of(programmes: Iterable[int]) -> dict[int, list[Seat]]:
    """Return the lists of these programmes in the order in which seats go. Two statements."""
    numbers = set(programmes)
    rows = fetch_in(
        "SELECT programme, effective_ms, tablet_id, seq, id, person, node, step FROM sign_up"
        f" WHERE step <> '{STEP_WITHDRAWN}' AND programme IN (??)",
        numbers,
    )
    taken_back = set(fetch_in("SELECT undoes, person FROM sign_up WHERE undoes IN (??)", {row[4] for row in rows}))
    people: dict[tuple[int, str], list[tuple]] = {}
    for programme, *row in sorted(rows):
        if (row[3], row[4]) not in taken_back:
            people.setdefault((programme, row[4]), []).append(tuple(row))
    found: dict[int, list[Seat]] = {programme: [] for programme in sorted(numbers)}
    for (programme, person), facts in sorted(people.items(), key=lambda one: (one[0][0], one[1][0][:3])):
        made = tuple(fact[3] for fact in facts if fact[6] == STEP_MADE)
        outcome = next((fact[6] for fact in reversed(facts) if fact[6] != STEP_MADE), "")
        place = len(found[programme]) + 1
        found[programme].append(Seat(person, facts[0][5], facts[0][0], place, outcome, made))
    return found


def judge(batch: Batch) -> None:
    """A sign-up for a programme of another county, or of another market day, waits."""
    facts = batch.of(*KINDS)
    numbers = {fact.data["programme"] for fact in facts}
    known = {one.id: one for one in Programme.select().where(Programme.id.in_(numbers))} if numbers else {}
    for fact in facts:
        programme = known.get(fact.data["programme"])
        if programme is None or programme.county_id != batch.log.market_day.county_id:
            fact.settled = None  # nobody can accept what another county offers
            fact.remarks.add(UNKNOWN)
        elif not programme.takes_from(batch.log.market_day):
            fact.remarks.add(OTHER_DAY)


def store(batch: Batch) -> None:
    """Store what was said of sign-ups."""
    execute_many(
        "INSERT INTO sign_up (tablet_id, seq, id, market_day_id, person, node, programme, step, undoes, effective_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.log.id, fact.seq, fact.uuid, batch.day, batch.persons[fact.node], fact.subject,
             fact.data["programme"], _step(fact), str(fact.data["sign_up"]).lower() if fact.kind == WITHDRAWN else None,
             fact.effective_ms)
            for fact in batch.of(*KINDS)
        ],  # fmt: skip
    )


def _step(fact: Fact) -> str:
    if fact.kind == PROGRESSED:
        return str(fact.data["outcome"])
    return STEP_MADE if fact.kind == MADE else STEP_WITHDRAWN


def regroup(_: Batch, regrouping: Regrouping) -> None:
    """Put the sign-ups of people who proved to be others under their names."""
    execute_many("UPDATE sign_up SET person = ? WHERE node = ?", [(p, n) for n, p in regrouping.now.items()])


def announce(batch: Batch) -> None:
    """Tell the day's desks how many seats are taken now."""
    told = {fact.data["programme"] for fact in batch.of(*KINDS)}
    if told:
        batch.told |= {(desk, "programme", str(number)) for desk in _desks(batch.day) for number in told}


def note(scope: Scope) -> None:
    """Note which programmes the facts were about."""
    sql = "SELECT DISTINCT market_day_id, programme FROM sign_up WHERE tablet_id = ? AND seq IN (??)"
    for day, number in fetch_keys(sql, scope.keys):
        scope.told[day] |= {(desk, "programme", str(number)) for desk in _desks(day)}


def _desks(day: int) -> list[int]:
    sql = "SELECT number FROM booth WHERE kind = 'desk' AND market_day_id IN (??)"
    return [number for (number,) in fetch_in(sql, [day])]


def take_back(scope: Scope) -> None:
    """Delete what the operations said of sign-ups."""
    delete_by_key("sign_up", scope.keys)


SIGN_UP = Noun(
    "sign_up",
    kinds={MADE: Made, PROGRESSED: Progressed, WITHDRAWN: Withdrawn},
    reasons=REASONS,
    tables=(SignUp,),
    judge=judge,
    store=store,
    regroup=regroup,
    announce=announce,
    note=note,
    take_back=take_back,
)
