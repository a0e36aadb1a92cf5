"""Moves: what happened to a check-in, and where a check-in stands after them.

The tablet has the same rule in static/js/day/stages.js; tests/data/stages.json holds both to it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from models.base.database import fetch_in
from models.vocabulary.stage import EXITS, HIRED, MISTAKE, RANKS, STAGES, WITHDRAWN

SENT = "sent"  # in the place of a stage: somebody tied the person to the vacancy, once more


class Move(NamedTuple):
    """A progress, or a sending, as the fold sees it, in sorting order."""

    effective_ms: int
    tablet: int
    seq: int
    scan: str
    stage: str
    place: str | None = None
    correction: bool = False

    @classmethod
    def sending(cls, effective_ms: int, tablet: int, seq: int, scan: str) -> "Move":
        """Return a scan as a move."""
        return cls(effective_ms, tablet, seq, scan, SENT)


class Standing(NamedTuple):
    """Where a check-in stands. ``reached`` is a rank.

    ``hired_by`` is the move that hired the person, ``left_by`` the one by which a hired person withdrew; each None
    where there is none that stands.
    """

    stage: str = STAGES[0]
    reached: int = 0
    place: str | None = None
    hired_by: Move | None = None
    left_by: Move | None = None


def fold_moves(moves: Iterable[Move]) -> Standing:
    """Fold moves, in any order, into where the check-in stands.

    A stage moves up by rank; a correction moves it anywhere. A way out (declined, withdrawn by the candidate) keeps the
    rank that was reached: the interview of somebody who then withdrew did take place. A higher stage or a correction
    leads back in; after a withdrawal so does a new sending.
    """
    rank, out, place, hired_by, left_by = 0, None, None, None, None
    for move in sorted(moves):
        if move.stage == SENT:
            out, left_by = (None, None) if out == WITHDRAWN else (out, left_by)
            continue
        if move.stage in EXITS:
            out, left_by = move.stage, move if move.stage == WITHDRAWN and rank >= HIRED else None
            continue
        new = RANKS[move.stage]
        if move.correction or new > rank:
            rank, out, left_by = new, None, None
            hired_by = (hired_by or move) if new >= HIRED else None
        if move.place and new == rank:
            place = move.place
    return Standing(out or STAGES[rank], rank, place if rank >= RANKS["agreed"] else None, hired_by, left_by)


def times_of(moves: Iterable[Move]) -> dict[str, int]:
    """Return when each stage was first recorded, by stage, in ms; the tie itself is the first stage's.

    A correction takes the times above it away: what was recorded there was a mistake. A way out has its time as long
    as it stands. The tablet has the same rule in static/js/day/times.js; tests/data/cases/stage_times.json holds both.
    """
    times: dict[str, int] = {}
    rank = 0
    for move in sorted(moves):
        stage = STAGES[0] if move.stage == SENT else move.stage
        new = RANKS.get(stage, -1)
        if move.stage == SENT:
            times.pop(WITHDRAWN, None)
        elif move.correction or new > rank:
            rank = new
            times = {known: at for known, at in times.items() if RANKS.get(known, len(STAGES)) <= rank}
        times.setdefault(stage, move.effective_ms)
    return times


def moves_of(scans: Iterable[str]) -> dict[str, list[Move]]:
    """Return the moves of each of these scans that has any."""
    rows = fetch_in(
        "SELECT effective_ms, tablet_id, seq, scan, stage, place, correction FROM progress WHERE scan IN (??)",
        set(scans),
    )
    moves: dict[str, list[Move]] = {}
    for *row, correction in rows:
        move = Move._make((*row, bool(correction)))
        moves.setdefault(move.scan, []).append(move)
    return moves


def is_mistake(moves: Iterable[Move]) -> bool:
    """Say whether a scan with these moves was undone as a mistake; then neither it nor any of them counts."""
    return any(move.stage == MISTAKE for move in moves)
