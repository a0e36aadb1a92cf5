"""A gateway on this machine that fails in every way a gateway can, and counts what it was asked and what it delivered.

What it does to a message follows from the message's id, so that a run can be repeated. It delivers an id once, as the
contract says (docs/messages.md), and counts every request by number: so a second request for a number shows.
"""

import hmac
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

from models.messages.gateway import signature

KEY, SECRET = "county", "a secret of the gateway"
# How many of a hundred messages: answered late or not at all, 500 after and before it took them, twice, refused.
SHARES = {"late": 4, "lost": 6, "failed": 8, "broken": 6, "twice": 10, "refused": 3}


def fate(id: str) -> str:
    """Return what the gateway does to a message."""
    place = UUID(id).int % 100
    for name, share in SHARES.items():
        if place < share:
            return name
        place -= share
    return "good"


class BadGateway(ThreadingHTTPServer):
    """Listens on a free port. ``asked``: requests by number; ``delivered``: messages by number; ``wrong``: unsigned."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, late: float = 0.3) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.late = late
        self.asked: Counter[str] = Counter()
        self.delivered: Counter[str] = Counter()
        self.taken: dict[str, str] = {}
        self.wrong = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def take(self, id: str, number: str) -> None:
        """Deliver a message, unless this id was delivered before."""
        with self.lock:
            if id not in self.taken:
                self.taken[id] = number
                self.delivered[number] += 1

    def handle_error(self, request, client_address) -> None:
        """Say nothing of clients that went away: that is what is tried."""


class _Handler(BaseHTTPRequestHandler):
    server: BadGateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed(body):
            return self._answer(401)
        said = json.loads(body)
        id, number = said["id"], said["to"]
        assert id == self.headers["Idempotency-Key"] and said["text"]
        with self.server.lock:
            self.server.asked[number] += 1
        way = fate(id)
        if way not in ("refused", "broken"):
            self.server.take(id, number)
        if way == "twice":  # a proxy on the way repeats the request
            self.server.take(id, number)
        if way == "late":
            time.sleep(self.server.late)
        if way == "lost":
            self.close_connection = True
            return None
        status = {"failed": 500, "broken": 500, "refused": 422}.get(way, 202)
        return self._answer(status, {"number": f"g-{id[:8]}"})

    def do_GET(self) -> None:
        if not self._is_signed(b""):
            return self._answer(401)
        id = self.path.rpartition("/")[2]
        return self._answer(200, {"state": "sent"}) if id in self.server.taken else self._answer(404)

    def _is_signed(self, body: bytes) -> bool:
        at = self.headers.get("Ganchang-Time", "0")
        wanted = signature(SECRET.encode(), self.command, self.path, at, body)
        is_right = hmac.compare_digest(wanted, self.headers.get("Ganchang-Signature", ""))
        is_right = is_right and self.headers.get("Ganchang-Key") == KEY and abs(time.time() - int(at)) < 300
        self.server.wrong += not is_right
        return is_right

    def _answer(self, status: int, said: dict | None = None) -> None:
        body = json.dumps(said or {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        pass
