"""The actor: who changes the set-up during a request or a command, named in the entries of the audit log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Actor:
    """Who acts during a request or a command, asked when something changes; and why, where a reason was given."""

    def __init__(self, who: Callable[[], str]) -> None:
        self.who = who
        self.why = ""
        self.counties: dict[tuple[str, Any], int | None] = {}


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current() -> Actor | None:
    """Return who acts, or None where nothing is noted."""
    return _actor.get()


def act_as(who: Callable[[], str] | None) -> None:
    """Say who acts from now on in this context; None: nothing is noted."""
    _actor.set(Actor(who) if who else None)


@contextmanager
def acting(who: Callable[[], str] | None) -> Iterator[None]:
    """Say who acts inside this block; None: nothing is noted."""
    token = _actor.set(Actor(who) if who else None)
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def because(why: str) -> Iterator[None]:
    """Put a reason beside everything that is noted inside this block."""
    if (actor := current()) is None:
        yield
        return
    before, actor.why = actor.why, why
    try:
        yield
    finally:
        actor.why = before
