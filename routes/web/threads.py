"""Threads: they answer whole requests; those that may write never take all of them.

Writers wait for one another, and all of them for another process that holds the database's lock. Some threads stay
free for readers, who wait for nobody. Writers beyond their share wait without a thread.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from io import BytesIO
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from routes.web.refusals import REFUSED, Absent, NotArrived

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

WRITERS, READERS = 3, 2  # threads
QUEUE = 12  # seconds that a writer waits for a thread; with what it may wait in one, a tablet waits longer (30)
SAFE = {"GET", "HEAD", "OPTIONS"}
log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """A whole answer: status, ASGI's headers and the body."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


Call = Callable[["WSGIEnvironment"], Answer | None]
Work = tuple[Call, "WSGIEnvironment", asyncio.AbstractEventLoop, "asyncio.Future[Answer | None]"]


class Threads:
    """The threads of one process, and the application in them."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._writers = asyncio.Semaphore(WRITERS)
        self._whole: SimpleQueue[Work] = SimpleQueue()
        for number in range(WRITERS + READERS):
            Thread(target=self._work, name=f"answer-{number}", daemon=True).start()

    async def ask(self, environ: "WSGIEnvironment", body: bytes) -> Answer:
        """Return the application's answer to a request with its whole body; 503 when no thread became free in time."""
        if environ["REQUEST_METHOD"] in SAFE:
            return await self._run(self._call, environ | {"wsgi.input": BytesIO(body)})
        try:
            await self._take_turn()
        except TimeoutError:
            return await self.refuse(environ, 503)
        try:
            return await self._run(self._call, environ | {"wsgi.input": BytesIO(body)})
        finally:
            self._writers.release()

    async def ask_without_body(self, environ: "WSGIEnvironment", is_too_large: bool) -> Answer | None:
        """Return the answer, or None when the application cannot answer without a look at the body."""
        async with self._writers:
            return await self._run(self._try, environ | {"wsgi.input": Absent(is_too_large)})

    async def refuse(self, environ: "WSGIEnvironment", status: int) -> Answer:
        """Return the application's page, or JSON, about a request that is not taken."""
        environ = environ | {"wsgi.input": BytesIO(), REFUSED: status}
        return await self._run(self._call, environ)

    async def _take_turn(self) -> None:
        """Wait until one writer more may have a thread. Raises TimeoutError."""
        if self._writers.locked():
            async with asyncio.timeout(QUEUE):
                await self._writers.acquire()
        else:
            await self._writers.acquire()  # at once, and without a timer

    async def _run(self, call: Call, environ: "WSGIEnvironment") -> Any:
        loop = asyncio.get_running_loop()
        answered = loop.create_future()
        self._whole.put((call, environ, loop, answered))
        return await answered

    def _work(self) -> None:
        """Answer one request after another. Futures of concurrent.futures would take twice as long as this."""
        while True:
            call, environ, loop, answered = self._whole.get()
            answer = call(environ)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server ends
                loop.call_soon_threadsafe(_tell, answered, answer)

    def _try(self, environ: "WSGIEnvironment") -> Answer | None:
        try:
            return self._call(environ)
        except NotArrived:
            return None

    def _call(self, environ: "WSGIEnvironment") -> Answer:
        """Call the application as PEP 3333 says. What it raises is logged and is a 500 without a body."""
        begun: list[Answer] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable:
            fields = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            begun[:] = [Answer(int(status[:3]), fields, b"")]
            return refuse_to_write

        try:
            parts = self._application(environ, start_response)
            try:
                body = b"".join(parts)
            finally:
                getattr(parts, "close", lambda: None)()
        except Exception:
            log.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return Answer(500, [], b"")
        return begun[0]._replace(body=body)


def _tell(answered: "asyncio.Future[Answer | None]", answer: Answer | None) -> None:
    if not answered.done():  # nobody waits any more: the connection was closed
        answered.set_result(answer)


def refuse_to_write(data: bytes) -> None:
    """Raise NotImplementedError: ``write()`` of PEP 3333 is for applications older than it."""
    raise NotImplementedError("write()")
