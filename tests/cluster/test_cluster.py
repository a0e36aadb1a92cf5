"""Thirty faults strike a cluster while tablets send: nothing that was taken is lost, nothing counts twice.

`make test-cluster` runs it, as root on Debian: docs/cluster/README.md. It takes half an hour and writes its report.
"""

import os
import random
import subprocess
import time
from pathlib import Path
from statistics import median

import peewee  # noqa: F401  before models, so with the driver of PostgreSQL
import psycopg
import pytest

from bench import facts, world
from models.base.database import connect_database
from models.figures.summary import figures
from models.kiosk.assignment_record import log_name
from models.log.fact import body_of
from models.schema import MarketDay, Operation, Tablet
from routes.web.sockets import free_port
from tests.browser.server import Server
from tests.cluster.faults import Fault, faults
from tests.cluster.machines import PASSWORD, Cluster, Process
from tests.faults.model_tablet import ModelTablet
from tests.oracle import Oracle
from tests.postgres import find_programs

TABLETS, MOST, PAUSE = 20, 4, 1.0  # facts at most in a batch; seconds
ROUNDS, SEED = int(os.environ.get("GANCHANG_CLUSTER_ROUNDS", "2")), 24
FACTS = 3_000 * ROUNDS  # of each tablet
HOURS = 2  # after which a tablet gives up
TOTALS = ("persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies")
WEB = "http://127.0.0.1:8100"
REPORT = Path(__file__).parents[2] / "build" / "cluster-report.txt"
RECOVERS_IN = 120  # seconds


class Application(Server):
    """One process of the application. Its database is filled already."""

    def fill(self) -> None:
        """Put nothing into it."""


@pytest.fixture
def ports() -> list[int]:
    first = free_port()
    return [first, next(port for port in iter(free_port, None) if port != first)]


@pytest.fixture
def cluster(tmp_path_factory, ports):
    cluster = Cluster(Path("/tmp") / f"ganchang-cluster-{os.getpid()}", ports)
    try:
        cluster.start()
        cluster.wait_until_whole()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def market(cluster, tmp_path) -> world.World:
    return world.build(tmp_path, booths=TABLETS, vacancies=5, url=cluster.url)


@pytest.fixture
def servers(cluster, market, tmp_path, ports):
    made = []
    for port in ports:
        folder = tmp_path / str(port)
        folder.mkdir()
        made.append(Application(folder, DATABASE=cluster.url, PORT=str(port), ORIGIN=WEB))
    for server in made:
        server.start()
    yield made
    for server in made:
        server.kill()


def test_nothing_is_lost_and_nothing_counts_twice(cluster, market, servers):
    logs = [facts.morning(stand, market.passes, FACTS, seed=n) for n, stand in enumerate(market.stands)]
    with world.connected():
        names = [log_name(Tablet.get_by_id(stand.tablet)) for stand in market.stands]
    tablets = [
        ModelTablet(WEB, stand.token, [(names[n], logs[n])], random.Random(n), MOST, PAUSE, HOURS * 3600)
        for n, stand in enumerate(market.stands)
    ]
    _copy_away(cluster)
    for tablet in tablets:
        tablet.start()
    lines = []
    for turn in range(ROUNDS):
        for fault in random.Random(SEED + turn).sample(found := faults(cluster, servers), len(found)):
            lines.append((fault.name, _strike(fault, tablets)))
            cluster.wait_until_whole()
    lines.append(("a new release with its migration, process by process", _release(cluster, servers, tablets)))
    moment = _moment(cluster, tablets)
    _hurry(tablets)

    assert [len(tablet.outbox) for tablet in tablets] == [0] * TABLETS
    with world.connected():
        _assert_stored_once(market, logs)
        _assert_counted_once(market, logs)
    restored = _restore(cluster, moment)
    assert moment["taken"] <= restored <= moment["taken"] + TABLETS * MOST
    _report(lines, tablets, restored, moment)
    assert max(away for _, away in lines) <= RECOVERS_IN


def _strike(fault: Fault, tablets: list[ModelTablet]) -> float:
    """Do a fault and undo it; return the longest time, in seconds, in which nobody's facts were taken."""
    _until_taken(tablets, time.monotonic())
    began = last = time.monotonic()
    fault.do()
    undone = fault.undo is None
    longest = 0.0
    while not undone or time.monotonic() - began < fault.seconds + 5 or time.monotonic() - last > 2:
        if not undone and time.monotonic() - began >= fault.seconds:
            fault.undo()
            undone = True
        taken = max(tablet.taken_at for tablet in tablets)
        if taken > last:
            longest, last = max(longest, taken - last), taken
        assert time.monotonic() - last < RECOVERS_IN, f"nothing is taken since {fault.name}"
        time.sleep(0.05)
    return longest


def _until_taken(tablets: list[ModelTablet], since: float) -> None:
    until = time.monotonic() + RECOVERS_IN
    while max(tablet.taken_at for tablet in tablets) <= since:
        assert time.monotonic() < until, "nothing is taken"
        time.sleep(0.05)


def _release(cluster: Cluster, servers: list[Server], tablets: list[ModelTablet]) -> float:
    """Add a column that the running release does not know, renew each process, and drop what nobody needs now."""

    def renew() -> None:
        cluster.execute("ALTER TABLE market_day ADD COLUMN of_a_newer_release text DEFAULT ''", "ganchang")
        cluster.execute("ALTER TABLE tablet ADD COLUMN of_a_newer_release text", "ganchang")
        for server in servers:
            time.sleep(5)
            server.kill()
            server.start()
        for table in ("market_day", "tablet"):
            cluster.execute(f"ALTER TABLE {table} DROP COLUMN of_a_newer_release", "ganchang")

    return _strike(Fault("release", renew, None, 0), tablets)


def _copy_away(cluster: Cluster) -> None:
    """Take the base of a restore, as it is taken each night."""
    folder = cluster.folder / "base"
    environment = os.environ | {"PGPASSWORD": PASSWORD}
    programs = find_programs()
    where = ["-h", "127.0.0.1", "-p", "5000", "-U", "replicator", "-D", str(folder)]
    command = [f"{programs}/pg_basebackup", *where, "-X", "none", "-c", "fast", "--no-sync"]
    subprocess.run(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command], check=True,
                   env=environment, cwd="/")  # fmt: skip


def _moment(cluster: Cluster, tablets: list[ModelTablet]) -> dict:
    """Return a moment, and how many facts had been taken by then; a little later the log of it is kept."""
    time.sleep(1)
    taken = sum(FACTS - len(tablet.outbox) for tablet in tablets)
    ((now,),) = cluster.execute("SELECT clock_timestamp()::text")
    time.sleep(5)
    cluster.execute("SELECT pg_switch_wal()")
    return {"at": now, "taken": taken}


def _restore(cluster: Cluster, moment: dict) -> int:
    """Restore to that moment beside the cluster, and return how many facts are there."""
    folder, port = cluster.folder / "base", free_port()
    with (folder / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"\nrestore_command = 'cp {cluster.folder}/archive/%f %p'\nrecovery_target_time = '{moment['at']}'\n"
            f"recovery_target_action = promote\narchive_mode = off\nlisten_addresses = '127.0.0.1'\nport = {port}\n"
            f"unix_socket_directories = '{folder}'\nsynchronous_standby_names = ''\n"
        )
    (folder / "recovery.signal").touch()
    (folder / "standby.signal").unlink(missing_ok=True)
    for name in ("postgresql.conf", "pg_hba.conf"):
        (folder / name).write_text("" if name == "postgresql.conf" else "host all all 127.0.0.1/32 trust\n")
    subprocess.run(["chown", "-R", "postgres:", str(folder)], check=True)
    command = [f"{find_programs()}/postgres", "-D", str(folder), "-c", "max_connections=100"]
    server = Process(command, cluster.folder / "restored.log")
    server.start()
    try:
        until = time.monotonic() + 120
        while True:
            try:
                url = f"postgresql://postgres@127.0.0.1:{port}/ganchang"
                with psycopg.connect(url, autocommit=True) as connection:
                    if connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,):
                        return connection.execute("SELECT COUNT(*) FROM operation").fetchone()[0]
            except psycopg.Error:
                pass
            assert time.monotonic() < until, (cluster.folder / "restored.log").read_text()[-2000:]
            time.sleep(0.5)
    finally:
        server.kill()


def _hurry(tablets: list[ModelTablet]) -> None:
    """No more faults: wait until each tablet has drained by itself."""
    for tablet in tablets:
        tablet.hurry(500)
    for tablet in tablets:
        tablet.join(600)


def _assert_stored_once(market: world.World, logs: list[list[dict]]) -> None:
    for stand, log in zip(market.stands, logs, strict=True):
        rows = list(Operation.select().where(Operation.log == stand.tablet).order_by(Operation.seq))
        assert [(row.seq, row.body) for row in rows] == [(fact["seq"], body_of(fact)) for fact in log]
    assert Operation.select().count() == sum(map(len, logs))


def _assert_counted_once(market: world.World, logs: list[list[dict]]) -> None:
    oracle = Oracle()
    places = {vacancy: number for number, stand in enumerate(market.stands, 1) for vacancy in stand.vacancies}
    oracle.add_day(market.day, places, (), None)
    for number, (stand, log) in enumerate(zip(market.stands, logs, strict=True), 1):
        oracle.add(f"{stand.tablet:04}", number, log, market.day)
    counted, expected = figures(MarketDay.get_by_id(market.day)), oracle.figures(market.day)
    assert {name: counted[name] for name in TOTALS} == {name: expected[name] for name in TOTALS}


def _report(lines: list, tablets: list[ModelTablet], restored: int, moment: dict) -> None:
    by_name: dict[str, list[float]] = {}
    for name, away in lines:
        by_name.setdefault(name, []).append(away)
    doubled = sum(tablet.doubled for tablet in tablets)
    rows = [f"| {name} | {len(times)} | {median(times):.1f} | {max(times):.1f} |" for name, times in by_name.items()]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join([
        f"{len(lines)} faults under {TABLETS} tablets, {TABLETS * FACTS:,} facts: 0 lost, 0 double.",
        f"{doubled:,} facts were sent twice because their first answer was lost; each counts once.",
        f"Restored to a moment in the run: {restored:,} facts, of which {moment['taken']:,} had been acknowledged.",
        "",
        "| what happened | times | s without a fact taken, median | longest |",
        "| --- | --- | --- | --- |",
        *rows, "",
    ]), encoding="utf-8")  # fmt: skip
    print(REPORT.read_text())


def test_the_database_is_reached_by_the_pooler(cluster, market):
    connect_database(cluster.url)
    with world.connected():
        assert MarketDay.select().count() == 1
