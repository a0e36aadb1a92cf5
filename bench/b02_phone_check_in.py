"""B2: CPU of one check-in by a known phone, against a bare Flask POST and redirect."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from flask import Flask

from app import create_app
from bench import bare
from bench.measure import medians, ms
from bench.report import Figure
from bench.statements import statements_of
from bench.world import World, build, connected
from bench.wsgi import Answer, caller
from models.base.clock import utcnow

CPU, STATEMENTS = 0.001, 4  # seconds, and how many
PHONES = 60  # known phones, each at every vacancy once
COOKIE = "ganchang_me"


def run(small: bool = False) -> list[Figure]:
    """Let known phones check in one by one, each beside a bare request, in process CPU time."""
    phones, vacancies = (2, 3) if small else (PHONES, 20)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), booths=1, vacancies=vacancies)
        app = create_app(DATABASE=world.url, SECRET_KEY="bench", ORIGIN="http://bench.example")
        with connected():
            count, ours, baseline = _measure(app, world, phones)
    what = "one check-in by a known phone, CPU"
    ratio = f"{ours / baseline:.1f} × a bare POST and redirect ({ms(baseline)})"
    met = ours <= CPU and count <= STATEMENTS
    return [Figure("B2", what, f"{ms(ours)}, {count} statements", ratio, met)]


def _measure(app: Flask, world: World, phones: int) -> tuple[int, float, float]:
    vacancies = world.stands[0].vacancies
    cookies = [_known_phone(app, vacancies[0]) for _ in range(phones)]
    ties = iter([_tie(app, number, cookie) for number in vacancies[1:] for cookie in cookies])

    def check_in() -> None:
        answer = next(ties)()
        assert answer.status == 303 and "/me/" in answer.headers["Location"], answer.body

    plain = caller(bare.create_app(), "/form", method="POST", data={"vacancy": vacancies[0]})
    first = statements_of(check_in)
    rounds = phones * (len(vacancies) - 1) - 1
    ours, baseline = medians(rounds, check_in, plain, clock=time.process_time)
    return len(first), ours, baseline


def _tie(app: Flask, vacancy: str, cookie: str) -> Callable[[], Answer]:
    return caller(
        app, f"/v/{vacancy}/check-ins", method="POST", data={"consent": ""}, headers={"Cookie": cookie}
    )


def _known_phone(app: Flask, vacancy: str) -> str:
    """Register somebody as a phone's form does; return the cookie."""
    form = {
        "registration": str(uuid4()), "name": "陈秀英", "phone": "",
        "birth_year": str(utcnow().year - 40), "trades": "sewing", "consent": "",
    }  # fmt: skip
    answer = caller(app, f"/v/{vacancy}", method="POST", data=form)()
    assert answer.status == 303 and COOKIE in answer.cookies, answer.body
    return answer.cookies
