"""Check-ins: a candidate tied to a vacancy on a market day, with the stage it stands at.

Three tables. A ``Scan`` is one sending, kept for ever. A ``Progress`` is one move of a stage. A
``CheckIn`` is what they come to for one (person, vacancy, market day): a fold over both that
does not depend on the order in which they arrived.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in, insert_many
from models.derived.count import Counted, change_counts
from models.derived.move import Move, fold_moves, is_mistake, moves_of, times_of
from models.market.log import Log
from models.market.market_day import MarketDay
from models.vocabulary.stage import HIRED, MISTAKE, STAGES

Pair = tuple[int, str, str]  # (market day, vacancy, person)
Hired = Counter[tuple[int, str]]  # by how much the hired of (market day, vacancy) changed
# For a statement with scans as s.
NO_MISTAKE_SQL = f"NOT EXISTS (SELECT 1 FROM progress AS p WHERE p.scan = s.id AND p.stage = '{MISTAKE}')"


class Scan(BaseModel):
    """One sending: somebody, somewhere, tied this person to this vacancy."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    id = CharField(max_length=36, index=True)  # minted by the tablet; operations name it
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    vacancy = CharField(max_length=7)
    person = CharField(max_length=36)
    node = CharField(max_length=36)  # the candidate or pass that was named
    booth = IntegerField(null=True)  # the vacancy's; null when nobody knows the vacancy
    at_ms = BigIntegerField()
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")
        indexes = (
            (("person", "market_day", "vacancy"), False),
            (("market_day", "vacancy"), False),
            (("node",), False),
        )


class Progress(BaseModel):
    """One move of a check-in's stage. ``stage`` ``mistake`` undoes the sending: neither it nor its moves count."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    scan = CharField(max_length=36, index=True)
    stage = CharField(max_length=16)
    place = CharField(max_length=16, null=True)
    correction = BooleanField(default=False)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")


class CheckIn(BaseModel):
    """A person's standing tie to a vacancy. Derived; no row when every sending was undone as a mistake."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    vacancy = CharField(max_length=7)
    person = CharField(max_length=36)
    booth = IntegerField(null=True)
    at_ms = BigIntegerField()  # the earliest standing sending
    stage = CharField(max_length=16, default=STAGES[0])
    reached = IntegerField(default=0)  # rank; stays when the person declines or withdraws
    place = CharField(max_length=16, null=True)

    class Meta:
        primary_key = CompositeKey("market_day", "vacancy", "person")
        indexes = ((("person",), False), (("market_day", "person"), False))


CheckIn.add_index(CheckIn.index(CheckIn.vacancy, CheckIn.person).where(CheckIn.reached >= HIRED))


def stages_of(day: int, persons: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return ``{(vacancy, person): stage}`` of these persons' check-ins."""
    sql = "SELECT vacancy, person, stage FROM check_in WHERE +market_day_id = ? AND person IN (??)"
    return {(vacancy, person): stage for vacancy, person, stage in fetch_in(sql, persons, day)}


def insert_check_ins(
    day: int, rows: list[tuple[str, str, int | None, int]], known: Collection[tuple[str, str]]
) -> Hired:
    """Store check-ins that nothing has moved: ``(vacancy, person, booth, at_ms)``; the earliest time of one stays.

    ``known`` are the (vacancy, person) that have one. Returns, as all that write check-ins do, by how much the hired of
    vacancies changed.
    """
    new = {(vacancy, person): booth for vacancy, person, booth, _ in reversed(rows) if (vacancy, person) not in known}
    execute_many(
        "INSERT INTO check_in (market_day_id, vacancy, person, booth, at_ms, stage, reached)"
        f" VALUES (?, ?, ?, ?, ?, '{STAGES[0]}', 0)"
        " ON CONFLICT (market_day_id, vacancy, person) DO UPDATE SET at_ms ="
        " CASE WHEN excluded.at_ms < check_in.at_ms THEN excluded.at_ms ELSE check_in.at_ms END",
        [(day, *row) for row in rows],
    )
    return change_counts((), [(day, vacancy, booth, 0, None) for (vacancy, _), booth in new.items()])


def delete_check_ins(persons: Iterable[str]) -> Hired:
    """Delete the check-ins of these persons."""
    persons = set(persons)
    gone = [counted for _, counted in _counted(persons)]
    execute_many("DELETE FROM check_in WHERE person = ?", [(person,) for person in persons])
    return change_counts(gone, ())


def refold(pairs: set[Pair]) -> Hired:
    """Derive these check-ins again from their scans and moves."""
    persons = {person for _, _, person in pairs}
    gone = [counted for pair, counted in _counted(persons) if pair in pairs]
    rows = _folded(pairs, persons)
    execute_many("DELETE FROM check_in WHERE market_day_id = ? AND vacancy = ? AND person = ?", pairs)
    insert_many("check_in", "market_day_id, vacancy, person, booth, at_ms, stage, reached, place", rows)
    return change_counts(gone, [(day, vacancy, row[0], row[3], row[4]) for day, vacancy, _, *row in rows])


def times_of_check_ins(persons: Iterable[str]) -> dict[Pair, dict[str, int]]:
    """Return ``{(market day, vacancy, person): {stage: ms}}``: when each stage was recorded. Two statements."""
    return {
        pair: times_of(move for *_, sent in group for move in (sent, *moves.get(sent.scan, ())))
        for moves, pair, group in _standing_scans(set(persons))
    }


def _counted(persons: Iterable[str]) -> list[tuple[Pair, Counted]]:
    """Return the check-ins of these persons as they are counted now."""
    rows = fetch_in(
        "SELECT market_day_id, vacancy, person, booth, reached, place FROM check_in WHERE person IN (??)", persons
    )
    return [((day, vacancy, person), (day, vacancy, *row)) for day, vacancy, person, *row in rows]


def _folded(pairs: set[Pair], persons: set[str]) -> list[tuple]:
    """Return the rows of the check-ins that stand: those of which not every scan was a mistake."""
    rows = []
    for moves, pair, standing in _standing_scans(persons, pairs):
        found = fold_moves(move for *_, sent in standing for move in (sent, *moves.get(sent.scan, ())))
        booth = next((booth for booth, *_ in standing if booth is not None), None)
        rows.append((*pair, booth, min(at_ms for _, at_ms, _ in standing), *found[:3]))
    return rows


def _standing_scans(
    persons: set[str], pairs: Collection[Pair] | None = None
) -> Iterator[tuple[dict[str, list[Move]], Pair, list[tuple]]]:
    """Yield ``(moves by scan, check-in, its scans that were no mistake)`` of these persons, or of some pairs alone."""
    scans: dict[Pair, list[tuple]] = {}
    for day, vacancy, person, *scan in fetch_in(
        "SELECT market_day_id, vacancy, person, booth, at_ms, effective_ms, tablet_id, seq, id FROM scan"
        " WHERE person IN (??)",
        persons,
    ):
        if pairs is None or (day, vacancy, person) in pairs:
            scans.setdefault((day, vacancy, person), []).append((*scan[:2], Move.sending(*scan[2:])))
    moves = moves_of(sent.scan for group in scans.values() for *_, sent in group)
    for pair, group in scans.items():
        if standing := [scan for scan in group if not is_mistake(moves.get(scan[-1].scan, ()))]:
            yield moves, pair, standing
