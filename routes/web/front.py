"""The front: a request gets a thread only when it has arrived whole.

The server (granian) reads connections without threads and calls ``Front`` as an ASGI application. The front waits for
bodies without threads too, then gives each whole request to the application, which is WSGI, in a thread. A slow sender
costs a connection, but no thread. Reasons and figures: docs/decisions/0024-whole-requests-before-a-thread.md.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

from routes.web import settings
from routes.web.arrival import Arrival, Gone, Held, Refused
from routes.web.environ import brings_body, environ_of
from routes.web.threads import Answer, Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

    from routes.web.arrival import Receive, Send

SOON = 0.2  # seconds: the application is first asked without a body that takes longer


class Front:
    """An ASGI application before a WSGI one. ``patience``: seconds that a body may be late (``arrival.py``)."""

    def __init__(self, application: "WSGIApplication", patience: float) -> None:
        self._patience = patience
        self._threads = Threads(application)
        self._held = Held()

    async def __call__(self, scope: dict, receive: "Receive", send: "Send") -> None:
        """Answer one request."""
        environ = environ_of(scope)
        if not brings_body(environ):
            return await _send(send, await self._threads.ask(environ, b""))
        arrival = Arrival(environ, receive, self._held, self._patience)
        try:
            await _send(send, await self._answer(environ, arrival))
            await arrival.drain()
        except Gone:
            return  # nobody is there who could be told
        finally:
            arrival.stop()

    async def _answer(self, environ: "WSGIEnvironment", arrival: Arrival) -> Answer:
        """Return the answer. What is refused without a look at its body does not wait for its body."""
        try:
            if not await arrival.is_whole_within(SOON):
                answer = await self._threads.ask_without_body(environ, arrival.is_too_large)
                if answer:
                    return answer
                await arrival.wait()
        except Refused as refused:
            return await self._threads.refuse(environ, refused.status)
        return await self._threads.ask(environ, arrival.body())


def create() -> Front:
    """Return the front of the application, for a worker process of the server."""
    patience = settings.from_environment()["BODY_SECONDS"]
    return Front(resolve_name("app:create_app")(), float(str(patience)))


async def _send(send: "Send", answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
