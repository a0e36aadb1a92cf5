"""The server's power is cut at random under load, at night of a whole market: nothing is lost, nothing counts twice."""

import random
import time
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bench import facts, world
from models.base.database import db, writing
from models.derived.count import hired_counts
from models.figures.summary import figures
from models.kiosk.assignment_record import log_name
from models.kiosk.record import changes_for, ground_for
from models.kiosk.set_up import offer_vacancies
from models.log.fact import body_of
from models.market.assignment import assign
from models.schema import Booth, MarketDay, Operation, PassRange, Tablet, Vacancy
from tests.browser.server import DATABASE, Server
from tests.effort import DEEP
from tests.faults.model_tablet import ModelTablet
from tests.oracle import Oracle

DEVICES, FACTS, MOST = (30, 250, 40) if DEEP else (8, 60, 6)  # facts of each day
LONGEST = 1.5 if DEEP else 0.4  # seconds between two cuts
SEED = 24
TOTALS = ("persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies")
MIX = facts.MIX | {"vacancy.filled": 3, "vacancy.reopened": 2}


@dataclass
class Held:
    """A market day as its devices know it: their logs by their names, and the vacancies of each booth, from 1 on."""

    day: int
    names: list[str]
    tablets: list[int]
    booths: list[int]
    logs: list[list[dict]]
    vacancies: list[list[str]]


@pytest.fixture
def market(tmp_path):
    return world.build(tmp_path, booths=DEVICES, vacancies=5, name=DATABASE)


def held_today(market: world.World) -> Held:
    return _held(market, market.day, list(range(1, DEVICES + 1)), market.stands, market.passes)


def held_yesterday(market: world.World) -> Held:
    """Hold a market on the day before with the same employers, each device at the booth next to its own of today."""
    with world.connected(), writing():
        today = MarketDay.get_by_id(market.day)
        day = MarketDay.create(
            county=today.county, town=today.town, date=today.date - timedelta(days=1), opens_at="00:00",
            closes_at="23:59",
        )  # fmt: skip
        passes = PassRange.reserve(day, 5_000).numbers()
        booths = [
            Booth.create(market_day=day, number=booth.number, name=booth.name, employer=booth.employer)
            for booth in today.booths.order_by(Booth.number)
        ]
        for booth, stand in zip(booths, market.stands, strict=True):
            offer_vacancies(Vacancy.select().where(Vacancy.number.in_(stand.vacancies)), booth)
        places = [number % DEVICES + 1 for number in range(1, DEVICES + 1)]
        stands = []
        for place, stand in zip(places, market.stands, strict=True):
            tablet = assign(Tablet.get_by_id(stand.tablet).device, booths[place - 1])
            stands.append(world.Stand(tablet.id, stand.token, market.stands[place - 1].vacancies, stand.key))
    return _held(market, day.id, places, stands, passes)


def _held(market: world.World, day: int, booths: list[int], stands: list[world.Stand], passes: list[str]) -> Held:
    logs = [facts.morning(stand, passes, FACTS, seed=day * 100 + n, mix=MIX) for n, stand in enumerate(stands)]
    for fact in [fact for log in logs for fact in log if fact["data"].get("stage") == "agreed"]:
        fact["data"]["stage"] = "hired"  # so that the days share places
    with world.connected():
        names = [log_name(Tablet.get_by_id(stand.tablet)) for stand in stands]
    vacancies = [stand.vacancies for stand in market.stands]
    return Held(day, names, [stand.tablet for stand in stands], booths, logs, vacancies)


def test_devices_outlive_a_server_that_is_killed_again_and_again(market, tmp_path):
    """They go from yesterday's booths to today's meanwhile, and vacancies of both days are closed and opened."""
    draw = random.Random(SEED)
    days = [held_yesterday(market), held_today(market)]
    server = Server(tmp_path)
    devices = [
        ModelTablet(server.url, stand.token, [(d.names[n], d.logs[n]) for d in days], random.Random(n), MOST)
        for n, stand in enumerate(market.stands)
    ]

    kills = run(server, devices, draw)

    assert [len(device.outbox) for device in devices] == [0] * DEVICES
    assert kills >= 5 and any(device.doubled for device in devices)  # or the test would mean nothing
    with world.connected():
        assert_stored_once(days)
        assert_counted_once(days)
        assert_shown_at_its_booth(days)


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


def assert_stored_once(days: list[Held]) -> None:
    """Every operation is there, once, as it was sent, in the log and at the booth where it was recorded."""
    for held in days:
        for tablet, booth, log in zip(held.tablets, held.booths, held.logs, strict=True):
            rows = list(Operation.select().where(Operation.log == tablet).order_by(Operation.seq))
            assert [(row.seq, row.body) for row in rows] == [(fact["seq"], body_of(fact)) for fact in log]
            assert {(row.market_day_id, row.booth) for row in rows} == {(held.day, booth)}
    assert Operation.select().count() == sum(len(log) for held in days for log in held.logs)
    assert db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


def assert_counted_once(days: list[Held]) -> None:
    """The figures of each day, and what both made of their vacancies, are those of an independent count."""
    oracle = Oracle()
    for held in days:
        places = {vacancy: number for number, own in enumerate(held.vacancies, 1) for vacancy in own}
        oracle.add_day(held.day, places, (), None)
    for held in days:
        for tablet, booth, log in zip(held.tablets, held.booths, held.logs, strict=True):
            oracle.add(f"{tablet:04}", booth, log, held.day)
    for held in days:
        counted, expected = figures(MarketDay.get_by_id(held.day)), oracle.figures(held.day)
        assert {name: counted[name] for name in TOTALS} == {name: expected[name] for name in TOTALS}
        assert counted["complete"] is True
    vacancies = list(Vacancy.select())
    hired = hired_counts(vacancy.number for vacancy in vacancies)
    assert sum(hired.values()) > 0 and any(vacancy.closed for vacancy in vacancies)
    assert {number: count for number, count in hired.items() if count} == oracle.hired()
    assert {vacancy.number for vacancy in vacancies if vacancy.closed} == oracle.closed()


def assert_shown_at_its_booth(days: list[Held]) -> None:
    """Each device is told of its booth's own vacancies and check-ins, and of no other's."""
    for held in days:
        for id, booth in zip(held.tablets, held.booths, strict=True):
            own, tablet = set(held.vacancies[booth - 1]), Tablet.get_by_id(id)
            changes, _, more = changes_for(tablet, 0, own=True, most=10_000)
            assert not more
            told = [*ground_for(tablet), *changes]
            assert {record["id"] for record in told if record["kind"] == "vacancy"} == own
            ties = [record["data"]["vacancy"] for record in told if record["kind"] == "check_in"]
            assert ties and set(ties) <= own
