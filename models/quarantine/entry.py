"""Entries: facts as an organiser reads them: what, who, where, when, with which tablet and by whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from peewee import JOIN

from models.log.operation import REFUSED, Key, fetch_keys
from models.log.settlement import SET_ASIDE, Settlement
from models.market.booth import Booth, Operator
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.quarantine.naming import name_people


@dataclass
class Entry:
    """One fact, as far as it can be read. ``data`` is what counts: what a person corrected, else what came."""

    tablet: Tablet
    seq: int
    kind: str
    at: datetime | None
    received_at: datetime
    outcome: str
    reason: str
    body: str
    data: dict
    settlement: Settlement | None
    operator: str = ""
    names: list[str] = field(default_factory=list)
    pass_number: str = ""
    vacancy: str = ""
    title: str = ""

    @property
    def state(self) -> str:
        """``attention``, ``refused``, ``settled``, or ``applied``: nothing has to be decided about it.

        What was accepted or corrected and is refused all the same, a child's fact, waits again.
        """
        stands = self.settlement and (self.outcome != REFUSED or self.settlement.act == SET_ASIDE)
        return "settled" if stands else self.outcome

    @property
    def why(self) -> str:
        """What it is kept for; of a settled one, what it was kept for until then."""
        return (self.settlement.reason if self.state == "settled" else self.reason) or ""

    @property
    def booth(self) -> Booth | None:
        """The booth of its tablet; None for what a phone or an organiser recorded."""
        return self.tablet.booth if self.tablet.booth_id else None

    @property
    def stage(self) -> str:
        """The stage it names, if it can be read."""
        stage = self.data.get("stage")
        return stage if isinstance(stage, str) else ""

    @property
    def raw(self) -> str:
        """The operation as it came, to be read by a person."""
        return json.dumps(json.loads(self.body), ensure_ascii=False, indent=2)


def entries(market_day: MarketDay, keys: Iterable[Key]) -> list[Entry]:
    """Return these facts of a market day in their order, in a handful of queries however many there are."""
    keys = list(map(tuple, keys))
    settled = _settlements(keys)
    tablets = _tablets({tablet for tablet, _ in keys})
    rows = fetch_keys(
        "SELECT tablet_id, seq, kind, at_ms, received_ms, outcome, reason, body FROM operation"
        " WHERE tablet_id = ? AND seq IN (??)",
        keys,
    )
    found = {(row[0], row[1]): _entry(tablets[row[0]], row, settled.get((row[0], row[1]))) for row in rows}
    _name_operators(market_day, found.values())
    name_people(found.values())
    return [found[key] for key in keys]


def _settlements(keys: list[Key]) -> dict[Key, Settlement]:
    rows = fetch_keys(
        "SELECT tablet_id, seq, act, data, who, note, reason, at FROM settlement WHERE tablet_id = ? AND seq IN (??)",
        keys,
    )
    names = ("tablet", "seq", "act", "data", "who", "note", "reason")
    return {
        (row[0], row[1]): Settlement(**dict(zip(names, row, strict=False)), at=moment(row[-1])) for row in rows
    }


def _tablets(ids: set[int]) -> dict[int, Tablet]:
    rows = Tablet.select(Tablet, Booth).join(Booth, JOIN.LEFT_OUTER).where(Tablet.id.in_(ids))
    return {tablet.id: tablet for tablet in rows}


def _entry(tablet: Tablet, row: tuple, settlement: Settlement | None) -> Entry:
    _, seq, kind, at_ms, received_ms, outcome, reason, body = row
    data = json.loads(settlement.data) if settlement and settlement.data else json.loads(body).get("data")
    return Entry(
        tablet=tablet, seq=seq, kind=kind, at=moment(at_ms) if at_ms else None, received_at=moment(received_ms),
        outcome=outcome, reason=reason or "", body=body,
        data=data if isinstance(data, dict) else {}, settlement=settlement,
    )  # fmt: skip


def moment(at_ms: int) -> datetime:
    """Return milliseconds since 1970 as aware UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def _name_operators(market_day: MarketDay, found: Iterable[Entry]) -> None:
    """Let each entry know who was signed in; an organiser's own fact says who that was."""
    booths = Booth.select(Booth.id).where(Booth.market_day == market_day)
    names = {str(o.id): o.name for o in Operator.select(Operator.id, Operator.name).where(Operator.booth.in_(booths))}
    for entry in found:
        who = json.loads(entry.body).get("operator")
        if isinstance(who, int | str):
            entry.operator = names.get(str(who), str(who).removeprefix("organiser:"))
