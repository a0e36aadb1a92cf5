"""Replay: operations are taken back and applied again, because a person settled one or somebody proved to be a child.

What is taken back is whole: every operation about the persons concerned, the check-ins they are tied by, and what
moved those. Nothing derived is left of them then, so to apply them again is as if they had come last, and no state
depends on the order in which facts came (tests/properties/).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.base.database import execute_many, fetch_in
from models.derived import announcement
from models.derived.batch import Batch, places
from models.derived.derive import derive
from models.derived.opening import close_or_open, review
from models.derived.scope import Scope, about, around
from models.derived.tally import recount_tallies
from models.log.change import announce
from models.log.fact import Stored, read_again
from models.log.operation import Key, fetch_keys
from models.market.booth import Booth
from models.market.log import Log
from models.market.market_day import MarketDay

# Derived tables whose rows each belong to one operation.
OF_ONE_OPERATION = ("scan", "progress", "pass_binding", "showing")


def replay_people(candidates: Iterable[str]) -> None:
    """Derive again all that is recorded about these candidates. Call it inside ``writing()``."""
    replay(about(candidates))


def replay(keys: Iterable[Key]) -> None:
    """Derive again what these operations touch. Call it inside ``writing()``."""
    scope = around(set(keys))
    tokens = _take_back(scope)
    batches = list(_batches(scope.keys))
    for batch in batches:
        derive(batch)
    execute_many("UPDATE candidate SET token_hash = ? WHERE id = ?", tokens)
    by_day = {batch.day: batch for batch in batches}
    for batch in by_day.values():
        _review(batch, scope.vacancies[batch.day])
    for batch in batches:
        scope.told[batch.day] |= batch.told | batch.own
    for day, told in scope.told.items():
        announce(day, told)
    _recount(by_day.values(), batches)


def _take_back(scope: Scope) -> list[tuple[str, str]]:
    """Leave nothing derived from the operations; return the secret names of own pages, which nothing gives again."""
    tokens = fetch_in("SELECT token_hash, id FROM candidate WHERE token_hash IS NOT NULL AND id IN (??)", scope.nodes)
    for table in OF_ONE_OPERATION:
        execute_many(f"DELETE FROM {table} WHERE tablet_id = ? AND seq = ?", scope.keys)
    nodes = [(node,) for node in scope.nodes]
    for table, column in (
        ("visit", "person"), ("check_in", "person"), ("alias", "node"), ("candidate", "id"), ("consent", "candidate"),
    ):  # fmt: skip
        execute_many(f"DELETE FROM {table} WHERE {column} = ?", nodes)
    execute_many(
        "UPDATE operation SET outcome = 'refused', reason = NULL, subject = NULL WHERE tablet_id = ? AND seq = ?",
        scope.keys,
    )
    return tokens


def _batches(keys: set[Key]) -> Iterator[Batch]:
    """Yield the operations as batches, what is refused first: whatever is said of a child follows from that."""
    rows = fetch_keys(
        "SELECT o.tablet_id, o.seq, o.body, o.at_ms, o.effective_ms, o.received_ms, s.act, s.data FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        " WHERE o.tablet_id = ? AND o.seq IN (??)",
        keys,
    )
    logs = _logs({row[0] for row in rows})
    refused, standing = defaultdict(list), defaultdict(list)
    for stored in map(Stored._make, sorted(rows)):
        fact = read_again(stored, logs[stored.tablet].market_day.date)
        (refused if fact.refusal else standing)[stored.tablet].append(fact)
    for tablet, facts in [*refused.items(), *standing.items()]:
        yield Batch(logs[tablet], facts, 0, again=True)


def _logs(ids: set[int]) -> dict[int, Log]:
    logs = Log.select(Log, MarketDay).join(MarketDay).where(Log.id.in_(ids))
    booths = {booth.id: booth for booth in Booth.select().where(Booth.id.in_([log.booth_id for log in logs]))}
    for log in logs:
        log.booth = booths.get(log.booth_id)
    return {log.id: log for log in logs}


def _review(batch: Batch, vacancies: set[str]) -> None:
    """Judge anew the vacancies that the operations were about before; some may be about none now."""
    batch.places |= places(vacancies - batch.places.keys())
    known = vacancies & batch.places.keys()
    review(batch.day, {number: batch.places[number].openings for number in known}, known)
    close_or_open(known)
    announcement.tell_of_vacancies(batch, known)


def _recount(days: Iterable[Batch], batches: list[Batch]) -> None:
    counted = {batch.day for batch in batches for fact in batch.facts if fact.kind == "tally.counted"}
    for batch in days:
        if batch.day in counted:
            recount_tallies(batch.day, batch.log.market_day.utc_offset_ms())
