"""Quiet hours: when nobody is sent a message, by the clock of the market's zone."""

from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo


class QuietHours(NamedTuple):
    """From one time of day until another, over midnight where the first is later. Equal times: never."""

    begins: time
    ends: time

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """Read ``21:00-08:00``. Raises ValueError."""
        begins, dash, ends = text.partition("-")
        if not dash:
            raise ValueError(f"quiet hours are written like 21:00-08:00, not {text!r}")
        return cls(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))

    def hold(self, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether it is quiet at an aware moment in a zone."""
        local = now.astimezone(zone).time()
        if self.begins <= self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"
