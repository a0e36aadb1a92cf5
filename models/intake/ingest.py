"""Ingest: a tablet's batch becomes operations and their effects, in one transaction.

Sending the same operations any number of times, in any batches, changes nothing after the first,
and the state after all tablets have synced does not depend on whose batches came first.
"""

from dataclasses import dataclass, field
from datetime import datetime

from models.base.clock import milliseconds, utcnow
from models.base.database import execute_many, fetch, is_sqlite, writing
from models.derived import nouns
from models.derived.derive import apply
from models.derived.replay import replay_people
from models.intake.repeat import settle_twins
from models.log.fact import BatchError, Fact, body_of, judge_clock, read_fact
from models.market.market_day import MarketDay
from models.market.tablet import Tablet

MOST_OPERATIONS = 500
LARGEST_SEQ = 2**31 - 1
SMALL_OFFSET_MS = 60_000  # the network's delay, not a wrong clock


class SharedIdentity(Exception):
    """The same seq came with different content: two devices share one tablet's identity."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"operation {seq} was already received with other content")
        self.seq = seq


@dataclass
class Receipt:
    """What a batch came to: ``results`` is a list of (seq, outcome, reason)."""

    acknowledged: int
    results: list[tuple[int, str, str | None]] = field(default_factory=list)


def ingest(
    tablet: Tablet,
    operations: list,
    sent_at: datetime | None = None,
    unsent: int | None = None,
) -> Receipt:
    """Store a tablet's batch and apply it.

    Operations beyond a gap are not stored. Raises BatchError when something is no operation
    at all, SharedIdentity when a known seq comes with other content; nothing is stored then.
    """
    operations = _in_order(operations)
    now = utcnow()
    with writing():
        acknowledged, latest_ms, offset_ms, any_settled = _position(tablet)
        if sent_at is not None:
            offset_ms = _offset(now, sent_at)
        receipt = Receipt(acknowledged)
        known = [raw for raw in operations if raw["seq"] <= acknowledged]
        receipt.results += _duplicates(tablet.id, known)
        new = _contiguous(operations[len(known) :], acknowledged + 1)
        facts = _read(new, tablet.market_day, offset_ms, latest_ms, milliseconds(now))
        if any_settled:
            facts = settle_twins(tablet, facts, milliseconds(now))
        _apply(tablet, facts, milliseconds(now))
        receipt.results += [(fact.seq, fact.outcome, fact.reason) for fact in facts]
        receipt.acknowledged += len(facts)
        execute_many(
            "UPDATE tablet SET acknowledged = ?, latest_at = ?, clock_offset_ms = ?,"
            " last_contact_at = ?, unsent = ? WHERE id = ?",
            [
                (
                    receipt.acknowledged,
                    facts[-1].effective_ms if facts else latest_ms,
                    offset_ms,
                    milliseconds(now),
                    _left(unsent, receipt),
                    tablet.id,
                )
            ],
        )
    return receipt


def record(market_day: MarketDay, operations: list[dict]) -> Receipt:
    """Store facts made on phones or by organisers in the market day's own log.

    They are operations like any other, without ``seq``: the log numbers them here.
    """
    with writing():
        log = Tablet.of_phones(market_day)
        numbered = [
            {**raw, "seq": log.acknowledged + place}
            for place, raw in enumerate(operations, start=1)
        ]
        now = utcnow()
        facts = _read(numbered, market_day, 0, log.latest_at, milliseconds(now))
        _apply(log, facts, milliseconds(now))
        execute_many(
            "UPDATE tablet SET acknowledged = ?, latest_at = ? WHERE id = ?",
            [(facts[-1].seq, facts[-1].effective_ms, log.id)],
        )
    return Receipt(facts[-1].seq, [(fact.seq, fact.outcome, fact.reason) for fact in facts])


def _apply(log: Tablet, facts: list[Fact], now_ms: int) -> None:
    """Apply facts; who turned out to be a child is taken out of what was recorded earlier."""
    if children := apply(log, facts, now_ms):
        replay_people(children)


def _in_order(operations: list) -> list[dict]:
    for place, raw in enumerate(operations):
        if not isinstance(raw, dict):
            raise BatchError(f"operations[{place}] is not an object")
        if type(raw.get("seq")) is not int or not 1 <= raw["seq"] <= LARGEST_SEQ:
            raise BatchError(f"operations[{place}].seq is not a positive integer")
    if len(operations) > MOST_OPERATIONS:
        raise BatchError(f"more than {MOST_OPERATIONS} operations")
    ordered = sorted(operations, key=lambda raw: raw["seq"])
    for one, other in zip(ordered, ordered[1:], strict=False):
        if one["seq"] == other["seq"] and body_of(one) != body_of(other):
            raise SharedIdentity(one["seq"])
    return [raw for raw, last in zip(ordered, [None, *ordered], strict=False) if not _same(raw, last)]


def _same(raw: dict, last: dict | None) -> bool:
    return last is not None and raw["seq"] == last["seq"]


def _position(tablet: Tablet) -> tuple[int, int, int, bool]:
    """Return where a log stands, and whether anything of its market day was ever settled."""
    lock = "" if is_sqlite() else " FOR UPDATE"
    sql = (
        "SELECT acknowledged, latest_at, clock_offset_ms, EXISTS (SELECT 1 FROM settlement AS s"
        " WHERE s.market_day_id = tablet.market_day_id) FROM tablet WHERE id = ?"
    )
    return tuple(fetch(sql + lock, (tablet.id,))[0])


def _offset(now: datetime, sent_at: datetime) -> int:
    offset_ms = milliseconds(now) - milliseconds(sent_at)
    return 0 if abs(offset_ms) < SMALL_OFFSET_MS else offset_ms


def _duplicates(tablet: int, known: list[dict]) -> list[tuple[int, str, None]]:
    if not known:
        return []
    stored = dict(
        fetch(
            "SELECT seq, body FROM operation WHERE tablet_id = ? AND seq BETWEEN ? AND ?",
            (tablet, known[0]["seq"], known[-1]["seq"]),
        )
    )
    for raw in known:
        if stored.get(raw["seq"]) != body_of(raw):
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
