"""Exclusions: an organiser sets aside all facts of a log or of an operator from a moment on, and may take that back.

An exclusion is a source, like an operation: which facts it sets aside follows from it and from them alone, so facts
that arrive later are set aside as if they had been there. An organiser's decision about one fact that is younger than
the exclusion stands over it.
"""

from datetime import datetime
from typing import NamedTuple

from peewee import AutoField, BigIntegerField, CharField, ForeignKeyField, TextField

from models.base.clock import from_milliseconds, utcnow
from models.base.database import BaseModel, InstantField, fetch
from models.log.operation import Key
from models.market.log import Log
from models.market.market_day import MarketDay


class Exclusion(BaseModel):
    """All facts of ``log``, or that ``operator`` recorded on the market day, from ``from_ms`` to before ``until_ms``.

    ``from_ms`` is 0 for all of them. With a log goes what was rescued from it. One that was taken back (``ended_at``)
    sets nothing aside any more.
    """

    id: "AutoField[int]"
    market_day_id: int
    log_id: int | None
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    log = ForeignKeyField(Log, null=True, on_delete="CASCADE")
    operator = CharField(max_length=64, null=True)  # as facts name them
    from_ms = BigIntegerField()
    until_ms = BigIntegerField(null=True)
    who = CharField()
    at = InstantField(default=utcnow)
    note = TextField()
    ended_by = CharField(null=True)
    ended_at = InstantField(null=True)

    @property
    def starts_at(self) -> datetime | None:
        """The moment from which facts are set aside; None: from the first."""
        return from_milliseconds(self.from_ms) if self.from_ms else None

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which they are not any more; None: for good."""
        return None if self.until_ms is None else from_milliseconds(self.until_ms)


class Rule(NamedTuple):
    """A standing exclusion as facts are asked about it. ``logs`` is None for that of an operator."""

    id: int
    logs: frozenset[int] | None
    operator: str | None
    from_ms: int
    until_ms: int | None
    at_ms: int
    who: str
    note: str

    def covers(self, log: int, operator: object, at_ms: int) -> bool:
        """Say whether it sets a fact aside: of this log, by this operator (as it came), at this time."""
        is_theirs = str(operator) == self.operator if self.logs is None else log in self.logs
        return is_theirs and self.from_ms <= at_ms and (self.until_ms is None or at_ms < self.until_ms)


def rules_of(market_day: int) -> list[Rule]:
    """Return the standing exclusions of a market day, the latest first. One statement where there are none."""
    rows = fetch(
        "SELECT id, log_id, operator, from_ms, until_ms, at, who, note FROM exclusion"
        " WHERE market_day_id = ? AND ended_at IS NULL ORDER BY at DESC, id DESC",
        (market_day,),
    )
    return [Rule(id, None if log is None else with_rescued(log), *more) for id, log, *more in rows]


def time_of(at_ms: int, effective_ms: int) -> int:
    """Return the time by which exclusions know a fact: its own, or where its log stood when that cannot be read."""
    return at_ms or effective_ms


def with_rescued(log: int) -> frozenset[int]:
    """Return a log and what was rescued from it."""
    return frozenset({log, *(id for (id,) in fetch("SELECT id FROM log WHERE rescued_from = ?", (log,)))})


def first_covering(rules: list[Rule], key: Key, operator: object, at_ms: int) -> Rule | None:
    """Return the latest of these exclusions that sets a fact aside."""
    return next((rule for rule in rules if rule.covers(key[0], operator, at_ms)), None)
