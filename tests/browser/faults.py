"""A proxy that goes wrong on purpose: what networks, portals and power cuts do to a tablet's sync.

It is a real TCP server between the browser and the application, and not Playwright's ``page.route``: a route
answers inside the browser, so nothing it does reaches a service worker's own requests, a socket, the server's
process or its database. Here the bytes are cut off where a network cuts them off: before the server has them,
after it has committed them, in the middle of the answer.

One request per connection: each is read whole, then met by a fault. A fault is an async function of the exchange.
"""

import asyncio
import json
import re
import socket
import struct
import threading
import zlib
from collections import deque
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

SYNC, WORKER = "/sync", "/kiosk/worker.js"
RELEASE = re.compile(rb'("release": ")(\w+)')
RESET = struct.pack("ii", 1, 0)  # SO_LINGER with no time: closing sends RST instead of FIN
CUT_OFF = (ConnectionError, asyncio.IncompleteReadError)


class Exchange:
    """One request of the browser's, and what becomes of it."""

    def __init__(self, proxy: "Proxy", head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        self.proxy, self.head, self.body, self._writer = proxy, head, body, writer
        self.method, self.path = head.split(b"\r\n", 1)[0].decode().split()[:2]

    @property
    def content(self) -> bytes:
        """The body as the sender wrote it, unpacked."""
        is_packed = b"content-encoding: gzip" in self.head.lower()
        return zlib.decompress(self.body, wbits=31) if is_packed else self.body

    async def forward(self, on_first_byte: Callable[[], None] | None = None) -> bytes:
        """Send the request to the server; return its whole answer.

        Empty when the server is not there or goes away before it answers.
        """
        try:
            reader, writer = await asyncio.open_connection(*self.proxy.upstream)
            writer.write(self.head + self.body)
            answer = await reader.read(1)
            if answer and on_first_byte:
                on_first_byte()
            answer += await reader.read()
            writer.close()
            return answer
        except CUT_OFF:
            return b""

    async def send(self, answer: bytes) -> None:
        """Send bytes to the browser as they are."""
        self._writer.write(answer)
        await self._writer.drain()

    def reset(self) -> None:
        """Break the browser's connection off, as a network does."""
        self._writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._writer.transport.abort()


Fault = Callable[[Exchange], Awaitable[None]]


class Proxy:
    """Listens on a port of its own and passes everything on to ``upstream``, but for what it is told.

    ``batches`` are the bodies of all POSTs to /sync that the browser sent, as JSON, in order.
    """

    def __init__(self, upstream_url: str) -> None:
        parts = urlsplit(upstream_url)
        self.upstream = (parts.hostname, parts.port)
        self.batches: list[dict] = []
        self._sent: list[Exchange] = []
        self._next: deque[Fault] = deque()
        self._every: Fault | None = None
        self._release: str | None = None
        self._at: dict[str, Fault] = {}
        self._loop = asyncio.new_event_loop()
        started: threading.Event = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait()

    def meet(self, *faults: Fault) -> None:
        """Let the next POSTs to /sync meet these faults, one each."""
        self._next.extend(faults)

    def meet_always(self, fault: Fault) -> None:
        """Let each POST to /sync meet this fault, until ``heal()``."""
        self._every = fault

    def meet_at(self, path: str, fault: Fault) -> None:
        """Let each request whose path begins so meet this fault, until ``heal()``."""
        self._at[path] = fault

    def announce(self, release: str) -> None:
        """Let the service worker be of another release from now on, until ``heal()``; its files are the same."""
        self._release = release

    def heal(self) -> None:
        """Pass everything on again."""
        self._every = self._release = None
        self._next.clear()
        self._at.clear()

    def deliver_again(self, place: int) -> dict:
        """Deliver a batch that the browser once sent to the server again; return the server's JSON."""
        answer = asyncio.run_coroutine_threadsafe(self._sent[place].forward(), self._loop).result(30)
        return json.loads(answer.partition(b"\r\n\r\n")[2])

    def stop(self) -> None:
        """Close the port."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        self._loop.run_forever()
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            exchange = Exchange(self, *await _read_request(reader), writer)
            await self._fault_for(exchange)(exchange)
        except CUT_OFF:
            pass  # the browser left, which is its right
        finally:
            writer.close()

    def _fault_for(self, exchange: Exchange) -> Fault:
        if self._release and exchange.path.startswith(WORKER):
            return rename_release(self._release)
        if (exchange.method, exchange.path.partition("?")[0]) != ("POST", SYNC):
            return next((fault for path, fault in self._at.items() if exchange.path.startswith(path)), pass_on)
        self.batches.append(json.loads(exchange.content))
        self._sent.append(exchange)
        return self._next.popleft() if self._next else self._every or pass_on


async def _read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Return head and body; the head asks the server to close the connection after its answer."""
    lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[:-2]
    kept = [line for line in lines if not line.lower().startswith((b"connection:", b"accept-encoding:"))]
    lengths = [line.partition(b":")[2] for line in kept if line.lower().startswith(b"content-length:")]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    return b"\r\n".join([*kept, b"Connection: close", b"", b""]), body


async def pass_on(exchange: Exchange) -> None:
    """No fault: there and back. A server that is not there is a connection that breaks."""
    answer = await exchange.forward()
    await exchange.send(answer) if answer else exchange.reset()


def rename_release(name: str) -> Fault:
    """The worker's script is that of another release; ``name`` is cut to the length of the real one's."""

    def renamed(found: re.Match) -> bytes:
        return found[1] + name.encode().ljust(len(found[2]), b"x")[: len(found[2])]

    async def pass_on_renamed(exchange: Exchange) -> None:
        await exchange.send(RELEASE.sub(renamed, await exchange.forward()))

    return pass_on_renamed


def answer(status: str, body: str = "", kind: str = "application/json", *headers: str) -> Fault:
    """Somebody on the way answers instead of the server: ``status`` as in "502 Bad Gateway"."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body.encode())}", *headers]
    text = "\r\n".join([*lines, "Connection: close", "", body])

    async def answered(exchange: Exchange) -> None:
        await exchange.send(text.encode())

    return answered


async def trickle(exchange: Exchange) -> None:
    """Headers at once, then a byte a second of an answer that never gets whole."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")
    for _ in range(120):
        await asyncio.sleep(1)
        await exchange.send(b" ")


async def lose_request(exchange: Exchange) -> None:
    """The request never gets there."""
    exchange.reset()


async def lose_answer(exchange: Exchange) -> None:
    """The server takes the batch and commits it; nobody hears."""
    await exchange.forward()
    exchange.reset()


async def break_answer_off(exchange: Exchange) -> None:
    """The server takes the batch; the connection breaks in the middle of its answer."""
    answer = await exchange.forward()
    await exchange.send(answer[: len(answer) - 40])
    await asyncio.sleep(0.05)  # so that the browser has read what came
    exchange.reset()


async def double(exchange: Exchange) -> None:
    """The request arrives twice at the same moment."""
    answers = await asyncio.gather(exchange.forward(), exchange.forward())
    await exchange.send(answers[-1])


def late(seconds: float) -> Fault:
    """The request is lost for the browser, and reaches the server ``seconds`` later."""

    async def arrive(exchange: Exchange) -> None:
        exchange.reset()
        await asyncio.sleep(seconds)
        await exchange.forward()

    return arrive


def kill_on_answer(kill: Callable[[], None]) -> Fault:
    """The server's power is cut when the first byte of its answer is here; the browser hears nothing."""

    async def killed(exchange: Exchange) -> None:
        await exchange.forward(on_first_byte=kill)
        exchange.reset()

    return killed


def kill_after(kill: Callable[[], None], seconds: float) -> Fault:
    """The server's power is cut so long after it was given the batch, whatever it is at."""

    async def killed(exchange: Exchange) -> None:
        asyncio.get_running_loop().call_later(seconds, kill)
        answer = await exchange.forward()
        await exchange.send(answer) if answer else exchange.reset()

    return killed
