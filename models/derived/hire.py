"""Hires: what the office has to know of people who were hired: at a second vacancy, or that they withdrew later.

A person can start work at one place only, and an employer counts on a person who was hired. Neither is refused; both
need somebody's attention.
"""

from collections import defaultdict

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.derived.move import Move, Standing, fold_moves, is_mistake, moves_of
from models.derived.noun import Noun
from models.log.operation import Key
from models.log.remark import replace_remarks
from models.vocabulary.stage import HIRED, STAGES, WITHDRAWN

TWICE, LEFT = REASONS = ("hired_twice", "withdrawn_after_hire")
_JUDGED = (*STAGES[HIRED:], WITHDRAWN)  # stages of moves that can have these reasons


def review(batch: Batch) -> None:
    """Judge the hires and withdrawals of the people whose check-ins a batch changed."""
    people = _people_with_hires({person for _, _, person in batch.pairs})
    scans = fetch_in(
        "SELECT market_day_id, person, vacancy, effective_ms, tablet_id, seq, id FROM scan WHERE person IN (??)", people
    )
    moves = moves_of(id for *_, id in scans)
    reasons: dict[Key, set[str]] = {
        (move.tablet, move.seq): set() for some in moves.values() for move in some if move.stage in _JUDGED
    }
    check_ins: dict[tuple[int, str], dict[str, list[Move]]] = defaultdict(lambda: defaultdict(list))
    for day, person, vacancy, *sent in scans:
        own = moves.get(sent[-1], [])
        if not is_mistake(own):
            check_ins[day, person][vacancy] += [Move.sending(*sent), *own]
    for vacancies in check_ins.values():
        for reason, move in _remarks([fold_moves(some) for some in vacancies.values()]):
            reasons[move.tablet, move.seq].add(reason)
    replace_remarks(REASONS, reasons)


def _people_with_hires(people: set[str]) -> set[str]:
    stages = ", ".join(f"'{stage}'" for stage in _JUDGED)
    rows = fetch_in(
        "SELECT DISTINCT s.person FROM scan AS s JOIN progress AS p ON p.scan = s.id"
        f" WHERE p.stage IN ({stages}) AND s.person IN (??)",
        people,
    )
    return {person for (person,) in rows}


def _remarks(standings: list[Standing]) -> list[tuple[str, Move]]:
    """Return what is to be said about one person's check-ins of a day: every hire after the first, and ways out."""
    hires = sorted(standing.hired_by for standing in standings if standing.hired_by)
    left = [standing.left_by for standing in standings if standing.left_by]
    return [(TWICE, move) for move in hires[1:]] + [(LEFT, move) for move in left]


HIRE = Noun("hire", reasons=REASONS, review=review)
