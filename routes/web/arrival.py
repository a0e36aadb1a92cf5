"""Arrival: the body of a request while it arrives, without a thread, within a deadline and a share of memory.

A body has ``patience`` seconds and one second more for every ``SLOWEST`` bytes that arrived: a batch over the slowest
mobile network gets through, a byte every ten seconds does not.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LARGEST = 4 * 1024 * 1024  # bytes: no route takes more (MAX_CONTENT_LENGTH)
MOST_DRAINED = 32 * 1024 * 1024  # bytes; beyond that the connection is broken
SLOWEST = 500  # bytes a second
SMALL = 16 * 1024  # bytes: forms of phones, which are held without a share
SHARED = 64 * 1024 * 1024  # bytes that all larger bodies may hold at once, in one process


class Gone(Exception):
    """The client closed the connection before its body was whole."""


class Refused(Exception):
    """The body is not waited for any longer: ``status`` 408 it is too slow, 503 too many bodies are held."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Held:
    """How many bytes of bodies larger than ``SMALL`` the process holds."""

    def __init__(self) -> None:
        self._bytes = 0

    def take(self, size: int) -> None:
        """Hold ``size`` bytes more. Raises Refused when that is more than ``SHARED``."""
        if self._bytes + size > SHARED:
            raise Refused(503)
        self._bytes += size

    def give_back(self, size: int) -> None:
        """Hold ``size`` bytes less."""
        self._bytes -= size


class Arrival:
    """The body of one request. ``receive`` is ASGI's."""

    def __init__(self, environ: "WSGIEnvironment", receive: Receive, held: Held, patience: float) -> None:
        self._receive, self._held, self._patience = receive, held, patience
        self._began = asyncio.get_running_loop().time()
        self._declared = int(environ.get("CONTENT_LENGTH") or 0)
        self._pieces: list[bytes] = []
        self._arrived = self._share = 0
        self._is_whole = self._drops = False
        self._reading: asyncio.Future[None] | None = None
        self.is_too_large = self._declared > LARGEST

    async def is_whole_within(self, seconds: float) -> bool:
        """Wait so long for the body, and say whether it came. One that is too large is not waited for.

        Raises Refused when too many bytes are held, and Gone.
        """
        if not self.is_too_large:
            await self._read_until(self._began + seconds)
        return self._is_whole and not self.is_too_large

    async def wait(self) -> None:
        """Wait for the rest. Raises Refused when it is too slow, too large or too many bytes are held, and Gone."""
        if await self._read_to_its_deadline():
            raise Refused(408)
        if self.is_too_large:
            raise Refused(413)

    async def drain(self) -> None:
        """Read and drop the rest: a client that is still sending does not read the answer.

        A server that answers and closes breaks the connection, so a tablet would see a failing network instead of 413
        or 401, and would send the same again. Raises Gone.
        """
        if not self._is_whole:
            self._drops = True
            self.release()
            await self._read_to_its_deadline()

    def body(self) -> bytes:
        """Return what arrived."""
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)

    def release(self) -> None:
        """Give back what is held."""
        self._held.give_back(self._share)
        self._share = 0
        self._pieces.clear()

    def stop(self) -> None:
        """Read no further, once the request is answered."""
        self.release()
        if self._reading:
            self._reading.cancel()

    async def _read_to_its_deadline(self) -> bool:
        """Read on; say whether it took too long. Each piece puts the deadline off. Raises Refused and Gone."""
        while not await self._read_until(deadline := self._deadline()):
            if self._deadline() <= deadline:
                return True
        return False

    def _deadline(self) -> float:
        return self._began + self._patience + self._arrived / SLOWEST

    async def _read_until(self, until: float) -> bool:
        """Read on until then; say whether there is nothing more to read. Raises Refused and Gone.

        The server loses a piece whose wait is cancelled, so the reading goes on from one call to the next.
        """
        if self._reading is None or (self._drops and self._reading.done()):
            self._reading = asyncio.ensure_future(self._read())
        await asyncio.wait({self._reading}, timeout=max(0, until - asyncio.get_running_loop().time()))
        if self._reading.done():
            self._reading.result()
        return self._reading.done()

    async def _read(self) -> None:
        while not self._is_whole and (self._arrived < MOST_DRAINED if self._drops else not self.is_too_large):
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Gone
            self._take(message.get("body", b""))
            self._is_whole = not message.get("more_body") or 0 < self._declared <= self._arrived

    def _take(self, piece: bytes) -> None:
        self._arrived += len(piece)
        if self._drops:
            return
        self._pieces.append(piece)
        self.is_too_large = self._arrived > LARGEST
        if self._arrived > SMALL:
            self._held.take(self._arrived - self._share)
            self._share = self._arrived
