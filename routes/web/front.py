"""The front: a request gets a thread only when it has arrived whole, and writers never take all threads.

The server (granian) reads connections without threads and calls ``Front`` as an ASGI application. The front waits for
bodies without threads too, then gives each whole request to the application, which is WSGI, in a thread. A slow sender
costs a connection, but no thread. Writers wait for one another, and all of them for another process that holds the
database's lock; they have threads of their own, so that readers wait for nobody. Reasons and figures:
docs/decisions/0024-whole-requests-before-a-thread.md.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from routes.web import settings
from routes.web.bodies import Gone, NoRoom, Room
from routes.web.environ import Answer, ask, brings_body, environ_of
from routes.web.refusals import REFUSED

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    from routes.web.bodies import Body, Receive

READERS, WRITERS = 3, 3  # threads
QUEUE = 12  # seconds for a thread to become free; with what it may wait in one, a tablet waits longer (30)
READS = {"GET", "HEAD", "OPTIONS"}


class Front:
    """An ASGI application before a WSGI one. ``patience``: seconds in which a body must be whole."""

    def __init__(self, application: "WSGIApplication", patience: float) -> None:
        self._application, self._patience = application, patience
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._writers = ThreadPoolExecutor(WRITERS, "writer")
        self._room = Room()

    async def __call__(self, scope: dict, receive: "Receive", send: Any) -> None:
        """Answer one request."""
        environ = environ_of(scope)
        with self._room.body() as body:
            try:
                if brings_body(environ):
                    await self._read(environ, body, receive)
            except Gone:
                return  # nobody is there who could be told
            environ["wsgi.input"] = BytesIO(body.content())
            answer = await self._answer(environ)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _read(self, environ: "WSGIEnvironment", body: "Body", receive: "Receive") -> None:
        """Wait for the body. The application says to the client why it is not waited for any longer."""
        try:
            async with asyncio.timeout(self._patience):
                await body.read(receive)
        except TimeoutError:
            environ[REFUSED] = 408
        except NoRoom:
            environ[REFUSED] = 503
        environ["CONTENT_LENGTH"] = str(body.arrived)

    async def _answer(self, environ: "WSGIEnvironment") -> Answer:
        """Return the application's answer; 503 when no thread became free for a writer in time."""
        if environ["REQUEST_METHOD"] in READS or REFUSED in environ:
            return await asyncio.wrap_future(self._readers.submit(ask, self._application, environ))
        asked = self._writers.submit(ask, self._application, environ)
        patience = asyncio.get_running_loop().call_later(QUEUE, asked.cancel)  # no effect once it has a thread
        try:
            return await asyncio.wrap_future(asked)
        except asyncio.CancelledError:
            environ[REFUSED] = 503
            return await self._answer(environ)
        finally:
            patience.cancel()


def create() -> Front:
    """Return the front of the application, for a worker process of the server."""
    patience = settings.from_environment()["BODY_SECONDS"]
    return Front(resolve_name("app:create_app")(), float(str(patience)))
