"""Connections of strangers that send slowly, say nothing or read nothing do not stop the server."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.browser.server import Server
from tests.faults.strangers import BODY, Target, certified, seconds_until_closed, status_of, trusting_everybody
from tests.proxy import NAME, Proxy

AT_ONCE = 1.5  # seconds: "at once", on a machine that also runs other tests
HEAD, BODY_SECONDS = 2, 3  # seconds, the settings of the tests
PAGES = ("/healthz", "/v")
REFUSED = (("/nothing", 404), ("/sync", 401))
FORM = "Content-Type: application/x-www-form-urlencoded"
FRONTS = ("plain", "tls", "nginx", "caddy")


@pytest.fixture(scope="module", params=FRONTS)
def target(request, tmp_path_factory) -> Iterator[Target]:
    """The server as it is, by TLS of its own, and behind each proxy that the documentation shows."""
    folder, kind = tmp_path_factory.mktemp(request.param), request.param
    settings = {"HEAD_SECONDS": str(HEAD), "BODY_SECONDS": str(BODY_SECONDS)}
    with ExitStack() as stack:
        if kind == "tls":
            settings["TLS"] = str(certified(folder, NAME))
        if kind in ("nginx", "caddy"):
            settings |= {"ORIGIN": f"https://{NAME}", "PROXIES": "1"}
        server = Server(folder, **settings)
        stack.callback(server.kill)
        server.start()
        port = urlsplit(server.url).port
        if kind in ("nginx", "caddy"):
            proxy = Proxy(kind, folder, f"127.0.0.1:{port}")
            stack.callback(proxy.stop)
            yield Target(proxy.port, NAME, trusting_everybody())
        else:
            yield Target(port, NAME, trust=trusting_everybody() if kind == "tls" else None)


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Keeps connections open until the test is over."""
    with ExitStack() as stack:
        yield stack


# The server's own deadlines; a proxy in front has its own.
OWN = pytest.mark.parametrize("target", ["plain", "tls"], indirect=True)


def assert_answers_at_once(target: Target) -> None:
    for path in PAGES * 2:
        status, seconds = target.ask(path)
        assert status == 200 and seconds < AT_ONCE, path


def test_slow_bodies(target, opened):
    for path in ("/nothing", "/sync", "/enrol", "/sign-in") * 5:
        opened.enter_context(target.promise(path))
    assert_answers_at_once(target)


def test_a_thousand_idle_connections(target, opened):
    for _ in range(1_030):
        opened.enter_context(target.knock())
    assert_answers_at_once(target)


def test_half_heads(target, opened):
    for _ in range(50):
        opened.enter_context(target.connect()).sendall(target.head("GET", "/")[:-2])
    assert_answers_at_once(target)


def test_readers_that_do_not_read(target, opened):
    for _ in range(20):
        opened.enter_context(target.read_nothing("/static/js/vendor/zxing/zxing_reader.wasm", 8))
    assert_answers_at_once(target)


@OWN
@pytest.mark.parametrize(("path", "status"), REFUSED)
def test_what_is_refused_does_not_wait_for_its_body(target, path, status):
    begun = time.monotonic()
    with target.promise(path) as connection:
        assert status_of(connection) == status
    assert time.monotonic() - begun < AT_ONCE


@OWN
def test_what_is_too_large_does_not_wait_for_its_body(target):
    with target.promise("/enrol", 5 * 1024 * 1024, FORM) as connection:
        assert status_of(connection) == 413


@OWN
def test_a_body_that_comes_too_slowly_is_refused_at_its_deadline(target):
    begun = time.monotonic()
    with target.promise("/enrol", BODY, FORM) as connection:
        while time.monotonic() < begun + BODY_SECONDS - 0.5:
            connection.sendall(b"x")
            time.sleep(0.2)
        assert status_of(connection) == 408
        assert seconds_until_closed(connection, BODY_SECONDS + 5) < BODY_SECONDS + 5
    assert time.monotonic() - begun >= BODY_SECONDS - 0.1


@OWN
def test_a_slow_body_that_keeps_coming_is_taken(target):
    body = b"code=guess&name=" + b"x" * 4_000
    with target.promise("/enrol", len(body) + 1, FORM) as connection:
        for start in range(0, len(body), 500):  # twice as long as a silent one may take
            connection.sendall(body[start : start + 500])
            time.sleep(2 * BODY_SECONDS / (len(body) / 500))
        assert status_of(connection) == 422


@OWN
@pytest.mark.parametrize("said", ["", "GET / HTTP/1.1\r\nHost: x\r\nX-A: "], ids=["nothing", "half a head"])
def test_a_head_that_does_not_come_ends_the_connection(target, said):
    with target.connect() as connection:
        connection.sendall(said.encode())
        assert HEAD - 0.5 < seconds_until_closed(connection, HEAD + 5) < HEAD + 3


@OWN
def test_a_connection_that_is_kept_and_not_used_is_ended(target):
    with target.connect() as connection:
        connection.sendall(target.head("GET", "/healthz"))
        assert status_of(connection) == 200
        assert HEAD - 0.5 < seconds_until_closed(connection, HEAD + 5) < HEAD + 3


@OWN
def test_a_kept_connection_is_used_again_after_a_body_that_was_refused(target):
    with target.connect() as connection:
        head = target.head("POST", "/nothing", f"Content-Length: {BODY}")
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
        connection.sendall(target.head("GET", "/healthz"))
        assert status_of(connection) == 200


@OWN
def test_a_body_of_unknown_length_arrives_whole(target):
    body = json.dumps({"protocol": 1, "batch": str(uuid4()), "cursor": 0, "operations": []}).encode()
    with target.connect() as connection:
        connection.sendall(target.head("POST", "/sync", "Transfer-Encoding: chunked", "Content-Type: application/json"))
        for start in range(0, len(body), 10):
            piece = body[start : start + 10]
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert status_of(connection) == 401
