"""Rounds: 7, 30 and 90 days after a market day the office asks how it went. Which is due, and when it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.vocabulary.follow_up import ENDS_ALL, ENDS_ROUND, ROUNDS

DUE, LATER, DONE = STATES = ("due", "later", "done")
KEPT_OPEN = 60  # days after the last round until nobody is asked any more


class Asked(NamedTuple):
    """An attempt as a round sees it: on which date, what it came to, and when to ask again."""

    on: date
    result: str
    next_on: date | None


class Round(NamedTuple):
    """Where the asking of one person about one market day stands: of the round ``days`` after it, next on ``on``."""

    days: int
    state: str
    on: date


def round_of(day: date, today: date, attempts: Sequence[Asked]) -> Round:
    """Return which round a person is in on a date, by the attempts in their order.

    The round that came last is the one to ask for; one that was missed is not made up for. An attempt before the
    first round counts for it. Who wants no calls, or cannot be reached by that number, is not asked again.
    """
    days = current(day, today)
    starts = day + timedelta(days)
    mine = [one for one in attempts if current(day, one.on) == days]
    if any(one.result in ENDS_ROUND for one in mine) or any(one.result in ENDS_ALL for one in attempts):
        return Round(days, DONE, starts)
    next_on = max(starts, mine[-1].next_on or starts) if mine else starts
    return Round(days, DUE if next_on <= today else LATER, next_on)


def current(day: date, on: date) -> int:
    """Return how many days after a market day the round is that a date belongs to."""
    return max((days for days in ROUNDS if day + timedelta(days) <= on), default=ROUNDS[0])
