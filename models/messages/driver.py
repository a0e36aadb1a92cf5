"""Drivers: what sends a message. One interface; a file and a gateway implement it.

``send`` returns what surely became of the message. It raises NotTaken when the message surely did not leave here, and
Unclear when nobody knows: then it is asked for by its id, where the driver can, and never sent a second time.
"""

from typing import NamedTuple, Protocol

SENT, FAILED = "sent", "failed"


class NotTaken(Exception):
    """The message did not leave here, and neither would others: what sends is away, refuses our key, or is full."""


class Unclear(Exception):
    """Nobody knows whether the message was taken: no answer came, or one that says nothing."""


class Outcome(NamedTuple):
    """What became of a message: ``state`` is SENT or FAILED, ``reason`` why it failed, ``number`` the gateway's own."""

    state: str
    reason: str = ""
    number: str = ""


class Driver(Protocol):
    """What sends messages. ``name`` says where to, for the office's page; ``patience``: seconds that one may take."""

    name: str
    patience: float

    def send(self, id: str, number: str, text: str) -> Outcome:
        """Send a text to a number, under an id that names this message for ever. Raises NotTaken and Unclear."""

    def ask(self, id: str) -> Outcome | None:
        """Return what became of a message, or None: it never came. Raises Unclear: nobody can say, or not yet."""
