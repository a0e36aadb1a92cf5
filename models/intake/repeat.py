"""Twins: one fact in two logs of a market day, as a device sends it again that was enrolled anew.

Whatever a person decided about one of them is decided about all, whichever came first.
"""

import json

from models.base.database import fetch, fetch_in, insert_many
from models.derived import nouns
from models.log.exclusion import rules_of, time_of
from models.log.fact import Fact, Stored, read_again
from models.log.operation import Key
from models.log.settlement import SET_ASIDE, tell_of_settlements
from models.log.standing import Asked, stand
from models.market.log import Log

SETTLED = "act, data, who, at, note, reason, happened_ms"


def twins_of(key: Key) -> list[Key]:
    """Return the operations that say the same as this one under the same id, itself among them."""
    ((day, uuid, body),) = fetch("SELECT market_day_id, uuid, body FROM operation WHERE tablet_id = ? AND seq = ?", key)
    if uuid is None:
        return [key]
    return fetch(  # through the day's logs: operations have no index by id, which every batch would pay for
        "SELECT tablet_id, seq FROM operation WHERE tablet_id IN (SELECT id FROM log WHERE market_day_id = ?)"
        " AND uuid = ? AND body = ? ORDER BY tablet_id, seq",
        (day, uuid, body),
    )


def settle_twins(log: Log, facts: list[Fact], now_ms: int) -> list[Fact]:
    """Return a log's new facts as their twins were settled, and note that they are. Inside ``writing()``."""
    settled = _settled_twins(log, facts)
    twins = [fact for fact in facts if fact.body in settled]
    insert_many(
        "settlement", f"tablet_id, seq, market_day_id, uuid, {SETTLED}",
        [(log.id, fact.seq, log.market_day_id, *settled[fact.body]) for fact in twins],
    )
    tell_of_settlements([(log.id, fact.seq) for fact in twins])
    return [_settled(log, fact, settled[fact.body], now_ms) if fact.body in settled else fact for fact in facts]


def _settled_twins(log: Log, facts: list[Fact]) -> dict[str, list]:
    """Return what was decided about facts that say the same, by body. Exclusions decide about no twin."""
    columns = ", ".join("s." + name for name in SETTLED.split(", "))
    found: dict[str, list] = {}
    for decided, only in (("settlement", " AND s.exclusion_id IS NULL"), ("overruled", "")):
        rows = fetch_in(
            f"SELECT o.body, s.uuid, {columns} FROM {decided} AS s"
            " JOIN operation AS o ON o.tablet_id = s.tablet_id AND o.seq = s.seq"
            f" WHERE s.market_day_id = ?{only} AND s.uuid IN (??)",
            {fact.uuid for fact in facts if fact.uuid},
            log.market_day_id,
        )
        found |= {body: row for body, *row in rows}
    return found


def exclude_new(log: Log, facts: list[Fact], now_ms: int) -> list[Fact]:
    """Return a log's new facts with those set aside that a standing exclusion covers. Inside ``writing()``."""
    rules = rules_of(log.market_day_id)
    if not rules:
        return facts
    asked = [
        Asked((log.id, f.seq), log.market_day_id, f.uuid, f.reason, json.loads(f.body).get("operator"),
              time_of(f.own_ms, f.effective_ms))
        for f in facts
    ]  # fmt: skip
    excluded = stand(asked, {log.market_day_id: rules})
    tell_of_settlements(excluded)
    aside = [None, SET_ASIDE, None]
    return [_settled(log, fact, aside, now_ms) if (log.id, fact.seq) in excluded else fact for fact in facts]


def _settled(log: Log, fact: Fact, settlement: list, now_ms: int) -> Fact:
    _, act, data, *rest = settlement
    times = (fact.own_ms, fact.effective_ms, now_ms)
    happened_ms = rest[-1] if rest else None
    stored = Stored(log.id, fact.seq, fact.body, *times, act, data, happened_ms, fact.forgotten)
    return read_again(stored, log.market_day.date, nouns.kinds())
