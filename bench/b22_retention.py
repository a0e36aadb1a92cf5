"""B22: the night's retention of 90,000 people of 100,000, with a tablet that syncs beside it, on SQLite and PostgreSQL.

The figure is the longest that a sync waited, a batch of one fact every 50 ms in a process of its own; beside it the
longest of syncs that had the database to themselves in the same run, which is what the machine alone does.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path

from bench import postgres
from bench.b20_people import GIVEN, SURNAMES
from bench.measure import ms
from bench.report import Figure
from bench.world import World, build, connected
from models.base.database import connect_database, execute_many, fetch, writing
from models.derived.person_key import index_candidates
from models.forgetting.retain import retain
from models.intake.ingest import ingest
from models.market.log import PHONES
from models.market.planning import date_in
from models.people.candidate import identity_of
from models.schema import Log, MarketDay

OLD, NEW, SYNC_S = 90_000, 10_000, 0.1
ALONE_S = 60
AT = "2026-02-24T09:00:00+08:00"


def run(small: bool = False) -> list[Figure]:
    """Fill a county with people of a season that is long over and of today, and have the night come."""
    old, new = (60, 10) if small else (OLD, NEW)
    with tempfile.TemporaryDirectory() as folder:
        figures = [_figure("SQLite", build(Path(folder)), old, new)]
    more = [] if small else postgres.measured("B22", "bench.b22_retention", old, new, before=["measure"])
    return [*figures, *more]


def _measure(url: str, old: str, new: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        postgres.say(_figure("PostgreSQL", build(Path(folder), url=url), int(old), int(new)))


def _figure(name: str, world: World, old: int, new: int) -> Figure:
    with connected():
        today = MarketDay.get_by_id(world.day)
        past = MarketDay.create(county=today.county, town=today.town, date=today.date - timedelta(days=200))
        _fill(Log.of(past, PHONES), old)
        _fill(Log.of(today, PHONES), new)
        if name == "PostgreSQL":
            fetch("SELECT 1")
        alone = _syncing(world)
        time.sleep(1 if old < 1_000 else ALONE_S)
        longest_alone = max(_waits_of(alone))
        beside = _syncing(world)
        began = time.perf_counter()
        went = retain(today.county, date_in(today.county))["people"]
        took = time.perf_counter() - began
        waits = sorted(_waits_of(beside))
        ((left,),) = fetch("SELECT COUNT(*) FROM candidate WHERE phone IS NOT NULL")
    assert (went, left) == (old, new), (went, left)
    longest, typical = waits[-1], waits[len(waits) // 2]
    return Figure(
        "B22", f"longest wait of a sync while {old:,} of {old + new:,} people are forgotten, {name}",
        f"{ms(longest)} (median {ms(typical)}; {sum(one > SYNC_S for one in waits)} of {len(waits)} over"
        f" {ms(SYNC_S)}; {took:.0f} s in all)",
        f"{ms(longest_alone)} alone", longest <= SYNC_S,
    )  # fmt: skip


def _syncing(world: World) -> "subprocess.Popen[str]":
    """Start a process that syncs as the tablet, and wait until it has begun."""
    settings = os.environ | {"GANCHANG_DATABASE": world.url}
    command = [sys.executable, "-m", "bench.b22_retention", "sync", world.url, str(world.stands[0].tablet)]
    beside = subprocess.Popen(command, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert beside.stdout is not None
    beside.stdout.readline()
    return beside


def _waits_of(beside: "subprocess.Popen[str]") -> list[float]:
    """Stop it, and return how long each sync took in seconds."""
    said, _ = beside.communicate("stop\n")
    return json.loads(said)


def _fill(log: Log, count: int) -> None:
    """Store registrations as a log has them, with what is derived from each."""
    chance, day = random.Random(log.id), log.market_day
    key = day.county.identity_key
    for start in range(0, count, 2_000):
        people = [_person(chance, key) for _ in range(min(2_000, count - start))]
        with writing():
            execute_many(
                "INSERT INTO operation (tablet_id, seq, market_day_id, uuid, kind, subject, at_ms, effective_ms,"
                " received_ms, body, outcome) VALUES (?, ?, ?, ?, 'candidate.registered', ?, 1, 1, 1, ?, 'applied')",
                [(log.id, start + seq, day.id, id, id, body) for seq, (id, body, *_) in enumerate(people, start=1)],
            )
            execute_many(
                "INSERT INTO candidate (id, person, county_id, market_day_id, tablet_id, name, birth_year, phone,"
                " trades, work_kinds, groups, registered_by, registered_at, identity, version)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'sewing', '', 'MIG', 'operator', 1, ?, 1)",
                [(id, id, day.county_id, day.id, log.id, *more) for id, _, *more in people],
            )
            execute_many(
                "INSERT INTO visit (market_day_id, booth, person, at_ms) VALUES (?, 1, ?, 1)",
                [(day.id, id) for id, *_ in people],
            )
            index_candidates(id for id, *_ in people)


def _person(chance: random.Random, key: str) -> tuple:
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
    id, year = str(uuid.UUID(int=chance.getrandbits(128))), chance.randrange(1955, 2008)
    phone = f"139{chance.randrange(10**8):08}"
    data = {"name": name, "birth_year": year, "phone": phone, "trades": ["sewing"], "groups": ["MIG"], "sex": "female"}
    raw = {"id": id, "kind": "candidate.registered", "at": AT, "operator": None, "data": data}
    body = json.dumps(raw, sort_keys=True, separators=(",", ":"))
    return id, body, name, year, phone, identity_of(key, name, year, phone)


def _sync(url: str, tablet: str) -> None:
    """Send a fact every 50 ms until somebody says stop, and print how long each took in seconds."""
    import select

    connect_database(url)
    waits = []
    with connected():
        log = Log.get_by_id(int(tablet))
        seq = log.acknowledged
        print("begun", flush=True)
        while not select.select([sys.stdin], [], [], 0.05)[0]:
            seq += 1
            fact = {"seq": seq, "id": str(uuid.uuid4()), "kind": "visit.recorded", "at": AT, "operator": None}
            began = time.perf_counter()
            ingest(log, [fact | {"data": {"candidate": str(uuid.uuid4())}}])
            waits.append(time.perf_counter() - began)
    print(json.dumps(waits))


if __name__ == "__main__":
    {"measure": _measure, "sync": _sync}[sys.argv[1]](*sys.argv[2:])
