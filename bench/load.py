"""Load: many tablets that post at their own pace, bounded in number and in time, from one process."""

import threading
import time
from dataclasses import dataclass, field

from bench import facts
from bench.server import Server, post
from bench.world import World


@dataclass
class Outcome:
    """What a load came to: seconds of each batch, how many failed, and facts a second."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    per_second: float = 0.0


@dataclass(frozen=True)
class Load:
    """So many tablets, each posting ``batch`` facts every ``period`` seconds, ``batches`` times."""

    tablets: int
    batch: int
    batches: int
    period: float

    def bodies(self, world: World) -> list[list[bytes]]:
        """Return what each tablet will post, made before the clock starts."""
        count = self.batch * self.batches
        logs = [facts.morning(stand, world.passes, count, seed=n) for n, stand in enumerate(world.stands)]
        return [[facts.body(part) for part in facts.batches(log, self.batch)] for log in logs]

    def run(self, server: Server, world: World, bodies: list[list[bytes]]) -> Outcome:
        """Post everything; the tablets start one after another, spread over a period."""
        outcome, start = Outcome(), time.perf_counter() + 0.2
        threads = [
            threading.Thread(target=self._tablet, args=(server, stand.token, mine, at, outcome))
            for stand, mine, at in zip(world.stands, bodies, self._starts(start), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.perf_counter() - start
        outcome.per_second = self.batch * (len(outcome.seconds) - outcome.errors) / taken
        return outcome

    def _starts(self, start: float) -> list[float]:
        return [start + self.period * place / self.tablets for place in range(self.tablets)]

    def _tablet(
        self, server: Server, token: str, bodies: list[bytes], at: float, outcome: Outcome
    ) -> None:
        connection, cursor = server.connection(), 0
        for body in bodies:
            time.sleep(max(0.0, at - time.perf_counter()))
            begun = time.perf_counter()
            try:
                answer = post(connection, token, facts.at_cursor(body, cursor))
                cursor = answer.get("cursor", 0)
            except (OSError, RuntimeError, ValueError):
                outcome.errors += 1
                connection.close()
            outcome.seconds.append(time.perf_counter() - begun)
            at += self.period
        connection.close()
