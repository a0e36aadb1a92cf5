"""The life of a market day: in which state it is, which moves lead on from there, and who makes them.

A state is read from what was noted: when the day was published, cancelled or postponed, which version of its figures
was closed, which version was signed, and the clock. So no state can contradict those facts.
"""

from datetime import datetime
from typing import NamedTuple

from models.base.clock import milliseconds, utcnow
from models.market.audit import AuditEntry
from models.market.market_day import MarketDay
from models.market.signing import versions_of

DRAFT, PUBLISHED, POSTPONED, OPEN, CLOSED, SIGNED, CANCELLED = STATES = (
    "draft", "published", "postponed", "open", "closed", "signed", "cancelled",
)  # fmt: skip
ORGANISER, CLOCK = "organiser", "clock"  # who makes a move: somebody who may change the day, or the hour


class Move(NamedTuple):
    """A move: the states from which it is possible, the one that it leads to (None: the one before), who makes it."""

    starts: tuple[str, ...]
    end: str | None
    by: str = ORGANISER


MOVES = {
    "publish": Move((DRAFT,), PUBLISHED),
    "withdraw": Move((PUBLISHED,), DRAFT),  # while nothing was recorded
    "open": Move((PUBLISHED, POSTPONED), OPEN, CLOCK),
    "postpone": Move((PUBLISHED, POSTPONED, OPEN, CANCELLED), POSTPONED),  # while no tablet recorded anything
    "cancel": Move((DRAFT, PUBLISHED, POSTPONED, OPEN, CLOSED, CANCELLED), CANCELLED),  # again: another reason
    "hold": Move((CANCELLED,), None),
    "close": Move((OPEN, CLOSED, SIGNED), CLOSED),  # again: the next version
    "sign": Move((CLOSED,), SIGNED),
    "unsign": Move((SIGNED,), CLOSED),
}


class NotPossible(Exception):
    """A move does not lead on from the state in which a market day is."""

    def __init__(self, move: str, state: str) -> None:
        super().__init__(f"{move}: not of a day that is {state}")
        self.move, self.state = move, state


def state_of(day: MarketDay, now: datetime | None = None) -> str:
    """Return the state of a market day. One statement."""
    return states_of([day], now)[day.id]


def states_of(days: list[MarketDay], now: datetime | None = None) -> dict[int, str]:
    """Return the state of each market day by its id, in one statement however many there are."""
    versions = versions_of([day.id for day in days])
    return {day.id: _state(day, *versions.get(day.id, (0, False)), now or utcnow()) for day in days}


def moves_from(state: str) -> tuple[str, ...]:
    """Return the moves that an organiser can make from a state."""
    return tuple(name for name, move in MOVES.items() if state in move.starts and move.by == ORGANISER)


def require(day: MarketDay, move: str, now: datetime | None = None) -> str:
    """Return the state of a market day if it allows a move. Raises NotPossible."""
    state = state_of(day, now)
    if state not in MOVES[move].starts:
        raise NotPossible(move, state)
    return state


def note(day: MarketDay, who: str, action: str, more: str = "") -> None:
    """Write a move into the audit log."""
    AuditEntry.create(county=day.county_id, who=who, action=action, what=f"market day {day.id}{more}")


def _state(day: MarketDay, version: int, is_signed: bool, now: datetime) -> str:
    if day.is_cancelled:
        return CANCELLED
    if version:
        return SIGNED if is_signed else CLOSED
    if day.is_draft:
        return DRAFT
    if milliseconds(now) >= day.hours_ms()[0]:
        return OPEN
    return POSTPONED if day.postponed_from else PUBLISHED
