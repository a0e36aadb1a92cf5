"""Where check-ins stand, by the vectors that the tablet is held to as well (tests/data/stages.json)."""

import random
from uuid import UUID

import pytest

from models.derived.move import SENT, Move, fold_moves, times_of
from models.intake.ingest import ingest
from models.schema import CheckIn, Tablet
from models.vocabulary.stage import STAGES
from tests.cases import cases
from tests.vectors import rows_of, vectors

VECTORS = vectors("stages")
AT = "2026-02-24T09:00:00+08:00"


def stands(moves: list[dict], chance: random.Random) -> dict:
    """Fold moves that arrive in any order."""
    folded = [
        Move(1, 1, seq, "scan", move.get("stage", SENT), move.get("place"), move.get("correction", False))
        for seq, move in enumerate(moves)
    ]
    chance.shuffle(folded)
    stage, reached, place, *_ = fold_moves(folded)
    return {"stage": stage, "reached": STAGES[reached], "place": place}


def test_every_row_of_up_to_three_moves_ends_where_the_vectors_say():
    chance = random.Random(1)
    for row, moves, expected in rows_of(VECTORS["places"]):
        assert stands(moves, chance) == expected, row
    for row, moves, expected in rows_of(VECTORS["ladder"]) + rows_of(VECTORS["exits"]):
        assert stands(moves, chance) == expected, row


@pytest.mark.parametrize("case", cases("stage_times"))
def test_each_stage_keeps_the_time_at_which_it_was_first_recorded(case):
    moves = [
        Move(move["at"], 1, seq, "scan", move.get("stage", SENT), None, move.get("correction", False))
        for seq, move in enumerate(case["moves"])
    ]
    random.Random(1).shuffle(moves)
    assert times_of(moves) == case["times"]


def test_two_sendings_are_folded_together_without_those_that_were_withdrawn(fair):
    rows = rows_of(VECTORS["sendings"])
    log: list[dict] = []
    for number, (_, moves, _) in enumerate(rows):
        somebody = {"name": f"王{number}", "birth_year": 1980}
        log.append(operation("candidate.registered", identifier(0, number), somebody))
        for sending in "12":
            who = {"candidate": identifier(0, number), "vacancy": fair.sewing.number, "channel": "card"}
            log.append(operation("check_in.recorded", identifier(int(sending), number), who))
        for place, move in enumerate(moves, start=3):
            log.append(moving(identifier(place, number), identifier(int(move["sending"]), number), move))
    tablet = Tablet.enlist(fair.clothing, letter="A")
    operations = [{"seq": seq} | op for seq, op in enumerate(log, start=1)]
    for start in range(0, len(operations), 500):
        ingest(tablet.log, operations[start : start + 500])

    stored = {row.person: {"stage": row.stage, "reached": STAGES[row.reached], "place": row.place}
              for row in CheckIn.select()}  # fmt: skip
    for number, (row, _, expected) in enumerate(rows):
        assert stored.get(identifier(0, number)) == expected, row


def identifier(kind: int, number: int) -> str:
    return str(UUID(int=(kind << 64) + number + 1, version=4))


def operation(kind: str, id: str, data: dict) -> dict:
    return {"id": id, "kind": kind, "at": AT, "operator": None, "data": data}


def moving(id: str, check_in: str, move: dict) -> dict:
    if move.get("withdrawn"):
        return operation("check_in.withdrawn", id, {"check_in": check_in})
    data = {"check_in": check_in, "stage": move["stage"], "correction": move.get("correction", False)}
    return operation("check_in.progressed", id, data)
