"""Sorting out: which facts of a hand-over are next in their tablet's log, and where the others go.

What is next comes in as if the tablet had sent it. What has a gap before it, or another fact under its seq, goes
into a log of its own at the same booth, numbered anew: its id keeps it from counting twice, should it come again.
"""

from dataclasses import dataclass, field

from models.base.database import execute_many, fetch
from models.intake.ingest import LARGEST_SEQ, MOST_OPERATIONS, ingest
from models.log.fact import body_of
from models.log.operation import REFUSED
from models.log.said import Said, hash_in, said_in
from models.market.log import Log

GAP, SHARED_IDENTITY = "gap", "shared_identity"


@dataclass
class Taken:
    """What became of a hand-over's facts.

    ``next`` came into the tablet's own log, ``strays`` into the other; ``missing`` is how many a gap lacks.
    """

    next: list[dict] = field(default_factory=list)
    strays: list[dict] = field(default_factory=list)
    missing: int = 0
    reason: str | None = None  # gap or shared_identity
    new: int = 0
    refused: int = 0


def take(log: Log, operations: list[dict]) -> Taken:
    """Store the facts that a hand-over of a tablet's log brought, in ascending order. Call it inside ``writing()``."""
    sql = "SELECT l.acknowledged, t.unsent FROM log AS l JOIN tablet AS t ON t.id = l.id WHERE l.id = ?"
    rows = fetch(sql, (log.id,))
    ((acknowledged, unsent),) = rows
    found = _sort(log, acknowledged, operations)
    _ingest(log, found.next, found)
    if found.strays:
        _keep_apart(log, found)
    # The last seq the tablet spoke of, less what came; a gap is certainly still with it.
    through = max([acknowledged + len(found.next), *(raw["seq"] for raw in operations[-1:])])
    left = max(found.missing, acknowledged + (unsent or 0) - through, 0)
    execute_many("UPDATE tablet SET unsent = ? WHERE id = ?", [(left, log.id)])
    return found


def _sort(log: Log, acknowledged: int, operations: list[dict]) -> Taken:
    first = operations[0]["seq"] if operations else 0
    taken, found = said_in(log, first, LARGEST_SEQ), Taken()
    for raw in operations:
        seq, body = raw["seq"], body_of(raw)
        if seq == acknowledged + 1 + len(found.next):
            found.next.append(raw)
            taken[seq] = Said(body, None)
        elif seq not in taken:
            found.strays.append(raw)
            found.missing = found.missing or seq - acknowledged - 1 - len(found.next)
            found.reason = found.reason or GAP
        elif not taken[seq].is_same(body, log):
            found.strays.append(raw)
            found.reason = SHARED_IDENTITY
    return found


def _keep_apart(torn: Log, found: Taken) -> None:
    """Store strays of a log in the one that is rescued from it, each once."""
    log = torn.rescue()
    rows = fetch("SELECT body, forgotten FROM operation WHERE tablet_id = ?", (log.id,))
    known = {said for row in rows for said in row}
    new = {body: raw for raw in found.strays if known.isdisjoint({body := body_of(raw), hash_in(log, body)})}
    ((last,),) = fetch("SELECT acknowledged FROM log WHERE id = ?", (log.id,))
    _ingest(log, [raw | {"seq": last + place} for place, raw in enumerate(new.values(), start=1)], found)


def _ingest(log: Log, operations: list[dict], found: Taken) -> None:
    for start in range(0, len(operations), MOST_OPERATIONS):
        receipt = ingest(log, operations[start : start + MOST_OPERATIONS])
        found.refused += sum(outcome == REFUSED for _, outcome, _ in receipt.results)
    found.new += len(operations)
