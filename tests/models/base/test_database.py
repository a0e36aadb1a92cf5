"""Several processes write to one market day, and a reader follows its change log all the while."""

import multiprocessing
import uuid

from models.base.database import connect_database, db
from models.intake.ingest import ingest
from models.log.change import changes_since
from models.schema import CheckIn, Operation, Tablet, Visit

PROCESSES, BATCHES, SIZE = 4, 10, 20
AT = "2026-02-24T09:00:00+08:00"


def write(url: str, tablet_id: int, vacancy: str, passes: list[str]) -> None:
    """Send a tablet's batches, in a process of its own."""
    connect_database(url)
    with db.connection_context():
        tablet = Tablet.get_by_id(tablet_id)
        for batch in range(BATCHES):
            ingest(tablet.log, [_scan(batch * SIZE + n, vacancy, passes) for n in range(1, SIZE + 1)])


def _scan(seq: int, vacancy: str, passes: list[str]) -> dict:
    data = {"pass": passes[seq % len(passes)], "vacancy": vacancy, "channel": "card"}
    return {
        "seq": seq, "id": str(uuid.uuid4()), "kind": "check_in.recorded", "at": AT, "operator": None,
        "data": data,
    }  # fmt: skip


def test_processes_lose_nothing_and_a_reader_misses_nothing(database, fair):
    tablets = [Tablet.enlist(fair.clothing, letter=f"W{n}") for n in range(PROCESSES)]
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(target=write, args=(database, tablet.id, fair.sewing.number, fair.passes))
        for tablet in tablets
    ]
    for writer in writers:
        writer.start()
    heard, cursor = set(), 0
    while any(writer.is_alive() for writer in writers):
        cursor = _listen(fair, heard, cursor)
    for writer in writers:
        writer.join()
    for _ in range(3):
        cursor = _listen(fair, heard, cursor)

    total = PROCESSES * BATCHES * SIZE
    assert [writer.exitcode for writer in writers] == [0] * PROCESSES
    assert Operation.select().count() == total
    assert len(heard) == total
    assert CheckIn.select().count() == Visit.select().count() == len(fair.passes)


def _listen(fair: object, heard: set[str], cursor: int) -> int:
    changes, cursor, _ = changes_since(fair.day.id, fair.clothing.number, cursor, tablet=0)
    heard |= {key for kind, key in changes if kind == "check_in"}
    return cursor
