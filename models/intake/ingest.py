"""Ingest: a tablet's batch becomes operations and their effects, in one transaction.

Sending the same operations any number of times, in any batches, changes nothing after the first,
and the state after all tablets have synced does not depend on whose batches came first.
"""

from dataclasses import dataclass, field
from datetime import datetime

from models.base.clock import clamped, milliseconds, utcnow
from models.base.database import execute_many, fetch, is_sqlite, writing
from models.derived import nouns
from models.derived.derive import apply
from models.derived.forget_late import forget_late, shorten_known
from models.derived.person import with_older_facts
from models.derived.replay import follow, replay_people
from models.intake.repeat import exclude_new, settle_twins
from models.log.bound import bounded
from models.log.fact import BatchError, Fact, body_of, judge_clock, read_fact
from models.log.operation import APPLIED
from models.log.said import said_in
from models.market.device import NOTHING_SAID, About
from models.market.log import PHONES, Log
from models.market.market_day import MarketDay

MOST_OPERATIONS = 500
LARGEST_SEQ = 2**31 - 1
SMALL_OFFSET_MS = 60_000  # the network's delay, not a wrong clock


# What a device says of itself stays as it was where it says nothing.
_HEARD = (
    "UPDATE device SET last_contact_at = ?, log_id = ?, browser = COALESCE(NULLIF(?, ''), browser),"
    " release = COALESCE(NULLIF(?, ''), release), battery = COALESCE(?, battery)"
    " WHERE id = (SELECT device_id FROM tablet WHERE id = ?)"
)
Result = tuple[int, str, str | None]  # (seq, outcome, reason)


class SharedIdentity(Exception):
    """The same seq came with different content: two devices share one tablet's identity."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"operation {seq} was already received with other content")
        self.seq = seq


@dataclass
class Receipt:
    """What a batch came to: ``results`` is a list of (seq, outcome, reason)."""

    acknowledged: int
    results: list[Result] = field(default_factory=list)


def ingest(
    log: Log,
    operations: list,
    sent_at: datetime | None = None,
    unsent: int | None = None,
    about: About = NOTHING_SAID,
) -> Receipt:
    """Store a batch of a tablet's log, or of a rescued one, and apply it; ``about`` is what the device says of itself.

    Operations beyond a gap are not stored. Raises BatchError when something is no operation
    at all, SharedIdentity when a known seq comes with other content; nothing is stored then.
    """
    operations = _in_order(operations)
    now = utcnow()
    with writing(log.market_day.county_id):
        acknowledged, latest_ms, offset_ms, any_decided = _position(log)
        if sent_at is not None:
            offset_ms = _offset(now, sent_at)
        receipt = Receipt(acknowledged)
        known = [raw for raw in operations if raw["seq"] <= acknowledged]
        receipt.results += _duplicates(log, known)
        new = _contiguous(operations[len(known) :], acknowledged + 1)
        facts = _read(new, log.market_day, offset_ms, latest_ms, milliseconds(now))
        any_forgotten = shorten_known(log, facts)
        if any_decided:
            facts = exclude_new(log, settle_twins(log, facts, milliseconds(now)), milliseconds(now))
        receipt.results += _apply(log, facts, milliseconds(now), any_forgotten)
        receipt.acknowledged += len(facts)
        _move_on(log, receipt.acknowledged, facts[-1].effective_ms if facts else latest_ms)
        execute_many(
            "UPDATE tablet SET clock_offset_ms = ?, last_contact_at = ?, unsent = ? WHERE id = ?",
            [(offset_ms, milliseconds(now), _left(unsent, receipt), log.id)],
        )
        execute_many(_HEARD, [(milliseconds(now), log.id, *about, log.id)])
    return receipt


def record(market_day: MarketDay, operations: list[dict], kind: str = PHONES) -> Receipt:
    """Store facts made on phones, or in the office (``kind`` OFFICE), in the market day's log of those.

    They are operations like any other, without ``seq``: the log numbers them here.
    """
    with writing(market_day.county_id):
        log = Log.of(market_day, kind)
        numbered = [
            {**raw, "seq": log.acknowledged + place}
            for place, raw in enumerate(operations, start=1)
        ]
        now = utcnow()
        facts = _read(numbered, market_day, 0, log.latest_at, milliseconds(now))
        any_forgotten = shorten_known(log, facts)
        facts = exclude_new(log, facts, milliseconds(now))
        results = _apply(log, facts, milliseconds(now), any_forgotten)
        _move_on(log, facts[-1].seq, facts[-1].effective_ms)
    return Receipt(facts[-1].seq, results)


def _move_on(log: Log, acknowledged: int, latest_ms: int) -> None:
    """Note how far a log is stored, and until when."""
    sql = "UPDATE log SET acknowledged = ?, latest_at = ? WHERE id = ?"
    execute_many(sql, [(acknowledged, latest_ms, log.id)])


def _apply(log: Log, facts: list[Fact], now_ms: int, any_forgotten: bool) -> list[Result]:
    """Apply facts and what follows from them; return what each came to.

    Who turned out to be a child is taken out of what was recorded earlier.
    """
    if not facts:
        return []
    batch = apply(log, facts, now_ms)
    if children := with_older_facts(batch, batch.children):
        replay_people(children)
    follow([batch])
    if any_forgotten:
        forget_late(batch)
    return _results(log, facts)


def _results(log: Log, facts: list[Fact]) -> list[Result]:
    """Return what facts that were just applied came to, by all that is known now."""
    marked = fetch(
        f"SELECT seq, outcome, reason FROM operation WHERE tablet_id = ? AND seq BETWEEN ? AND ?"
        f" AND outcome <> '{APPLIED}'",
        (log.id, facts[0].seq, facts[-1].seq),
    )
    came_to: dict[int, Result] = {seq: (seq, outcome, reason) for seq, outcome, reason in marked}
    return [came_to.get(fact.seq, (fact.seq, APPLIED, fact.settled)) for fact in facts]


def _in_order(operations: list) -> list[dict]:
    for place, raw in enumerate(operations):
        if not isinstance(raw, dict):
            raise BatchError(f"operations[{place}] is not an object")
        if type(raw.get("seq")) is not int or not 1 <= raw["seq"] <= LARGEST_SEQ:
            raise BatchError(f"operations[{place}].seq is not a positive integer")
    if len(operations) > MOST_OPERATIONS:
        raise BatchError(f"more than {MOST_OPERATIONS} operations")
    ordered = sorted((bounded(raw) for raw in operations), key=lambda raw: raw["seq"])
    for one, other in zip(ordered, ordered[1:], strict=False):
        if one["seq"] == other["seq"] and body_of(one) != body_of(other):
            raise SharedIdentity(one["seq"])
    return [raw for raw, last in zip(ordered, [None, *ordered], strict=False) if not _same(raw, last)]


def _same(raw: dict, last: dict | None) -> bool:
    return last is not None and raw["seq"] == last["seq"]


def _position(log: Log) -> tuple[int, int, int, bool]:
    """Return where a log stands, its clock's offset, and whether anything of its market day was ever decided.

    What a rescued log keeps was made by the clock of the tablet from whose log it was rescued.
    """
    lock = "" if is_sqlite() else " FOR UPDATE OF l"
    sql = (
        "SELECT l.acknowledged, l.latest_at, COALESCE(t.clock_offset_ms, 0), EXISTS (SELECT 1 FROM settlement AS s"
        " WHERE s.market_day_id = l.market_day_id) OR EXISTS (SELECT 1 FROM exclusion AS e"
        " WHERE e.market_day_id = l.market_day_id) FROM log AS l"
        " LEFT JOIN tablet AS t ON t.id = COALESCE(l.rescued_from, l.id) WHERE l.id = ?"
    )
    return tuple(fetch(sql + lock, (log.id,))[0])


def _offset(now: datetime, sent_at: datetime) -> int:
    offset_ms = milliseconds(now) - clamped(milliseconds(sent_at))
    return 0 if abs(offset_ms) < SMALL_OFFSET_MS else offset_ms


def _duplicates(log: Log, known: list[dict]) -> list[tuple[int, str, None]]:
    if not known:
        return []
    stored = said_in(log, known[0]["seq"], known[-1]["seq"])
    for raw in known:
        said = stored.get(raw["seq"])
        if said is None or not said.is_same(body_of(raw), log):
            raise SharedIdentity(raw["seq"])
    return [(raw["seq"], "duplicate", None) for raw in known]


def _contiguous(operations: list[dict], first: int) -> list[dict]:
    for place, raw in enumerate(operations):
        if raw["seq"] != first + place:
            return operations[:place]
    return operations


def _read(
    operations: list[dict], day: MarketDay, offset_ms: int, latest_ms: int, now_ms: int
) -> list[Fact]:
    facts: list[Fact] = []
    kinds = nouns.kinds()
    for raw in operations:
        fact = read_fact(raw, offset_ms, day.date, kinds)
        if not fact.refusal:
            judge_clock(fact, now_ms)
        latest_ms = fact.effective_ms = max(latest_ms, fact.at_ms)
        facts.append(fact)
    return facts


def _left(unsent: int | None, receipt: Receipt) -> int | None:
    """Return how many facts the tablet still holds after this answer reaches it."""
    return None if unsent is None else max(0, unsent - len(receipt.results))
