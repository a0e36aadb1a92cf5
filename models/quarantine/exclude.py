"""Excluding: facts of a tablet, of the phones or of an operator are set aside from a moment on, or counted again."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from models.base.clock import milliseconds, utcnow
from models.base.database import fetch, writing
from models.derived.replay import replay
from models.log.exclusion import Exclusion, Rule, rules_of, time_of, with_rescued
from models.log.operation import RECORDED_MS, Key
from models.log.settlement import tell_of_settlements
from models.log.standing import restand
from models.market.audit import AuditEntry
from models.market.log import Log
from models.market.market_day import MarketDay

EXCLUDED, ENDED = "facts_excluded", "exclusion_ended"


@dataclass(frozen=True)
class Wanted:
    """What an organiser wants to set aside: the facts of a log or of an operator, from a moment to before another.

    Without ``start`` it is from the first, whatever time that one says.
    """

    log: Log | None
    operator: str | None
    start: datetime | None
    end: datetime | None = None

    def rule(self) -> Rule:
        """Return it as facts are asked about it."""
        first = 0 if self.start is None else milliseconds(self.start)
        until = None if self.end is None else milliseconds(self.end)
        logs = with_rescued(self.log.id) if self.log else None
        return Rule(0, logs, self.operator, first, until, 0, "", "")


def preview(day: MarketDay, wanted: Wanted) -> Counter[str]:
    """Return how many facts of each kind it would set aside, among those that are here."""
    return Counter(kind for _, kind in _covered(day, wanted.rule()))


def exclude(day: MarketDay, wanted: Wanted, who: str, note: str, at: datetime | None = None) -> int:
    """Set facts aside, those that are here and those to come, and derive what follows; return how many are here."""
    with writing():
        rule = wanted.rule()
        Exclusion.create(
            market_day=day, log=wanted.log, operator=wanted.operator, from_ms=rule.from_ms, until_ms=rule.until_ms,
            who=who, note=note, at=at or utcnow(),
        )  # fmt: skip
        keys = [key for key, _ in _covered(day, rule)]
        _follow(keys)
        _note(day, who, EXCLUDED, f"{_named(wanted.log, wanted.operator)}: {note}", len(keys))
    return len(keys)


def end_exclusion(exclusion: Exclusion, who: str, at: datetime | None = None) -> int:
    """Take an exclusion back: its facts are what they were. Return how many are here. A repeat changes nothing."""
    if exclusion.ended_at:
        return 0
    day = exclusion.market_day
    with writing():
        rule = next(rule for rule in rules_of(day.id) if rule.id == exclusion.id)
        exclusion.ended_by, exclusion.ended_at = who, at or utcnow()
        exclusion.save(only=[Exclusion.ended_by, Exclusion.ended_at])
        keys = [key for key, _ in _covered(day, rule)]
        _follow(keys)
        _note(day, who, ENDED, _named(exclusion.log, exclusion.operator), len(keys))
    return len(keys)


def exclusions_of(day: MarketDay) -> list[Exclusion]:
    """Return the exclusions of a market day, the latest first."""
    return list(Exclusion.select().where(Exclusion.market_day == day).order_by(Exclusion.id.desc()))


def _covered(day: MarketDay, rule: Rule) -> list[tuple[Key, str]]:
    """Return the stored operations that a rule sets aside, with their kinds."""
    if rule.logs is None:
        which, values = "SELECT id FROM log WHERE market_day_id = ?", [day.id]
    else:
        which, values = ",".join("?" * len(rule.logs)), sorted(rule.logs)
    columns = f"o.tablet_id, o.seq, o.kind, {RECORDED_MS}, o.effective_ms, o.body"
    rows = fetch(f"SELECT {columns} FROM operation AS o WHERE tablet_id IN ({which})", values)
    return [
        ((log, seq), kind)
        for log, seq, kind, at_ms, effective_ms, body in rows
        if rule.covers(log, json.loads(body).get("operator") if rule.operator else None, time_of(at_ms, effective_ms))
    ]


def _follow(keys: list[Key]) -> None:
    """Derive anew what follows from facts whose standing decision changed, and tell their booths."""
    if changed := restand(keys):
        replay(changed)
        tell_of_settlements(changed)


def _named(log: Log | None, operator: str | None) -> str:
    return f"log {log.letter}" if log else f"operator {operator}"


def _note(day: MarketDay, who: str, action: str, what: str, rows: int) -> None:
    what = f"market day {day.id}, {what}"
    AuditEntry.create(county=day.county_id, who=who, action=action, what=what, rows=rows)
