"""B4: tablets' batches on PostgreSQL, against raw psycopg; and writers of one county, and of several, at once."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple
from pathlib import Path
from statistics import median

from bench import facts
from bench.report import Figure
from bench.world import Stand, World, another_county, build, connected

SHARE, GAIN, GAIN_AT = 0.70, 1.6, 4
WRITERS = (1, 2, 4, 8)  # processes
BATCH = 100  # facts, as a tablet has them after a morning without a network


def run(small: bool = False) -> list[Figure]:
    """Start a PostgreSQL of one's own, and measure in a process that has loaded its driver."""
    from tests.postgres import Postgres, find_programs

    programs = find_programs()
    if programs is None:
        print("B4: PostgreSQL is not installed", file=sys.stderr)
        return []
    server = Postgres(programs)
    try:
        for name in ("ours", "writers"):
            server.execute(f"CREATE DATABASE {name}")
        found: list[Figure] = []
        sizes = ("40", "3") if small else ("500", "12")
        found += _asked(server.url("ours"), "beside", *sizes, server.url("postgres"))
        sizes = ("2", "2") if small else ("25", "3")
        return found + _asked(server.url("writers"), "counties", *sizes)
    finally:
        server.stop()


def _asked(url: str, *arguments: str) -> list[Figure]:
    return [Figure(*cells) for cells in json.loads(_answer(_of_this_module(url, *arguments)))]


def _answer(started: subprocess.Popen) -> str:
    said, trouble = started.communicate()
    if started.returncode:
        raise RuntimeError(trouble.strip().splitlines()[-1])
    return said.splitlines()[-1]


def _of_this_module(url: str, *arguments: str) -> subprocess.Popen:
    settings = os.environ | {"GANCHANG_DATABASE": url}  # peewee looks for PostgreSQL's driver when it is loaded
    command = [sys.executable, "-m", "bench.b04_postgres", arguments[0], url, *arguments[1:]]
    return subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _beside(url: str, size: str, rounds: str, server: str) -> list[Figure]:
    """Ingest a tablet's log in process, each batch beside its final rows written raw, in either way."""
    import psycopg

    from bench.final_rows_postgres import Copy
    from models.base.database import db
    from models.intake.ingest import ingest
    from models.schema import Tablet

    world = _world(url)
    log = facts.batches(facts.morning(world.stands[0], world.passes, int(size) * int(rounds)), int(size))
    copies = {}
    with psycopg.connect(server, autocommit=True) as connection:
        for way in ("executemany", "copy"):
            if not db.is_closed():
                db.close()
            connection.execute(f"CREATE DATABASE {way} TEMPLATE ours")
    for way in ("executemany", "copy"):
        copies[way] = Copy(url, server.removesuffix("postgres") + way)
    ours, raw = [], {way: [] for way in copies}
    with connected():
        tablet = Tablet.get_by_id(world.stands[0].tablet)
        for batch in log:
            start = time.perf_counter()
            ingest(tablet.log, batch)
            ours.append(time.perf_counter() - start)
            for way, copy in copies.items():
                raw[way].append(copy.write(copy.differences(), by_copy=way == "copy"))
    for copy in copies.values():
        assert not copy.differences()
        copy.close()
    taken, plain, copied = median(ours), median(raw["executemany"]), median(raw["copy"])
    figure = f"{taken / int(size) * 1e6:.0f} µs an operation, {int(size) / taken:,.0f}/s"
    beside = f"{plain / taken:.0%} of raw psycopg, {copied / taken:.0%} of raw psycopg with COPY"
    return [Figure("B4", f"PostgreSQL, {size} operations a batch, in process", figure, beside, plain / taken >= SHARE)]


def _counties(url: str, batches: str, rounds: str) -> list[Figure]:
    """Let 1, 2, 4 and 8 processes write at once, each its own county; then as many, all one market day's."""
    worlds = [_world(url)]
    with connected():
        worlds += [another_county(worlds[0]) for _ in range(1, max(WRITERS))]
    seqs: dict[int, int] = {}
    apart: dict[int, list[float]] = {count: [] for count in WRITERS}
    together: dict[int, list[float]] = {count: [] for count in WRITERS}
    for _ in range(int(rounds)):
        for count in WRITERS:
            of_counties = [(world, world.stands[0]) for world in worlds[:count]]
            of_one_day = [(worlds[0], stand) for stand in worlds[0].stands[:count]]
            apart[count].append(_rate(url, of_counties, int(batches), seqs))
            together[count].append(_rate(url, of_one_day, int(batches), seqs))
    counties = {count: median(rates) for count, rates in apart.items()}
    day = {count: median(rates) for count, rates in together.items()}
    gain = counties[GAIN_AT] / counties[1]
    figure = ", ".join(f"{count}: {rate:,.0f}/s" for count, rate in counties.items())
    beside = f"{gain:.2f} × one writer at {GAIN_AT}; on one market day {', '.join(f'{r:,.0f}' for r in day.values())}/s"
    return [Figure("B4", "PostgreSQL, writers of different counties", figure, beside, gain >= GAIN)]


def _rate(url: str, writers: list[tuple[World, Stand]], batches: int, seqs: dict[int, int]) -> float:
    """Return how many facts a second writers store at once, each for a tablet of its own, its log going on."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.time() + 2 + len(writers) / 2  # all have loaded by then
        started = []
        for world, stand in writers:
            seq = seqs.setdefault(stand.tablet, 0)
            log = facts.morning(stand, world.passes, batches * BATCH, seed=1000 * stand.tablet + seq)
            seqs[stand.tablet] += len(log)
            path = Path(folder, str(stand.tablet))
            path.write_text(json.dumps([{**fact, "seq": seq + fact["seq"]} for fact in log]))
            started.append(_of_this_module(url, "write", str(stand.tablet), str(path), str(start)))
        ended = [float(_answer(writer)) for writer in started]
    return len(writers) * batches * BATCH / (max(ended) - start)


def _write(url: str, tablet: str, path: str, start: str) -> float:
    """Send one tablet's batches in process, from a moment on; return the moment at which all were stored."""
    from models.base.database import connect_database
    from models.intake.ingest import ingest
    from models.schema import Tablet

    connect_database(url)
    parts = facts.batches(json.loads(Path(path).read_text()), BATCH)
    with connected():
        log = Tablet.get_by_id(int(tablet)).log
        time.sleep(max(0.0, float(start) - time.time()))
        for part in parts:
            if ingest(log, part).acknowledged != part[-1]["seq"]:
                raise RuntimeError("a fact was not stored")
    return time.time()


def _world(url: str) -> World:
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder), booths=max(WRITERS), url=url)


if __name__ == "__main__":
    does = {"beside": _beside, "counties": _counties, "write": _write}[sys.argv[1]](*sys.argv[2:])
    print(does if isinstance(does, float) else json.dumps([astuple(figure) for figure in does]))
