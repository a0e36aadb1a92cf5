"""The gateway driver: gives messages to a gateway over HTTP, each request signed.

    POST <endpoint>/messages        {"id", "to", "text"}    200 201 202: taken; {"number"}: the gateway's own
    GET  <endpoint>/messages/<id>                           {"state": "sent" | "failed", "reason"}; 404: never came

Every request says who signed it and when, and a signature over both (docs/configuration.md):

    Ganchang-Key:        the key's name
    Ganchang-Time:       seconds since 1970
    Ganchang-Signature:  hex HMAC-SHA256(secret, method \\n path \\n time \\n body)

A message's id goes along as ``Idempotency-Key``. An answer is believed only where it leaves no doubt: a gateway that
fails after it took the message (500, no answer) leaves it unclear.
"""

import hashlib
import hmac
import json
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from models.messages.driver import FAILED, SENT, NotTaken, Outcome, Unclear

TAKEN = (200, 201, 202, 208, 409)  # 409: this id was taken before
WRONG_KEY = (401, 403, 407)
BUSY = 429
REFUSED = (400, 404, 410, 413, 415, 422)
LONGEST_ANSWER = 10_000  # bytes that are read
LONGEST_REASON = 60


class _Answer(NamedTuple):
    status: int
    said: dict


class Gateway:
    """A gateway at an endpoint, ``https://sms.example.cn/v1``. ``patience``: seconds for each step of a request."""

    def __init__(self, endpoint: str, key: str, secret: str, patience: float = 10, asks: bool = True) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise ValueError(f"no address of a gateway: {endpoint}")
        self.name, self.patience, self.asks = parts.netloc, patience, asks
        self._parts, self._key, self._secret = parts, key, secret.encode()
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None

    def send(self, id: str, number: str, text: str) -> Outcome:
        """Give a message to the gateway. Raises NotTaken and Unclear."""
        body = json.dumps({"id": id, "to": number, "text": text}, ensure_ascii=False).encode()
        answer = self._asked("POST", "/messages", body, {"Idempotency-Key": id, "Content-Type": "application/json"})
        if answer.status in TAKEN:
            return Outcome(SENT, number=str(answer.said.get("number", ""))[:LONGEST_REASON])
        if answer.status in REFUSED:
            return Outcome(FAILED, str(answer.said.get("reason", answer.status))[:LONGEST_REASON])
        if answer.status in WRONG_KEY or answer.status == BUSY:
            raise NotTaken(f"{self.name} answers {answer.status}")
        raise Unclear(str(answer.status))

    def ask(self, id: str) -> Outcome | None:
        """Ask what became of a message. Raises Unclear."""
        if not self.asks:
            raise Unclear("the gateway cannot be asked")
        try:
            answer = self._asked("GET", f"/messages/{id}")
        except NotTaken as error:
            raise Unclear(str(error)) from error
        if answer.status == 404:
            return None
        state = answer.said.get("state")
        if answer.status != 200 or state not in (SENT, FAILED):
            raise Unclear(f"{answer.status} {state}"[:LONGEST_REASON])
        return Outcome(state, str(answer.said.get("reason", ""))[:LONGEST_REASON])

    def _asked(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> _Answer:
        """Ask once, never twice. Raises NotTaken before the request has begun, and Unclear afterwards."""
        connection, path = self._connection(), self._parts.path.rstrip("/") + path
        try:
            connection.connect()
        except OSError as error:
            raise NotTaken(f"{self.name}: {error}") from error
        try:
            connection.request(method, path, body, (headers or {}) | self._signed(method, path, body))
            response = connection.getresponse()
            return _Answer(response.status, _read(response.read(LONGEST_ANSWER)))
        except (OSError, HTTPException) as error:
            raise Unclear(type(error).__name__) from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = str(self._parts.hostname), self._parts.port
        if self._tls:
            return HTTPSConnection(host, port, timeout=self.patience, context=self._tls)
        return HTTPConnection(host, port, timeout=self.patience)

    def _signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        return {"Ganchang-Key": self._key, "Ganchang-Time": at,
                "Ganchang-Signature": signature(self._secret, method, path, at, body)}  # fmt: skip


def signature(secret: bytes, method: str, path: str, at: str, body: bytes) -> str:
    """Return what signs a request: hex HMAC-SHA256 over method, path, time and body, a line each."""
    return hmac.new(secret, b"\n".join((method.encode(), path.encode(), at.encode(), body)), hashlib.sha256).hexdigest()


def _read(body: bytes) -> dict:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
