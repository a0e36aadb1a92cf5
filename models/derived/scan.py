"""Ties: what a batch's scans and moves make of its check-ins."""

from collections.abc import Iterable

from models.base.database import execute_many, fetch_in
from models.derived import announcement
from models.derived.batch import Batch
from models.derived.check_in import Pair, refold
from models.derived.person import persons_of
from models.derived.visit import derive_visits
from models.log.fact import Fact
from models.vocabulary.stage import HIRED, RANKS, WITHDRAWN


def store_scans(batch: Batch, persons: dict[str, str]) -> None:
    """Store scans and the check-ins they make; one whose moves came first is derived later."""
    scans = batch.of("check_in.recorded")
    if not scans:
        return
    moves = fetch_in(
        "SELECT scan, tablet_id, seq FROM progress WHERE scan IN (??)", [f.uuid for f in scans]
    )
    waiting = {scan for scan, *_ in moves}
    moved = _moved_of({persons[fact.subject] for fact in scans})
    rows, plain = [], []
    for fact in scans:
        place = batch.place_of(fact)
        booth = place.booth if place else None
        pair = (batch.day, fact.data["vacancy"], persons[fact.subject])
        times = (fact.at_ms, fact.effective_ms)
        rows.append((batch.log.id, fact.seq, fact.uuid, *pair, fact.subject, booth, *times))
        if fact.uuid in waiting:
            batch.pairs.add(pair)
            batch.hiring.add(fact.data["vacancy"])
        else:
            plain.append((*pair, booth, fact.at_ms))
        announcement.tell_of_scan(batch, fact.uuid, booth, pair in moved)
    execute_many(
        "INSERT INTO scan (tablet_id, seq, id, market_day_id, vacancy, person, node, booth, at_ms,"
        " effective_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    execute_many(
        "INSERT INTO check_in (market_day_id, vacancy, person, booth, at_ms, stage, reached)"
        " VALUES (?, ?, ?, ?, ?, 'interested', 0)"
        " ON CONFLICT (market_day_id, vacancy, person) DO UPDATE SET at_ms ="
        " CASE WHEN excluded.at_ms < check_in.at_ms THEN excluded.at_ms ELSE check_in.at_ms END",
        plain,
    )
    execute_many(  # moves that came before their check-in no longer need attention
        "UPDATE operation SET outcome = 'applied', reason = NULL"
        " WHERE tablet_id = ? AND seq = ? AND reason = 'check_in_unknown'",
        [key for _, *key in moves],
    )


def _moved_of(persons: set[str]) -> set[Pair]:
    """Return the check-ins of these persons that no longer stand where a sending puts them."""
    rows = fetch_in(
        "SELECT market_day_id, vacancy, person FROM check_in WHERE stage <> 'interested' AND person IN (??)", persons
    )
    return set(map(tuple, rows))


def store_moves(batch: Batch) -> None:
    """Store moves and withdrawals, and note the check-ins and vacancies they are about."""
    moves = batch.of("check_in.progressed", "check_in.withdrawn")
    if not moves:
        return
    execute_many(
        "INSERT INTO progress (tablet_id, seq, scan, stage, place, correction, effective_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.log.id, fact.seq, fact.data["check_in"].lower(),
             fact.data.get("stage") or WITHDRAWN, fact.data.get("place"),
             bool(fact.data.get("correction")), fact.effective_ms)
            for fact in moves
        ],  # fmt: skip
    )
    rows = fetch_in(
        "SELECT id, market_day_id, vacancy, person FROM scan WHERE id IN (??)",
        {fact.data["check_in"].lower() for fact in moves},
    )
    lowering = {fact.data["check_in"].lower() for fact in moves if _may_lower(fact)}
    for scan, day, vacancy, person in rows:
        batch.pairs.add((day, vacancy, person))
        batch.moved.add(vacancy)
        if scan in lowering:
            batch.certain.add(vacancy)


def derive_again(batch: Batch, moved: dict[str, str]) -> None:
    """Nodes that already had facts became other persons: derive the facts of the old and the new ones again.

    ``moved`` maps each such node to its former person.
    """
    nodes = moved.keys() | set(moved.values())
    now = persons_of(nodes)
    persons = set(now.values())
    members = {person: person for person in persons} | now
    members |= dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    gone = nodes | persons
    if any(now[node] != now[former] for node, former in moved.items()):
        announcement.tell_who_left(batch, gone, members)
    batch.hiring |= _hired_at(gone)
    execute_many("UPDATE scan SET person = ? WHERE node = ?", [(p, n) for n, p in now.items()])
    derive_visits(members, gone)
    execute_many("DELETE FROM check_in WHERE person = ?", [(person,) for person in gone])
    pairs = refold(persons)
    batch.certain |= {vacancy for _, vacancy, _ in pairs}
    announcement.tell_of_pairs(batch, pairs)


def with_older_facts(batch: Batch, nodes: Iterable[str]) -> set[str]:
    """Return those of the nodes about which there were operations before this batch.

    Of facts that are stored already, the batch is no end of its log: all operations are asked, its own too.
    """
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE NOT (tablet_id = ? AND seq >= ?)"
        " AND subject IN (??)",
        nodes,
        0 if batch.again else batch.log.id,
        batch.facts[0].seq,
    )
    return {subject for (subject,) in rows}


def _hired_at(persons: set[str]) -> set[str]:
    rows = fetch_in("SELECT DISTINCT vacancy FROM check_in WHERE reached >= 4 AND person IN (??)", persons)
    return {vacancy for (vacancy,) in rows}


def is_about_hiring(batch: Batch) -> bool:
    """Say whether the batch may have changed how many places are left."""
    moves = batch.of("check_in.progressed", "check_in.withdrawn")
    return any(
        _may_lower(fact) or RANKS.get(fact.data["stage"], HIRED) >= HIRED for fact in moves
    )


def _may_lower(fact: Fact) -> bool:
    """Say whether a move may free a place, so that what stood as full may no longer be."""
    stage = fact.data.get("stage") or WITHDRAWN
    return stage == WITHDRAWN or bool(fact.data.get("correction"))
