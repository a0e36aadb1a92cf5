"""B2: CPU of one check-in by a known phone, against a bare Flask POST and redirect."""

import tempfile
import time
from pathlib import Path
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench import bare
from bench.measure import medians, ms
from bench.report import Figure
from bench.statements import statements_of
from bench.world import World, build
from models.clock import utcnow
from models.database import db

CPU, STATEMENTS = 0.001, 4  # seconds, and how many
PHONES = 60  # known phones, each at every vacancy once
COOKIE = "ganchang_me"


def run(small: bool = False) -> list[Figure]:
    """Let known phones check in one by one, each beside a bare request, in process CPU time."""
    phones, vacancies = (2, 3) if small else (PHONES, 20)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), booths=1, vacancies=vacancies)
        app = create_app(DATABASE=world.url, SECRET_KEY="bench", ORIGIN="http://bench.example")
        with db.connection_context():
            count, ours, baseline = _measure(app, world, phones)
    what = "one check-in by a known phone, CPU"
    ratio = f"{ours / baseline:.1f} × a bare POST and redirect ({ms(baseline)})"
    met = ours <= CPU and count <= STATEMENTS
    return [Figure("B2", what, f"{ms(ours)}, {count} statements", ratio, met)]


def _measure(app: Flask, world: World, phones: int) -> tuple[int, float, float]:
    vacancies = world.stands[0].vacancies
    clients = [_known_phone(app, vacancies[0]) for _ in range(phones)]
    ties = iter([(client, number) for number in vacancies[1:] for client in clients])

    def check_in() -> None:
        client, number = next(ties)
        answer = client.post(f"/v/{number}/check-ins", data={"consent": ""})
        assert answer.status_code == 303 and "/me/" in answer.location, answer.text

    plain = bare.create_app().test_client()
    first, _ = statements_of(check_in), check_in()
    rounds = phones * (len(vacancies) - 1) - 2
    works = (check_in, lambda: plain.post("/form", data={"vacancy": vacancies[0]}))
    ours, baseline = medians(rounds, *works, clock=time.process_time)
    return len(first), ours, baseline


def _known_phone(app: Flask, vacancy: str) -> FlaskClient:
    """Register somebody as a phone's form does; the client keeps the cookie."""
    client = app.test_client()
    form = {
        "registration": str(uuid4()), "name": "陈秀英", "phone": "",
        "birth_year": str(utcnow().year - 40), "trades": "sewing", "consent": "",
    }  # fmt: skip
    answer = client.post(f"/v/{vacancy}", data=form)
    assert answer.status_code == 303 and client.get_cookie(COOKIE), answer.text
    return client
