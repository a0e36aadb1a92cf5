"""Rights: which log an id belongs to, when two used it for entries that differ.

First come the phones' and the office's logs, whose ids the server made. Then the log whose market day is nearest to the
moment that a time-ordered id says it was made at; then the tablet that was enrolled first. No fact can choose any of
these: who forges an entry chooses its time, and has to take an id that is there.
"""

from collections.abc import Iterator
from datetime import date

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun
from models.log.fact import Fact
from models.log.operation import HAS_EFFECT, Key, fetch_keys
from models.market.log import Log

Right = tuple[bool, int, int]  # the least has it
TAKEN = "id_taken"  # of an entry whose id belongs to another log
DAY_MS = 86_400_000
MAKERS = ("candidate.registered", "check_in.recorded")  # whose id others name


def right_of(log: Log, id: str) -> Right:
    """Return a log's place in the order of rights to an id."""
    return log.is_of_a_tablet, _days_between(log, id), log.id


def _days_between(log: Log, id: str) -> int:
    """Return how many days lie between a log's market day and what a UUID of version 7 says; 0 of any other."""
    if id[14] != "7":
        return 0
    made_ms = int(id[:8] + id[9:13], 16) + log.market_day.utc_offset_ms()
    return abs(made_ms // DAY_MS - (log.market_day.date - date(1970, 1, 1)).days)


def judge(batch: Batch) -> None:
    """Let a registration or a check-in wait whose id belongs to another log.

    Said again word for word it is the same fact. Where the batch has the right, the other is derived anew.
    """
    if not batch.log.is_of_a_tablet:
        return
    makers = {fact.uuid: fact for fact in batch.of(*MAKERS) if fact.uuid and not fact.settled}
    for id, key, other in _others(batch, makers):
        if other > right_of(batch.log, id):
            batch.outranked.add(key)
        else:
            makers[id].remarks.add(TAKEN)
    for fact in batch.facts:
        if TAKEN in fact.remarks and fact.waits and fact.uuid:
            batch.awaited[fact.seq] = fact.uuid


def _others(batch: Batch, makers: dict[str, Fact]) -> Iterator[tuple[str, Key, Right]]:
    """Yield the id, the operation and the right of what other logs made under these ids, and said otherwise."""
    found: dict[str, list[Key]] = {}
    for sql in ("SELECT id, tablet_id, seq FROM scan WHERE id IN (??)", _REGISTRATIONS):
        for id, log, seq in fetch_in(sql, makers):
            if log != batch.log.id:
                found.setdefault(id, []).append((log, seq))
    keys = {key for some in found.values() for key in some}
    bodies = fetch_keys("SELECT tablet_id, seq, body FROM operation WHERE tablet_id = ? AND seq IN (??)", keys)
    said = {(log, seq): body for log, seq, body in bodies}
    logs = {log.id: log for log in Log.select().where(Log.id.in_({log for log, _ in keys}))} if keys else {}
    for id, some in found.items():
        for key in some:
            if said[key] != makers[id].body:
                yield id, key, right_of(logs[key[0]], id)


_REGISTRATIONS = (
    f"SELECT subject, tablet_id, seq FROM operation WHERE kind = 'candidate.registered' AND {HAS_EFFECT}"
    " AND subject IN (??)"
)


RIGHT = Noun("right", reasons=(TAKEN,), judge=judge)
