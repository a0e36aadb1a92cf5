"""The server's power is cut at random under load, at night of a whole market: nothing is lost, nothing counts twice."""

import random
import time

import pytest

from bench import facts, world
from models.base.database import db
from models.figures.summary import figures
from models.log.fact import body_of
from models.schema import MarketDay, Operation
from tests.browser.server import DATABASE, Server
from tests.effort import DEEP
from tests.faults.model_tablet import ModelTablet
from tests.oracle import Oracle

TABLETS, FACTS, MOST = (30, 500, 40) if DEEP else (8, 90, 3)
LONGEST = 1.5 if DEEP else 0.4  # seconds between two cuts
SEED = 24
TOTALS = ("persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies")


@pytest.fixture
def market(tmp_path):
    return world.build(tmp_path, booths=TABLETS, vacancies=5, name=DATABASE)


def test_tablets_outlive_a_server_that_is_killed_again_and_again(market, tmp_path):
    draw = random.Random(SEED)
    logs = [facts.morning(stand, market.passes, FACTS, seed=n) for n, stand in enumerate(market.stands)]
    server = Server(tmp_path)
    tablets = [
        ModelTablet(server.url, stand.token, log, random.Random(n), MOST)
        for n, (stand, log) in enumerate(zip(market.stands, logs, strict=True))
    ]

    kills = run(server, tablets, draw)

    assert [len(tablet.outbox) for tablet in tablets] == [0] * TABLETS
    assert kills >= 5 and any(tablet.doubled for tablet in tablets)  # or the test would mean nothing
    with world.connected():
        assert_stored_once(market, logs)
        assert_counted_once(market, logs)


def run(server: Server, tablets: list[ModelTablet], draw: random.Random) -> int:
    """Let the tablets send while the server is killed at random moments; return how often it was."""
    kills = 0
    server.start()
    for tablet in tablets:
        tablet.start()
    while any(tablet.is_alive() for tablet in tablets):
        time.sleep(draw.uniform(0.05, LONGEST))
        if any(tablet.outbox for tablet in tablets):
            server.kill()
            kills += 1
            server.start()
    server.kill()
    return kills


def assert_stored_once(market: world.World, logs: list[list[dict]]) -> None:
    """Every operation is there, once, as it was sent."""
    for stand, log in zip(market.stands, logs, strict=True):
        rows = Operation.select().where(Operation.log == stand.tablet).order_by(Operation.seq)
        assert [(row.seq, row.body) for row in rows] == [(fact["seq"], body_of(fact)) for fact in log]
    assert db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


def assert_counted_once(market: world.World, logs: list[list[dict]]) -> None:
    """The summary's figures are those of an independent count."""
    places = {vacancy: number for number, stand in enumerate(market.stands, 1) for vacancy in stand.vacancies}
    oracle = Oracle(places)
    for number, log in enumerate(logs, 1):
        oracle.add(f"T{number}", number, log)
    counted, expected = figures(MarketDay.get_by_id(market.day)), oracle.figures()
    assert {name: counted[name] for name in TOTALS} == {name: expected[name] for name in TOTALS}
    assert counted["complete"] is True
