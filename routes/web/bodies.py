"""Bodies: what a request brings, read whole before it gets a thread; those of one process share a room."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]

LARGEST = 4 * 1024 * 1024  # bytes: no route takes more (MAX_CONTENT_LENGTH)
MOST_DRAINED = 32 * 1024 * 1024  # bytes; beyond that the connection is broken
SMALL = 16 * 1024  # bytes: a form, or a tablet's usual batch, finds room always
SHARED = 128 * 1024 * 1024  # bytes that all larger bodies may take at once


class Gone(Exception):
    """The client closed the connection before its body was whole."""


class NoRoom(Exception):
    """The process holds as many bytes of bodies as it may."""


class Room:
    """How many bytes of larger bodies one process holds."""

    def __init__(self) -> None:
        self._taken = 0

    @contextmanager
    def body(self) -> Iterator["Body"]:
        """Return a body that may take bytes of this room until the block ends."""
        body = Body(self)
        try:
            yield body
        finally:
            self._taken -= body.taken

    def take(self, size: int) -> int:
        """Take so many bytes more and return them. Raises NoRoom."""
        if self._taken + size > SHARED:
            raise NoRoom
        self._taken += size
        return size


class Body:
    """One body. ``arrived``: its bytes so far, also those that were dropped because it is larger than LARGEST."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pieces: list[bytes] = []
        self.arrived = self.taken = 0

    async def read(self, receive: Receive) -> None:
        """Read to the end. ``receive``: ASGI's. Raises Gone and NoRoom.

        A body that is too large is read all the same: a client that is still sending does not read the answer, so a
        tablet would see a failing network instead of 413 or 401, and would send the same again.
        """
        more = True
        while more and self.arrived < MOST_DRAINED:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            self._take(message.get("body", b""))
            more = message.get("more_body", False)

    def content(self) -> bytes:
        """Return what arrived; nothing of a body that is too large."""
        return b"".join(self._pieces)

    def _take(self, piece: bytes) -> None:
        self.arrived += len(piece)
        if self.arrived > LARGEST:
            self._pieces.clear()
            return
        self._pieces.append(piece)
        if self.arrived > SMALL:
            self.taken += self._room.take(self.arrived - self.taken)
