"""Check-ins: a candidate tied to a vacancy on a market day, with the stage it stands at.

Three tables. A ``Scan`` is one sending, kept for ever. A ``Progress`` is one move of a stage. A
``CheckIn`` is what they come to for one (person, vacancy, market day): a fold over both that
does not depend on the order in which they arrived.
"""

from collections.abc import Iterable
from typing import NamedTuple

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.market.log import Log
from models.market.market_day import MarketDay
from models.vocabulary.stage import EXITS, HIRED, RANKS, STAGES, WITHDRAWN

Pair = tuple[int, str, str]  # (market day, vacancy, person)


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
    """One move of a check-in's stage, or its withdrawal."""

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
    """A person's standing tie to a vacancy. Derived; no row when every sending was withdrawn."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    vacancy = CharField(max_length=7)
    person = CharField(max_length=36)
    booth = IntegerField(null=True)
    at_ms = BigIntegerField()  # the earliest standing sending
    stage = CharField(max_length=16, default=STAGES[0])
    reached = IntegerField(default=0)  # rank; stays when the person declines
    place = CharField(max_length=16, null=True)

    class Meta:
        primary_key = CompositeKey("market_day", "vacancy", "person")
        indexes = ((("person",), False), (("market_day", "person"), False))


class Move(NamedTuple):
    """A progress as the fold sees it, in sorting order."""

    effective_ms: int
    tablet: int
    seq: int
    scan: str
    stage: str
    place: str | None
    correction: bool


def stand(moves: Iterable[Move]) -> tuple[str, int, str | None, Move | None]:
    """Fold moves into ``(stage, rank reached, place, the move that hired)``.

    A stage moves up by rank; a correction moves it anywhere. A side exit keeps the rank that was
    reached: the interview of somebody who then declined did take place.
    """
    rank, exit_stage, place, hired_by = 0, None, None, None
    for move in sorted(moves):
        if move.stage in EXITS:
            exit_stage = move.stage
            continue
        new = RANKS[move.stage]
        if move.correction or new > rank:
            rank, exit_stage = new, None
            hired_by = (hired_by or move) if new >= HIRED else None
        if move.place and new == rank:
            place = move.place
    return exit_stage or STAGES[rank], rank, place if rank >= RANKS["agreed"] else None, hired_by


def moves_of(scans: Iterable[str]) -> list[Move]:
    """Return the moves of these sendings."""
    rows = fetch_in(
        "SELECT effective_ms, tablet_id, seq, scan, stage, place, correction"
        " FROM progress WHERE scan IN (??)",
        set(scans),
    )
    return [Move(*row[:6], bool(row[6])) for row in rows]


def refold(persons: Iterable[str], only: set[Pair] | None = None) -> set[Pair]:
    """Derive the check-ins of these persons again, or only the given pairs; return the pairs."""
    scans = fetch_in(
        "SELECT market_day_id, vacancy, person, id, booth, at_ms FROM scan WHERE person IN (??)",
        set(persons),
    )
    pairs: dict[Pair, list[tuple]] = {}
    for day, vacancy, person, *scan in scans:
        if only is None or (day, vacancy, person) in only:
            pairs.setdefault((day, vacancy, person), []).append(scan)
    moves: dict[str, list[Move]] = {}
    for move in moves_of(scan[0] for group in pairs.values() for scan in group):
        moves.setdefault(move.scan, []).append(move)
    _store(pairs, moves)
    return set(pairs)


def _store(pairs: dict[Pair, list[tuple]], moves: dict[str, list[Move]]) -> None:
    rows = []
    for pair, scans in pairs.items():
        standing = [scan for scan in scans if not _is_withdrawn(moves.get(scan[0], ()))]
        if standing:
            own = [move for scan in standing for move in moves.get(scan[0], ())]
            stage, reached, place, _ = stand(own)
            booth = next((scan[1] for scan in standing if scan[1] is not None), None)
            rows.append((*pair, booth, min(scan[2] for scan in standing), stage, reached, place))
    execute_many(
        "DELETE FROM check_in WHERE market_day_id = ? AND vacancy = ? AND person = ?", pairs
    )
    execute_many(
        "INSERT INTO check_in (market_day_id, vacancy, person, booth, at_ms, stage, reached, place)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _is_withdrawn(moves: Iterable[Move]) -> bool:
    return any(move.stage == WITHDRAWN for move in moves)
