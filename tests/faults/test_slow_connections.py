"""Connections of strangers that send slowly, say nothing or read nothing do not stop the server."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from tests.browser.server import Server
from tests.faults.strangers import BODY, FRONTS, Target, seconds_until_closed, serving, status_of

HEAD, BODY_SECONDS = 2, 3  # seconds, the settings of the server whose deadlines are tried
LATE = 15  # seconds more that a busy machine may take
SLOW, IDLE = 40, 1_100  # connections: more than threads, and more than the server's own first limit
PAGES = ("/healthz", "/v")
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A folder with the demo's database."""
    folder = tmp_path_factory.mktemp("demo")
    Server(folder)
    return folder


@pytest.fixture(scope="module", params=[*FRONTS, "postgresql"])
def target(request, demo, tmp_path_factory) -> Iterator[Target]:
    """A server with the deadlines that it has by itself, which end no connection while a test runs."""
    with serving(request.param, demo, tmp_path_factory.mktemp(request.param)) as target:
        yield target


@pytest.fixture(scope="module", params=["plain", "tls"])
def hasty(request, demo, tmp_path_factory) -> Iterator[Target]:
    """A server whose deadlines come soon."""
    settings = {"HEAD_SECONDS": str(HEAD), "BODY_SECONDS": str(BODY_SECONDS)}
    with serving(request.param, demo, tmp_path_factory.mktemp(request.param), **settings) as target:
        yield target


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Keeps connections open until the test is over."""
    with ExitStack() as stack:
        yield stack


def assert_answers(target: Target) -> None:
    for path in PAGES * 2:
        assert target.ask(path) == 200, path


def trickle(connections: list[socket.socket]) -> None:
    """Send a byte more on each connection that is still open."""
    for connection in connections:
        with suppress(OSError):
            connection.sendall(b"x")


def test_slow_bodies(target, opened):
    paths = ("/nothing", "/sync", "/enrol", "/sign-in")
    slow = [opened.enter_context(target.promise(paths[n % len(paths)], BODY, FORM)) for n in range(SLOW)]
    for _ in range(3):
        trickle(slow)
        assert_answers(target)


def test_idle_connections(target, opened):
    for _ in range(IDLE):
        opened.enter_context(target.knock())
    assert_answers(target)


def test_half_heads(target, opened):
    for _ in range(50):
        opened.enter_context(target.connect()).sendall(target.head("GET", "/")[:-2])
    assert_answers(target)


def test_readers_that_do_not_read(target, opened):
    for _ in range(20):
        opened.enter_context(target.read_nothing("/static/js/vendor/zxing/zxing_reader.wasm", 8))
    assert_answers(target)


def test_a_body_that_comes_too_slowly_is_refused_at_its_deadline(hasty):
    began = time.monotonic()
    with hasty.promise("/enrol", BODY, FORM) as connection:
        while time.monotonic() < began + BODY_SECONDS - 0.5:
            trickle([connection])
            time.sleep(0.2)
        assert status_of(connection) == 408
        assert seconds_until_closed(connection, LATE) < LATE
    assert time.monotonic() - began >= BODY_SECONDS - 0.1


def test_a_body_in_many_pieces_is_taken(hasty):
    body = b"code=guess&name=" + b"x" * 4_000
    with hasty.promise("/enrol", len(body) + 1, FORM) as connection:
        for start in range(0, len(body), 500):
            connection.sendall(body[start : start + 500])
            time.sleep(0.1)
        assert status_of(connection) == 422


@pytest.mark.parametrize("said", ["", "GET / HTTP/1.1\r\nHost: x\r\nX-A: "], ids=["nothing", "half a head"])
def test_a_head_that_does_not_come_ends_the_connection(hasty, said):
    with hasty.connect() as connection:
        connection.sendall(said.encode())
        assert HEAD - 0.5 < seconds_until_closed(connection, HEAD + LATE) < HEAD + LATE


def test_a_connection_that_is_kept_and_not_used_is_ended(hasty):
    with hasty.connect() as connection:
        connection.sendall(hasty.head("GET", "/healthz"))
        assert status_of(connection) == 200
        assert HEAD - 0.5 < seconds_until_closed(connection, HEAD + LATE) < HEAD + LATE


def test_a_kept_connection_is_used_again_after_a_body_that_was_refused(hasty):
    with hasty.connect() as connection:
        head = hasty.head("POST", "/nothing", f"Content-Length: {BODY}")
        connection.sendall(head + b"x" * BODY)
        assert status_of(connection) == 404
        time.sleep(0.2)
        connection.setblocking(False)
        try:
            while connection.recv(65_536):
                continue
        except OSError:
            pass
        connection.setblocking(True)
        connection.sendall(hasty.head("GET", "/healthz"))
        assert status_of(connection) == 200


def test_a_body_of_unknown_length_arrives_whole(hasty):
    body = json.dumps({"protocol": 1, "batch": str(uuid4()), "cursor": 0, "operations": []}).encode()
    with hasty.connect() as connection:
        connection.sendall(hasty.head("POST", "/sync", "Transfer-Encoding: chunked", "Content-Type: application/json"))
        for start in range(0, len(body), 10):
            piece = body[start : start + 10]
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert status_of(connection) == 401
