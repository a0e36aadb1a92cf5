"""B19: a market day replayed in ten minutes: 40 tablets, 2,000 phones, 30,000 facts, on SQLite and on PostgreSQL."""

import http.client
import queue
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench import postgres
from bench.b02_check_in import SAME_SITE, known_phone
from bench.load import Load, Outcome
from bench.measure import ms, percentile
from bench.report import Figure
from bench.server import Server, serving
from bench.world import World, build

SLOWEST, SHARE = 0.150, 0.60  # seconds of a phone's page at the 99th percentile; of one core
AT_ONCE = 24  # phones that wait for an answer
OF_A_PHONE = 3  # facts: registered, checked in, checked in elsewhere


@dataclass(frozen=True)
class Day:
    """How much is replayed; ``seconds`` is how long it takes."""

    tablets: int
    facts: int  # of each tablet
    phones: int
    seconds: int

    @property
    def load(self) -> Load:
        """What the tablets send: a batch every 15 seconds, as kiosks do that have a network."""
        batches = max(1, self.seconds // 15)
        return Load(self.tablets, self.facts // batches, batches, self.seconds / batches)


WHOLE, SMALL = Day(40, 600, 2_000, 600), Day(3, 20, 12, 6)


@dataclass
class Pages:
    """What the phones met with: seconds of each request, and how many failed."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def run(small: bool = False) -> list[Figure]:
    """Replay the day on either database."""
    with tempfile.TemporaryDirectory() as folder:
        figures = [_figure("SQLite", _world(Path(folder), SMALL if small else WHOLE), SMALL if small else WHOLE)]
    return figures if small else [*figures, *postgres.measured("B19", "bench.b19_market_day")]


def _in_own_process(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        postgres.say(_figure("PostgreSQL", _world(Path(folder), WHOLE, url), WHOLE))


def _world(folder: Path, day: Day, url: str = "") -> World:
    return build(folder, booths=day.tablets, vacancies=5, url=url)


def _figure(name: str, world: World, day: Day) -> Figure:
    bodies, pages = day.load.bodies(world), Pages()
    with serving(world.url) as server:
        server.warm_up(f"/v/{world.stands[0].vacancies[0]}")
        before, began = server.cpu_seconds(), time.monotonic()
        phones = threading.Thread(target=_phones, args=(server, world, day, pages))
        phones.start()
        tablets: Outcome = day.load.run(server, world, bodies)
        phones.join()
        busy = (server.cpu_seconds() - before) / (time.monotonic() - began)
    p99, facts = percentile(pages.seconds, 0.99), day.tablets * day.facts + day.phones * OF_A_PHONE
    errors = tablets.errors + len(pages.errors)
    for said in pages.errors[:3]:
        print(said, file=sys.stderr)
    figure = f"p99 of {len(pages.seconds):,} phone pages {ms(p99)}, median {ms(percentile(pages.seconds, 0.5))}"
    beside = f"{busy:.0%} of one core, {errors} errors; /sync p99 {ms(percentile(tablets.seconds, 0.99))}"
    what = f"a market day of {day.tablets} tablets, {day.phones:,} phones, {facts:,} facts in {day.seconds} s, {name}"
    return Figure("B19", what, figure, beside, not errors and p99 <= SLOWEST and busy <= SHARE)


def _phones(server: Server, world: World, day: Day, pages: Pages) -> None:
    """Let phones come at their times, spread over the day; some are answered while others wait."""
    draw, start = random.Random(19), time.monotonic() + 0.2
    due: queue.SimpleQueue[float | None] = queue.SimpleQueue()
    for at in sorted(start + draw.uniform(0, day.seconds) for _ in range(day.phones)):
        due.put(at)
    numbers = [number for stand in world.stands for number in stand.vacancies]
    threads = [threading.Thread(target=_holders, args=(server, numbers, due, pages, n)) for n in range(AT_ONCE)]
    for thread in threads:
        due.put(None)
        thread.start()
    for thread in threads:
        thread.join()


def _holders(server: Server, numbers: list[str], due: queue.SimpleQueue, pages: Pages, seed: int) -> None:
    draw, connection = random.Random(seed), server.connection()
    while (at := due.get()) is not None:
        time.sleep(max(0.0, at - time.monotonic()))
        first, second = draw.sample(numbers, 2)
        try:
            _hold(connection, first, second, pages)
        except (OSError, RuntimeError, AssertionError, http.client.HTTPException) as error:
            pages.errors.append(repr(error))
            connection.close()
    connection.close()


def _hold(connection: http.client.HTTPConnection, first: str, second: str, pages: Pages) -> None:
    """Do what somebody with a phone does: look, sign up, read the own page, look elsewhere, sign up there too."""

    def timed(ask: object, *arguments: object) -> str:
        begun = time.perf_counter()
        said = ask(*arguments)  # type: ignore[operator]
        pages.seconds.append(time.perf_counter() - begun)
        return said

    timed(_asked, connection, "GET", f"/v/{first}", {})
    cookie = timed(known_phone, connection, first)
    own = {"Cookie": cookie}
    timed(_asked, connection, "GET", f"/v/{second}", own)
    timed(_asked, connection, "POST", f"/v/{second}/check-ins", SAME_SITE | own, urlencode({"consent": ""}))


def _asked(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], form: str | None = None
) -> str:
    """Ask, and follow one redirect, as a phone does; return the last address. Raises RuntimeError for a no."""
    connection.request(method, path, form, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status == 303:
        plain = {name: value for name, value in headers.items() if name == "Cookie"}
        return _asked(connection, "GET", answer.headers["Location"], plain)
    if answer.status != 200:
        raise RuntimeError(f"{method} {path}: {answer.status}")
    return path


if __name__ == "__main__":
    _in_own_process(*sys.argv[1:])
