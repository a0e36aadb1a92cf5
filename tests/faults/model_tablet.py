"""A device without a browser: its logs, an outbox, and the one rule by which a fact leaves it (docs/protocol.md)."""

import http.client
import json
import random
import threading
import time
from urllib.parse import urlsplit
from uuid import uuid4

PATIENCE = 5  # seconds for an answer
GIVES_UP = 300  # seconds after which a server that never takes anything fails the test


class ModelTablet(threading.Thread):
    """Sends its outbox in batches of random size until it is empty, whatever happens to the server.

    ``logs`` are those that it writes one after the other, each at another booth: ``[(12.A, operations)]``. It goes on
    to the next when one is acknowledged whole. ``outbox`` holds the operations that were not acknowledged yet,
    ``doubled`` counts those that the server said it knew already: their first answer was lost. ``pause`` is how many
    seconds it waits after a batch that was taken, ``taken_at`` when the latest was, by the monotonic clock.
    """

    def __init__(
        self,
        url: str,
        token: str,
        logs: list[tuple[str, list[dict]]],
        draw: random.Random,
        most: int,
        pause: float = 0,
        gives_up: float = GIVES_UP,
    ) -> None:
        super().__init__(daemon=True)
        self._address, self._token, self._draw, self._most = urlsplit(url), token, draw, most
        self._pause, self._gives_up, self.taken_at = pause, gives_up, 0.0
        self._later = list(logs)
        self.outbox: list[dict] = []
        self.attempts = self.doubled = 0
        self._go_on()

    def run(self) -> None:
        until = time.monotonic() + self._gives_up
        while self.outbox and time.monotonic() < until:
            batch, size = str(uuid4()), self._draw.randint(1, self._most)
            self.attempts += 1
            answer = self._post({"protocol": 1, "batch": batch, "cursor": 0, "operations": self.outbox[:size]})
            if answer and answer["batch"] == batch and answer["log"] == self._log:
                self.doubled += sum(result["outcome"] == "duplicate" for result in answer["results"])
                self.outbox = [fact for fact in self.outbox if fact["seq"] > answer["acknowledged"]]
                self._go_on()
                self.taken_at = time.monotonic()
                time.sleep(self._pause)
            else:
                time.sleep(self._draw.uniform(0, 0.2))

    def hurry(self, most: int) -> None:
        """Send the rest without a pause, so many at a time: the market is over."""
        self._pause, self._most = 0, most

    def _go_on(self) -> None:
        """Begin with the next log once this one is received whole."""
        if not self.outbox and self._later:
            self._log, facts = self._later.pop(0)
            self.outbox = list(facts)

    def _post(self, body: dict) -> dict | None:
        """Return the answer if it is a yes: 200 and JSON, whole."""
        headers = {"Content-Type": "application/json", "Cookie": f"ganchang_tablet={self._token}"}
        connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/sync?log={self._log}", json.dumps(body), headers)
            answer = connection.getresponse()
            return json.loads(answer.read()) if answer.status == 200 else None
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()
