"""Strangers' connections: those that send slowly, say nothing or read nothing, to a real server and to its fronts."""

import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from models.base.clock import utcnow
from models.tls.authority import Authority
from tests.browser.server import Server
from tests.postgres import Postgres, find_programs
from tests.proxy import KINDS, NAME, Proxy, program_of

PATIENCE = 15  # seconds for an answer: a test that waits so long fails
BODY = 100_000  # bytes that a slow sender promises
FRONTS = ["plain", "tls", *KINDS]  # how the server can be reached


class Target(NamedTuple):
    """Where a server listens. ``trust``: how to speak TLS with it, None for plain HTTP."""

    port: int
    name: str = "localhost"
    trust: ssl.SSLContext | None = None
    address: str = "127.0.0.1"

    def connect(self) -> socket.socket:
        """Return a connection on which HTTP can be spoken."""
        raw = self.knock()
        return self.trust.wrap_socket(raw, server_hostname=self.name) if self.trust else raw

    def knock(self) -> socket.socket:
        """Return a connection on which nothing was said yet."""
        return socket.create_connection((self.address, self.port), PATIENCE)

    def head(self, method: str, path: str, *lines: str) -> bytes:
        """Return the head of a request."""
        fields = [f"{method} {path} HTTP/1.1", f"Host: {self.name}:{self.port}", *lines]
        return "\r\n".join((*fields, "", "")).encode()

    def ask(self, path: str, *lines: str) -> int:
        """Return the status of an answer."""
        with self.connect() as connection:
            connection.sendall(self.head("GET", path, "Connection: close", *lines))
            return status_of(connection)

    def promise(self, path: str, size: int = BODY, *lines: str) -> socket.socket:
        """Send the head of a POST with a long body, and a byte of it."""
        connection = self.connect()
        connection.sendall(self.head("POST", path, f"Content-Length: {size}", *lines) + b"&")
        return connection

    def read_nothing(self, path: str, times: int) -> socket.socket:
        """Ask for a page so often that its answers fill what both sides buffer, and read none of them."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        raw.settimeout(PATIENCE)
        raw.connect((self.address, self.port))
        connection = self.trust.wrap_socket(raw, server_hostname=self.name) if self.trust else raw
        connection.sendall(self.head("GET", path) * times)
        return connection


@contextmanager
def serving(kind: str, demo: Path, folder: Path, **settings: str) -> Iterator[Target]:
    """Serve plainly on SQLite or PostgreSQL, by TLS of our own, or behind a proxy as the documentation shows it."""
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    plain = kind in ("plain", "postgresql")
    if kind == "tls":
        settings["TLS"] = str(certified(folder, NAME))
    elif not plain:
        settings |= {"ORIGIN": f"https://{NAME}", "PROXIES": "1"}
        program_of(kind)
    with ExitStack() as stack:
        if kind == "postgresql":
            settings["DATABASE"] = stack.enter_context(_on_postgres())
        server = Server(folder, **settings)
        stack.callback(server.kill)
        server.start()
        port = urlsplit(server.url).port
        if kind in KINDS:
            proxy = Proxy(kind, folder, f"127.0.0.1:{port}")
            stack.callback(proxy.stop)
            port = proxy.port
        yield Target(port, NAME, None if plain else trusting_everybody())


@contextmanager
def _on_postgres() -> Iterator[str]:
    """Give the URL of an empty database of a PostgreSQL server, which stops afterwards."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    database = Postgres(programs)
    try:
        database.execute("CREATE DATABASE besieged")
        yield database.url("besieged")
    finally:
        database.stop()


def trusting_everybody() -> ssl.SSLContext:
    """Return a client of TLS that does not look who answers."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def certified(folder: Path, name: str) -> Path:
    """Put a certificate for ``name`` and its key into a folder, as GANCHANG_TLS has them."""
    authority = Authority.make("strangers", [], utcnow())
    authority.keep(folder)
    authority.certify(folder, [name], [], utcnow())
    return folder


def status_of(connection: socket.socket) -> int:
    """Return the status of the answer on a connection; 0 when it was closed without one."""
    connection.settimeout(PATIENCE)
    try:
        first = connection.recv(4_096)
    except ConnectionError:
        return 0
    return int(first[9:12]) if first else 0


def seconds_until_closed(connection: socket.socket, most: float) -> float:
    """Return how long the other side keeps a connection. Raises TimeoutError when that is more than ``most``."""
    begun = time.monotonic()
    connection.settimeout(most)
    try:
        while connection.recv(65_536):
            continue
    except (ConnectionError, ssl.SSLError):
        pass
    return time.monotonic() - begun
