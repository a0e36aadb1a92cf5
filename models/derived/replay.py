"""Replay: operations are taken back and applied again, because a person settled one or somebody proved to be a child.

What waits is derived when that for which it waits has come (``follow``): nothing of it has to be taken back.

What is taken back is whole: every operation about the persons concerned, the check-ins they are tied by, and what
moved those. Nothing derived is left of them then, so to apply them again is as if they had come last, and no state
depends on the order in which facts came (tests/properties/).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.base.database import fetch, fetch_in
from models.derived import nouns
from models.derived.batch import Batch
from models.derived.candidate import UNDER_AGE
from models.derived.derive import announce_elsewhere, derive
from models.derived.person import is_node, persons_of
from models.derived.reach import awaiting, forget
from models.derived.right import TAKEN
from models.derived.scope import Scope
from models.log.change import announce
from models.log.fact import Fact, Stored, read_again
from models.log.operation import RECORDED_MS, Key, fetch_keys, hide_operations
from models.log.remark import drop_all_remarks
from models.market.booth import Booth
from models.market.log import Log
from models.market.market_day import MarketDay


def replay_people(candidates: Iterable[str]) -> None:
    """Derive again all that is recorded about these candidates. Call it inside ``writing()``."""
    replay(_about(candidates))


def join_same() -> int:
    """Derive again who has the identity hash of another person, after a migration made the hashes again.

    Returns how many candidates there were. Call it inside ``writing()``.
    """
    rows = fetch(
        "SELECT c.id FROM candidate AS c JOIN (SELECT county_id, identity FROM candidate WHERE identity IS NOT NULL"
        " GROUP BY county_id, identity HAVING COUNT(DISTINCT person) > 1) AS same"
        " ON same.county_id = c.county_id AND same.identity = c.identity"
    )
    if rows:
        replay_people(candidate for (candidate,) in rows)
    return len(rows)


def replay(keys: Iterable[Key], barred: frozenset[Key] = frozenset()) -> None:
    """Derive again what these operations touch. Call it inside ``writing()``.

    Those in ``barred`` wait, because another log has a better right to the number of what they made.
    """
    scope = _scope_of(set(keys))
    if not scope.keys:
        return
    _take_back(scope)
    batches = list(_batches(scope.keys, barred))
    for batch in batches:
        derive(batch)
    for noun in nouns.NOUNS:
        noun.finish(scope, batches)
    for batch in batches:
        scope.told[batch.day] |= batch.told | batch.own
        for day, told in batch.elsewhere.items():
            scope.told[day] |= told
    for day, told in scope.told.items():
        announce(day, told)
    follow(batches, barred)


def follow(batches: list[Batch], barred: frozenset[Key] = frozenset()) -> None:
    """Derive what these batches brought into reach, and so on until nothing more is. Call it inside ``writing()``."""
    while batches:
        outranked = frozenset().union(*(batch.outranked for batch in batches)) - barred
        if outranked:
            replay(outranked, barred | outranked)
        batches = _release(awaiting(batches), barred)


def _release(keys: set[Key], barred: frozenset[Key]) -> list[Batch]:
    """Derive operations that waited; return the batches of which something has an effect now."""
    if not keys:
        return []
    forget(keys)
    hide_operations(keys)  # until its own batch is judged, none may be taken for one that has an effect
    drop_all_remarks(keys)
    batches = list(_batches(keys, barred))
    for batch in batches:
        derive(batch)
        announce(batch.day, batch.told | batch.own)
        announce_elsewhere(batch)
    return [batch for batch in batches if any(fact.has_effect for fact in batch.facts)]


def _scope_of(keys: set[Key]) -> Scope:
    """Return what must be taken back with these operations: all about the same persons and check-ins."""
    scope = Scope()
    while new := keys - scope.keys:
        scope.keys |= new
        linked = [noun.links(new) for noun in nouns.NOUNS]
        named = _subjects_of(new).union(*(nodes for nodes, _ in linked))
        nodes = _whole_persons({node for node in named if is_node(node)}) - scope.nodes
        scope.nodes |= nodes
        keys = _about(nodes).union(*(others for _, others in linked))
    for noun in nouns.NOUNS:
        noun.note(scope)
    return scope


def _subjects_of(keys: set[Key]) -> set[str]:
    sql = "SELECT subject FROM operation WHERE subject IS NOT NULL AND tablet_id = ? AND seq IN (??)"
    return {subject for (subject,) in fetch_keys(sql, keys)}


def _whole_persons(nodes: set[str]) -> set[str]:
    persons = set(persons_of(nodes).values())
    return nodes | persons | {node for (node,) in fetch_in("SELECT node FROM alias WHERE person IN (??)", persons)}


def _about(nodes: Iterable[str]) -> set[Key]:
    """Return the operations about these nodes."""
    rows = fetch_in("SELECT tablet_id, seq FROM operation WHERE subject IN (??)", nodes)
    return {(tablet, seq) for tablet, seq in rows}


def _take_back(scope: Scope) -> None:
    """Leave nothing derived from the operations."""
    for noun in nouns.NOUNS:
        noun.take_back(scope)
    hide_operations(scope.keys)
    drop_all_remarks(scope.keys)


def _batches(keys: set[Key], barred: frozenset[Key]) -> Iterator[Batch]:
    """Yield the operations as batches, what is refused first: whatever is said of a child follows from that.

    The phones' and the office's logs come first, then the tablets as they were enrolled: most rights are so.
    """
    rows = fetch_keys(
        f"SELECT o.tablet_id, o.seq, o.body, {RECORDED_MS}, o.effective_ms, o.received_ms, s.act, s.data,"
        " s.happened_ms, o.forgotten FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        " WHERE o.tablet_id = ? AND o.seq IN (??)",
        keys,
    )
    logs, kinds = _logs({row[0] for row in rows}), nouns.kinds()
    refused: dict[int, list[Fact]] = defaultdict(list)
    standing: dict[int, list[Fact]] = defaultdict(list)
    in_order = sorted(map(Stored._make, rows), key=lambda it: (logs[it.tablet].is_of_a_tablet, it.tablet, it.seq))
    for stored in in_order:
        fact = read_again(stored, logs[stored.tablet].market_day.date, kinds)
        if (stored.tablet, stored.seq) in barred:
            fact.refusal = None if fact.refusal == UNDER_AGE else fact.refusal
            fact.remarks.add(TAKEN)
        (refused if fact.refusal else standing)[stored.tablet].append(fact)
    for tablet, facts in [*refused.items(), *standing.items()]:
        yield Batch(logs[tablet], facts, 0, again=True)


def _logs(ids: set[int]) -> dict[int, Log]:
    logs = Log.select(Log, MarketDay).join(MarketDay).where(Log.id.in_(ids))
    booths = {booth.id: booth for booth in Booth.select().where(Booth.id.in_([log.booth_id for log in logs]))}
    for log in logs:
        log.booth = booths.get(log.booth_id or 0)
    return {log.id: log for log in logs}

