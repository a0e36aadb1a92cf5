"""The proxies of docs/proxies, before a real server process: everything arrives as it left."""

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from routes.web.static import static_url
from tests.browser.server import Server
from tests.proxy import KINDS, NAME, Answer, Proxy, program_of

MB = 1024 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OF_THE_WAY = {"date", "expires", "server", "connection", "via", "alt-svc", "transfer-encoding", "content-length",
              "x-request-id"}  # fmt: skip


@pytest.fixture(scope="module", params=KINDS)
def front(request, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """A proxy before a server that is told of it."""
    folder = tmp_path_factory.mktemp(request.param)
    program_of(request.param)
    with ExitStack() as stack:
        server = Server(folder, ORIGIN=f"https://{NAME}", PROXIES="1")
        stack.callback(server.kill)
        server.start()
        proxy = Proxy(request.param, folder, urlsplit(server.url).netloc)
        stack.callback(proxy.stop)
        yield SimpleNamespace(server=server, proxy=proxy, ask=proxy.ask)


def enrol(front: SimpleNamespace, code: str, source: str = "127.0.0.1", **headers: str) -> Answer:
    return front.ask("/enrol", "POST", urlencode({"code": code}).encode(), source=source, headers=FORM | headers)


@pytest.fixture
def sync(front):
    """Return a function by which a newly enrolled tablet sends a body."""
    enrolled = enrol(front, front.server.command("enrol", "--booth", "1").partition("#")[2])
    cookie = enrolled.headers["Set-Cookie"].partition(";")[0]

    def sync(body: bytes, **headers: str) -> Answer:
        headers |= {"Content-Type": "application/json", "Cookie": cookie}
        return front.ask("/sync", "POST", body, headers=headers)

    return sync


def batch(facts: int = 1, padding: int = 0) -> bytes:
    """Return a batch, each of its facts with so many bytes too many."""
    operations = [
        {"seq": seq, "id": str(uuid4()), "kind": "note.taken", "at": "2026-02-24T09:00:00+08:00", "operator": None,
         "data": {"text": "x" * padding}} for seq in range(1, facts + 1)
    ]  # fmt: skip
    return json.dumps({"protocol": 1, "batch": str(uuid4()), "cursor": 0, "operations": operations}).encode()


def test_health(front):
    answer = front.ask("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


def test_the_plain_port_leads_to_the_safe_one(front):
    answer = front.proxy.ask_plainly("/v/1234567?lang=en")
    assert answer.status in (301, 308)
    assert answer.headers["Location"].startswith(f"https://{NAME}")
    assert answer.headers["Location"].endswith("/v/1234567?lang=en")


def test_the_scheme_arrives_so_that_cookies_are_secure_and_the_browser_insists_on_https(front):
    answer = enrol(front, front.server.command("enrol", "--booth", "1").partition("#")[2])
    assert answer.status == 201 and "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_each_clients_address_arrives_so_that_one_who_guesses_locks_out_nobody_else(front):
    for _ in range(20):
        assert enrol(front, "guess", source="127.0.0.7").status == 422
    assert enrol(front, "guess", source="127.0.0.7").status == 429
    assert enrol(front, "guess", source="127.0.0.8").status == 422


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_nobody_gets_another_address_by_saying_so(front, header):
    while enrol(front, "guess", source="127.0.0.9").status != 429:
        continue
    said = "for=10.0.0.1" if header == "Forwarded" else "10.0.0.1"
    assert enrol(front, "guess", source="127.0.0.9", **{header: said}).status == 429


def test_a_batch_of_two_megabytes_passes(sync):
    body = batch(500, padding=4_000)
    assert 1.9 * MB < len(body) < 2 * MB
    answer = sync(body)
    assert (answer.status, json.loads(answer.body)["acknowledged"]) == (200, 500)


def test_a_packed_batch_is_unpacked_by_the_server_alone(sync):
    answer = sync(gzip.compress(batch(500, padding=3_000)), **{"Content-Encoding": "gzip"})
    assert (answer.status, json.loads(answer.body)["acknowledged"]) == (200, 500)


def test_five_megabytes_are_too_large(sync):
    body = batch(500, padding=10_000)
    assert [sync(body).status for _ in range(5)] == [413] * 5  # heard each time, and never a broken connection
    assert sync(batch()).status == 200


def test_without_a_proxy_a_refusal_is_heard_as_well(front):
    for _ in range(5):
        past = Request(f"{front.server.url}/sync", data=batch(500, padding=10_000))
        with pytest.raises(HTTPError, match="401"):
            urlopen(past)


def test_answers_to_sync_come_from_the_server_each_time(sync):
    first, second = batch(0), batch(0)
    answers = [sync(body) for body in (first, second, first)]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 3
    assert [json.loads(answer.body)["batch"] for answer in answers] == [
        json.loads(body)["batch"] for body in (first, second, first)
    ]


# Not the office's: they bear the second at which they were made.
PAGES = ["/kiosk", "/kiosk/worker.js", "/kiosk/manifest.webmanifest", "/enrol", "/m/1", "/healthz"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_arrive_as_the_server_sent_them(front, path, encoding):
    assert_same(front, path, {"Accept-Encoding": encoding, "Accept": "text/html"})


def test_the_worker_may_serve_the_kiosk_and_is_asked_for_each_time(front):
    headers = front.ask("/kiosk/worker.js").headers
    assert headers["Service-Worker-Allowed"] == "/kiosk" and headers["Cache-Control"] == "no-cache"
    assert headers["Content-Type"].startswith("text/javascript")


def test_static_files_arrive_whole_and_are_kept_for_ever(front, app):
    with app.test_request_context():
        paths = [static_url(path) for path in ("js/kiosk.js", "css/base.css", "js/vendor/zxing/zxing_reader.wasm")]
    for path in paths:
        for encoding in ("br", "identity"):
            answer = assert_same(front, path, {"Accept-Encoding": encoding})
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        known = front.ask(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (known.status, known.body) == (304, b"")


def assert_same(front, path: str, headers: dict[str, str]) -> Answer:
    """Ask once through the proxy and once past it; return the answer that both gave."""
    answer = front.ask(path, headers=headers)
    past = Request(front.server.url + path, headers=headers | {"X-Forwarded-Proto": "https", "Host": NAME})
    with urlopen(past) as own:
        assert answer.body == own.read()
        assert _kept(answer.headers) == _kept(own.headers)
    return answer


def _kept(headers) -> dict[str, list[str]]:
    names = {name.lower() for name in headers} - OF_THE_WAY
    return {name: headers.get_all(name) for name in names}


def test_a_server_that_is_gone_is_a_502_and_nobody_is_told_anything_else(front, sync):
    sync(batch())
    front.server.kill()
    gone = sync(batch())
    front.server.start()
    assert gone.status == 502 and not gone.body.startswith(b"{")  # which keeps a tablet's facts: answer.js
    assert sync(batch()).status in (200, 409)


class Echo(BaseHTTPRequestHandler):
    """Answers with what arrived."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = {"headers": dict(self.headers.items()), "body": body.hex()}
        answer = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=KINDS)
def arrived(request, tmp_path) -> Iterator[object]:
    """Return a function that posts through a proxy and returns what arrives behind it."""
    program_of(request.param)
    echo = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=echo.serve_forever, daemon=True).start()
    proxy = Proxy(request.param, tmp_path, f"127.0.0.1:{echo.server_port}")

    def arrived(body: bytes, **headers: str) -> SimpleNamespace:
        told = json.loads(proxy.ask("/sync", "POST", body, source="127.0.0.5", headers=headers).body)
        headers = {name.lower(): value for name, value in told["headers"].items()}
        return SimpleNamespace(port=proxy.port, body=bytes.fromhex(told["body"]), headers=headers)

    yield arrived
    proxy.stop()
    echo.shutdown()


def test_a_packed_body_passes_untouched(arrived):
    packed = gzip.compress(batch(500, padding=3_000), mtime=0)
    told = arrived(packed, **{"Content-Encoding": "gzip", "Content-Type": "application/json"})
    assert told.body == packed
    assert told.headers["content-encoding"] == "gzip" and told.headers["content-type"] == "application/json"


def test_the_server_hears_who_asks_and_by_which_name(arrived):
    said = {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "http", "Sec-Fetch-Site": "same-origin"}
    told = arrived(b"{}", **said)
    assert told.headers["x-forwarded-for"].split(",")[-1].strip() == "127.0.0.5"
    assert told.headers["x-forwarded-proto"] == "https"
    assert told.headers["host"] == f"{NAME}:{told.port}"
    assert told.headers["sec-fetch-site"] == "same-origin"
