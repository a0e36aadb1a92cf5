"""Another process holds the lock of the SQLite database: tablets are told "later", and phones are answered."""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest

from bench import facts
from models.base.connection import BUSY_SECONDS
from routes.web.errors import RETRY_AFTER
from routes.web.front import QUEUE
from tests.browser.server import ROOT
from tests.faults.strangers import Target

TABLETS = 5
HELD = 12.0  # seconds
PATIENCE = 30  # seconds that a tablet waits for an answer


@pytest.fixture
def tablets() -> int:
    return TABLETS


@contextmanager
def holding(path: Path, seconds: float) -> Iterator[subprocess.Popen]:
    """Hold a database's lock for so long, beginning with the block."""
    command = [sys.executable, "-m", "tests.faults.lock_holder", str(path), str(seconds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process


class Pushing(threading.Thread):
    """A tablet that pushes one batch until the server takes it; it keeps each status, and the seconds it took."""

    def __init__(self, url: str, token: str, body: bytes) -> None:
        super().__init__()
        self._address, self._token, self._body = urlsplit(url), token, body
        self.answers: list[tuple[int, float, str | None]] = []

    def run(self) -> None:
        while not self.answers or self.answers[-1][0] != 200 and len(self.answers) < 30:
            begun = time.monotonic()
            connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=PATIENCE)
            headers = {"Content-Type": "application/json", "Cookie": f"ganchang_tablet={self._token}"}
            connection.request("POST", "/sync", self._body, headers)
            answer = connection.getresponse()
            assert answer.status == 200 or json.loads(answer.read())["error"] == "Service Unavailable"
            self.answers.append((answer.status, time.monotonic() - begun, answer.headers["Retry-After"]))
            connection.close()


def test_five_tablets_wait_and_a_phone_does_not(market, server):
    target = Target(urlsplit(server.url).port)
    logs = [facts.morning(stand, market.passes, 20, seed=n) for n, stand in enumerate(market.stands)]
    tablets = [
        Pushing(server.url, stand.token, facts.body(log)) for stand, log in zip(market.stands, logs, strict=True)
    ]
    pages = [f"/v/{market.stands[0].vacancies[0]}", "/healthz", "/v", f"/m/{market.day}"]
    with holding(market.path, HELD) as holder:
        for tablet in tablets:
            tablet.start()
        rounds = 0
        while holder.poll() is None:  # the lock is held all the time
            for page in pages:
                assert target.ask(page) == 200, page
            rounds += 1
            time.sleep(0.2)
    for tablet in tablets:
        tablet.join()

    assert rounds >= 3  # while the tablets waited
    answers = [answer for tablet in tablets for answer in tablet.answers]
    assert {status for status, _, _ in answers} == {200, 503}
    assert all(retry for status, _, retry in answers if status == 503)
    assert QUEUE + 2 * BUSY_SECONDS < PATIENCE
    assert [tablet.answers[-1][0] for tablet in tablets] == [200] * TABLETS


def test_a_phone_that_writes_is_told_in_words_to_try_again(market, server):
    page = f"/v/{market.stands[0].vacancies[0]}"
    form = {"registration": str(uuid4()), "name": "陈秀英", "phone": "", "birth_year": "1986", "trades": "sewing"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}

    def register() -> tuple[int, str | None, str]:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
        connection.request("POST", page, urlencode(form | {"consent": ""}), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Retry-After"], answer.read().decode()

    with holding(market.path, HELD):
        status, retry, words = register()
        assert (status, retry) == (503, str(RETRY_AFTER)) and "请过几分钟再试" in words
    assert register()[0] == 303  # the same form, sent again
