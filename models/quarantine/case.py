"""Cases: a fact before a person who is to settle it, and what they may decide."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from models.base.database import fetch
from models.base.legible import read_legible
from models.derived import nouns
from models.derived.reach import is_foreign
from models.log.fact import Fact, Stored, read_again
from models.log.kind import Kind
from models.log.operation import RECORDED_MS, Key
from models.log.settlement import ACCEPTED, CORRECTED, SET_ASIDE
from models.market.audit import AuditEntry
from models.market.log import Log
from models.market.market_day import MarketDay
from models.quarantine.decide import AUDITED, audited, settle


class NotAllowed(Exception):
    """This fact cannot be settled that way. ``reason`` as for an operation: ``under_16``, ``malformed: name`` …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Case:
    """A fact before a person who is to settle it, as it came."""

    log: Log
    stored: Stored

    @classmethod
    def find(cls, market_day: MarketDay, tablet: int, seq: int) -> "Case | None":
        """Return a fact of a market day, or None."""
        log = Log.get_or_none(id=tablet, market_day=market_day)
        if log is None:
            return None
        rows = fetch(
            f"SELECT o.tablet_id, o.seq, o.body, {RECORDED_MS}, o.effective_ms, o.received_ms FROM operation AS o"
            " WHERE o.tablet_id = ? AND o.seq = ?",
            (tablet, seq),
        )
        return cls(log, Stored(*rows[0])) if rows else None

    @property
    def key(self) -> Key:
        """What the operation is known by."""
        return self.stored.tablet, self.stored.seq

    @cached_property
    def fact(self) -> Fact:
        """The fact as it came, whatever anybody decided about it."""
        return read_again(self.stored, self.log.market_day.date, nouns.kinds())

    @cached_property
    def data(self) -> dict:
        """What the fact says, as far as it says anything."""
        data = read_legible(self.stored.body).get("data")
        return data if isinstance(data, dict) else {}

    @cached_property
    def is_about_a_child(self) -> bool:
        """Say whether it is about somebody whose registration was refused for being under 16: then it never counts."""
        return not self.fact.refusal and _is_child(self.fact.subject)

    @cached_property
    def is_foreign(self) -> bool:
        """Say whether it reaches into another county: then it is only set aside, or corrected."""
        return not self.fact.refusal and is_foreign(self.fact, self.log)

    @property
    def kind(self) -> type[Kind] | None:
        """What its data may hold; None of kinds that are kept as they are."""
        kind = nouns.kinds().get(self.fact.kind)
        return None if kind is None or kind.is_open else kind

    @property
    def acts(self) -> tuple[str, ...]:
        """What a person may decide: refused facts are never accepted as they are."""
        if self.is_about_a_child:
            return (SET_ASIDE,)
        # Nobody can consent for another, so a consent that names no person is only set aside.
        names_nobody = self.fact.kind.startswith("consent.") and self.fact.refusal == "malformed: candidate"
        can_be_corrected = self.kind is not None and not names_nobody
        return tuple(
            act
            for act, possible in (
                (ACCEPTED, not (self.fact.refusal or self.is_foreign)),
                (CORRECTED, can_be_corrected), (SET_ASIDE, True),
            )
            if possible
        )  # fmt: skip

    def history(self) -> list[tuple[datetime, str, str, str]]:
        """Return ``(when, who, act or "put back", note)`` of every decision about it, the first one first."""
        about = audited(self.log, self.stored.seq)
        county = self.log.market_day.county_id
        rows = AuditEntry.select().where(
            AuditEntry.county == county, AuditEntry.action == AUDITED, AuditEntry.what.startswith(about)
        )
        said = [(row.at, row.who, row.what[len(about) :].partition(": ")) for row in rows.order_by(AuditEntry.id)]
        return [(at, who, act, note) for at, who, (act, _, note) in said]

    def decide(
        self, act: str, who: str, data: dict | None = None, note: str = "", happened: datetime | None = None
    ) -> None:
        """Settle the fact; ``happened`` is the corrected time, if that was wrong.

        Raises NotAllowed when it may not be settled so, or the corrected data cannot be taken.
        """
        if act not in self.acts:
            raise NotAllowed(self.fact.refusal or "not_permitted")
        if act == CORRECTED:
            self._require_good(data or {})
        settle(self.key, act, who, data if act == CORRECTED else None, note, happened=happened)

    def _require_good(self, data: dict) -> None:
        if self.fact.refusal == "under_16" and data | {"birth_year": None} != self.data | {"birth_year": None}:
            raise NotAllowed("under_16")
        if self.fact.kind.startswith("consent.") and data.get("candidate") != self.data.get("candidate"):
            raise NotAllowed("malformed: candidate")  # nobody can consent for another
        corrected = self.stored._replace(act=CORRECTED, data=json.dumps(data))
        fact = read_again(corrected, self.log.market_day.date, nouns.kinds())
        if fact.refusal:
            raise NotAllowed(fact.refusal)
        if fact.kind != "candidate.registered" and _is_child(fact.subject):
            raise NotAllowed("under_16")


def _is_child(candidate: str | None) -> bool:
    sql = "SELECT 1 FROM operation WHERE subject = ? AND kind = 'candidate.registered' AND reason = 'under_16' LIMIT 1"
    return bool(candidate and fetch(sql, (candidate,)))
