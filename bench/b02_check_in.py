"""B2: CPU of one check-in through the server, by a phone and by a tablet, among 10,000 and 100,000 people.

Beside each stands a bare Flask view behind the same server, asked in turn with it.
"""

import http.client
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from bench import facts
from bench.measure import ms
from bench.people import register
from bench.report import Figure
from bench.server import BARE, Server, post, serving
from bench.world import World, build
from models.base.clock import utcnow

CPU = 0.0015  # seconds
PEOPLE = (10_000, 100_000)
ROUNDS, EACH = 7, 50  # requests of each kind in a round
PHONES = 25  # known phones, each at every vacancy once
SAME_SITE = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def run(small: bool = False) -> list[Figure]:
    """Let known phones check in, and a tablet send single check-ins, in rounds that alternate with bare requests."""
    sizes, rounds, each = ((50,), 1, 4) if small else (PEOPLE, ROUNDS, EACH)
    return [figure for people in sizes for figure in _figures(people, rounds, each)]


def _figures(people: int, rounds: int, each: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        # A tablet's check-ins are of passes that the first booth registered.
        world = build(Path(folder), booths=2, vacancies=2 + -(-rounds * each // PHONES), passes=people + 1_000)
        register(world, people)
        phone, tablet, bare = _measure(world, people, rounds, each)
    beside = "{:.1f} × a bare POST and redirect ({})"
    return [
        Figure("B2", f"one check-in, {name}, among {people:,} people, CPU", ms(ours),
               beside.format(ours / bare, ms(bare)), ours <= CPU)
        for name, ours in (("a phone's POST", phone), ("/sync with one operation", tablet))
    ]  # fmt: skip


def _measure(world: World, people: int, rounds: int, each: int) -> list[float]:
    """Return the median processor seconds of a phone's check-in, of a tablet's, and of a bare request."""
    with serving(world.url) as server, serving(world.url, command=BARE) as bare:
        plain, form = bare.connection(), urlencode({"vacancy": world.stands[0].vacancies[0]})
        works = (
            (server, _phones(server.connection(), world)),
            (server, _tablet(server.connection(), world, people)),
            (bare, lambda: _redirected(plain, "/form", form, SAME_SITE)),
        )
        for _, work in works:  # what is loaded late is loaded
            work()
        taken = [[_cpu(asked, work, each) for asked, work in works] for _ in range(rounds)]
    return [median(seconds) for seconds in zip(*taken, strict=True)]


def _cpu(server: Server, work: Callable[[], object], each: int) -> float:
    before = server.cpu_seconds()
    for _ in range(each):
        work()
    return (server.cpu_seconds() - before) / each


def _phones(connection: http.client.HTTPConnection, world: World) -> Callable[[], object]:
    """Register some phones at the first vacancy; return how the next one checks in at its next vacancy."""
    first, *others = world.stands[0].vacancies
    cookies = [known_phone(connection, first) for _ in range(PHONES)]
    ties = iter([(number, cookie) for number in others for cookie in cookies])

    def check_in() -> None:
        number, cookie = next(ties)
        form = urlencode({"consent": ""})
        location = _redirected(connection, f"/v/{number}/check-ins", form, SAME_SITE | {"Cookie": cookie})[0]
        assert "/me/" in location, location

    return check_in


def known_phone(connection: http.client.HTTPConnection, vacancy: str) -> str:
    """Register somebody as a phone's form does; return the cookie."""
    form = {
        "registration": str(uuid4()), "name": "陈秀英", "phone": "",
        "birth_year": str(utcnow().year - 40), "trades": "sewing", "consent": "",
    }  # fmt: skip
    _, cookies = _redirected(connection, f"/v/{vacancy}", urlencode(form), SAME_SITE)
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


def _tablet(connection: http.client.HTTPConnection, world: World, people: int) -> Callable[[], object]:
    """Return how the second booth's tablet sends one check-in of somebody it does not know yet."""
    stand, draw = world.stands[1], random.Random(people)
    passes = iter(draw.sample(world.passes[:people], min(people, 2_000)))
    sent, cursor = 0, 0

    def check_in() -> None:
        nonlocal sent, cursor
        sent, now = sent + 1, datetime.now(UTC)
        data = {"pass": next(passes), "vacancy": draw.choice(stand.vacancies), "channel": "card"}
        fact = {
            "seq": sent, "id": facts.uuid7(draw, now), "kind": "check_in.recorded", "operator": 1,
            "at": now.isoformat(timespec="seconds"), "data": data,
        }  # fmt: skip
        answer = post(connection, stand.token, facts.body([fact], cursor))
        assert answer["results"][0]["outcome"] == "applied", answer
        cursor = answer["cursor"]

    return check_in


def _redirected(
    connection: http.client.HTTPConnection, path: str, form: str, headers: dict[str, str]
) -> tuple[str, list[str]]:
    """Post a form and return where the answer leads, and the cookies it sets. Raises RuntimeError unless it is 303."""
    connection.request("POST", path, form, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"{answer.status} for {path}")
    return answer.headers["Location"], answer.headers.get_all("Set-Cookie") or []
