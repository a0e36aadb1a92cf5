"""Logs of the demo: what one tablet, or the phones together, would have sent that morning."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.demo.ids import uuid7


@dataclass
class Log:
    """One device's facts, added in any order and numbered by its clock when they are asked for."""

    opens_at: datetime
    draw: random.Random
    operators: list[int] = field(default_factory=list)
    entries: list[tuple[datetime, dict]] = field(default_factory=list)

    def at(self, minute: float) -> datetime:
        """Return the moment so many minutes after the market opened."""
        return self.opens_at + timedelta(milliseconds=round(minute * 60_000))

    def add(self, minute: float, kind: str, data: dict, uuid: str | None = None) -> str:
        """Add a fact and return its id."""
        at = self.at(minute)
        uuid = uuid or uuid7(at, self.draw)
        operator = self.draw.choice(self.operators) if self.operators else None
        raw = {"id": uuid, "kind": kind, "at": _written(at), "operator": operator, "data": data}
        self.entries.append((at, raw))
        return uuid

    def operations(self) -> list[dict]:
        """Return the facts in order of time, numbered from 1."""
        ordered = sorted(self.entries, key=lambda entry: entry[0])
        return [{"seq": seq, **raw} for seq, (_, raw) in enumerate(ordered, start=1)]


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
