"""Standing decisions: of an organiser's decision about one fact and the exclusions that cover it, the youngest stands.

What stands is a row of ``settlement``. A decision about one fact over which an exclusion stands is kept in
``overruled``, and stands again when the exclusion is taken back.
"""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from models.base.database import BaseModel, InstantField, execute_many, insert_many
from models.log.exclusion import Rule, first_covering, rules_of, time_of
from models.log.operation import RECORDED_MS, Key, fetch_keys
from models.log.settlement import SET_ASIDE
from models.market.log import Log
from models.market.market_day import MarketDay

OWN = "market_day_id, uuid, act, data, who, at, note, reason, happened_ms"  # columns of a decision about one fact


class Overruled(BaseModel):
    """A decision about one operation over which an exclusion stands. Columns as of ``Settlement``."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    uuid = CharField(max_length=36, null=True)
    act = CharField(max_length=16)
    data = TextField(null=True)
    who = CharField()
    at = InstantField()
    note = TextField(default="")
    reason = CharField(max_length=64, null=True)
    happened_ms = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")
        indexes = ((("market_day", "uuid"), False),)


class Own(NamedTuple):
    """A decision about one fact, as a row."""

    market_day: int
    uuid: str | None
    act: str
    data: str | None
    who: str
    at_ms: int
    note: str
    reason: str | None
    happened_ms: int | None


class Asked(NamedTuple):
    """A fact as exclusions are asked about it, whether it is stored already or about to be."""

    key: Key
    market_day: int
    uuid: str | None
    reason: str | None
    operator: object
    at_ms: int


def restand(keys: Iterable[Key]) -> set[Key]:
    """Work out anew what stands about these operations, and return those that are set aside or are no more.

    Call it inside ``writing()``, and replay what it returns.
    """
    asked = [_asked(*row) for row in fetch_keys(_FACTS, keys)]
    rules = {day: rules_of(day) for day in {fact.market_day for fact in asked}}
    before = _excluded(fact.key for fact in asked)
    covered = stand(asked, rules)
    return before ^ covered


def stand(asked: Collection[Asked], rules: dict[int, list[Rule]]) -> set[Key]:
    """Write what stands about these facts, by market day's exclusions; return those that are set aside by one."""
    keys = [fact.key for fact in asked]
    own, reasons = _own(keys), dict(_reasons(keys))
    standing: list[tuple] = []
    overruled: list[tuple] = []
    for fact in asked:
        rule = first_covering(rules[fact.market_day], fact.key, fact.operator, fact.at_ms)
        mine = own.get(fact.key)
        if rule and (mine is None or mine.at_ms < rule.at_ms):
            why = reasons.get(fact.key, None if fact.reason == SET_ASIDE else fact.reason)
            by_rule = Own(fact.market_day, fact.uuid, SET_ASIDE, None, rule.who, rule.at_ms, rule.note, why, None)
            standing.append((*fact.key, *by_rule, rule.id))
            overruled += [(*fact.key, *mine)] if mine else []
        elif mine:
            standing.append((*fact.key, *mine, None))
    _write(keys, standing, overruled)
    return {(row[0], row[1]) for row in standing if row[-1] is not None}


_FACTS = (
    f"SELECT o.tablet_id, o.seq, o.market_day_id, o.uuid, o.reason, {RECORDED_MS}, o.effective_ms, o.body"
    " FROM operation AS o WHERE tablet_id = ? AND seq IN (??)"
)


def _asked(
    log: int, seq: int, day: int, uuid: str | None, reason: str | None, at_ms: int, effective_ms: int, body: str
) -> Asked:
    return Asked((log, seq), day, uuid, reason, json.loads(body).get("operator"), time_of(at_ms, effective_ms))


def _own(keys: Collection[Key]) -> dict[Key, Own]:
    """Return the decisions about single facts, whether they stand or not."""
    where = "WHERE tablet_id = ? AND seq IN (??)"
    rows = fetch_keys(f"SELECT tablet_id, seq, {OWN} FROM settlement {where} AND exclusion_id IS NULL", keys)
    rows += fetch_keys(f"SELECT tablet_id, seq, {OWN} FROM overruled {where}", keys)
    return {(log, seq): Own(*own) for log, seq, *own in rows}


def _reasons(keys: Collection[Key]) -> list[tuple[Key, str | None]]:
    """Return what facts were kept for when an exclusion set them aside."""
    where = "WHERE tablet_id = ? AND seq IN (??) AND exclusion_id IS NOT NULL"
    rows = fetch_keys(f"SELECT tablet_id, seq, reason FROM settlement {where}", keys)
    return [((log, seq), reason) for log, seq, reason in rows]


def _excluded(keys: Iterable[Key]) -> set[Key]:
    return {key for key, _ in _reasons(list(keys))}


def _write(keys: Collection[Key], standing: list[tuple], overruled: list[tuple]) -> None:
    for table in ("settlement", "overruled"):
        execute_many(f"DELETE FROM {table} WHERE tablet_id = ? AND seq = ?", keys)
    insert_many("settlement", f"tablet_id, seq, {OWN}, exclusion_id", standing)
    insert_many("overruled", f"tablet_id, seq, {OWN}", overruled)
