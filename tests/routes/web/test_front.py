"""The front before the application: bodies that do not come, do not fit or are cut off, and writers that wait."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from routes.web import bodies, front
from routes.web.front import WRITERS, Front
from routes.web.refusals import REFUSED

ANSWER = (200, b"seen")


class Application:
    """A WSGI application that keeps what it was asked; a POST to /wait waits until it may go on."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.may_go_on = threading.Event()

    def __call__(self, environ, start_response):
        self.asked.append(environ | {"body": environ["wsgi.input"].read()})
        if environ["PATH_INFO"] == "/wait" and REFUSED not in environ:
            assert self.may_go_on.wait(20)
        start_response(f"{environ.get(REFUSED, 200)} said", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [b"se", b"en"]


@pytest.fixture
def application() -> Application:
    return Application()


def scope(method: str, path: str = "/", **headers: str) -> dict:
    fields = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": b"q=1", "scheme": "http", "server": ("127.0.0.1", 8000), "client": ("10.0.0.7", 5),
        "headers": fields,
    }  # fmt: skip


def run(done: Coroutine) -> object:
    """Run it in a thread of its own: the browser's driver of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, done).result(60)


async def ask(asked: Front, request: dict, *pieces: bytes | None) -> tuple[int, bytes] | None:
    """Send a body in pieces, None for a client that goes away; after the last piece of a slow one comes nothing."""
    sent, waiting = [], list(pieces)

    async def receive() -> dict:
        if not waiting:
            await asyncio.sleep(60)
        piece = waiting.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": piece != b""}

    async def send(message: dict) -> None:
        sent.append(message)

    await asked(request, receive, send)
    return (sent[0]["status"], sent[1]["body"]) if sent else None


def test_a_request_arrives_as_it_was_sent(application):
    headers = {"transfer_encoding": "chunked", "cookie": "a=1", "x_note": "é", "content_type": "text/plain"}
    request = scope("POST", "/a%2Fb%E5%9C%BA", **headers)
    request["headers"].append((b"cookie", b"b=2"))
    assert run(ask(Front(application, 5), request, b"one ", b"two", b"")) == ANSWER
    asked = application.asked[0]
    assert (asked["body"], asked["CONTENT_LENGTH"], asked["CONTENT_TYPE"]) == (b"one two", "7", "text/plain")
    assert asked["PATH_INFO"].encode("latin-1").decode() == "/a/b场" and asked["QUERY_STRING"] == "q=1"
    assert asked["HTTP_COOKIE"] == "a=1; b=2" and asked["HTTP_X_NOTE"] == "é" and asked["REMOTE_ADDR"] == "10.0.0.7"


def test_a_body_that_is_cut_off_is_not_taken_for_a_whole_one(application):
    assert run(ask(Front(application, 5), scope("POST", transfer_encoding="chunked"), b"half", None)) is None
    assert application.asked == []


def test_a_body_that_does_not_end_is_refused_in_words_of_the_application(application):
    assert run(ask(Front(application, 0.05), scope("POST", content_length="9"), b"half")) == (408, b"seen")


def test_of_a_body_that_is_too_large_only_its_length_is_kept(application, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST", 10)
    run(ask(Front(application, 5), scope("POST", transfer_encoding="chunked"), b"x" * 9, b"x" * 9, b""))
    assert (application.asked[0]["CONTENT_LENGTH"], application.asked[0]["body"]) == ("18", b"")


def test_bodies_that_find_no_room_are_told_to_come_later_and_small_ones_find_room(application, monkeypatch):
    monkeypatch.setattr(bodies, "SMALL", 10)
    monkeypatch.setattr(bodies, "SHARED", 100)

    async def market() -> list:
        asked, request = Front(application, 5), scope("POST", content_length="60")
        held = asyncio.create_task(ask(asked, request, b"x" * 60))  # it stays away with the rest
        await asyncio.sleep(0)
        answers = [await ask(asked, request, b"y" * 60, b""), await ask(asked, request, b"z" * 9, b"")]
        held.cancel()
        await asyncio.wait({held})
        return [*answers, await ask(asked, request, b"y" * 60, b"")]

    assert [status for status, _ in run(market())] == [503, 200, 200]


def test_writers_that_wait_leave_readers_alone_and_are_told_to_come_later(application, monkeypatch):
    monkeypatch.setattr(front, "QUEUE", 0.2)

    async def market() -> None:
        asked, write = Front(application, 5), scope("POST", "/wait", content_length="0")
        waiting = [asyncio.create_task(ask(asked, write)) for _ in range(WRITERS)]
        await asyncio.sleep(0.05)  # each has a thread
        assert await ask(asked, write) == (503, b"seen")
        assert await ask(asked, scope("GET", "/wait-not")) == ANSWER
        application.may_go_on.set()
        assert await asyncio.gather(*waiting) == [ANSWER] * WRITERS
        assert await ask(asked, write) == ANSWER

    run(market())


def test_what_fails_outside_of_the_application_s_own_pages_is_a_500(caplog):
    def broken(environ, start_response):
        raise RuntimeError("the disk is gone")

    status, body = run(ask(Front(broken, 5), scope("GET")))
    assert status == 500 and body and "the disk is gone" in caplog.text
