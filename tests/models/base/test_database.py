"""Rows are found by hand-written statements; several processes write to one market day while a reader follows it."""

import multiprocessing
import os
import subprocess
import sys
import uuid

import peewee  # noqa: F401  before models, so with the driver of PostgreSQL: `write` runs in a process of its own
import pytest

from models.base.database import MIGRATIONS, connect_database, db
from models.intake.ingest import ingest
from models.log.change import changes_since
from models.schema import CheckIn, MarketDay, Operation, Tablet, Vacancy, Visit

PROCESSES, BATCHES, SIZE = 8, 5, 40
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


def test_a_row_found_by_hand_is_what_peewee_would_have_found(database, fair):
    for model, row in ((MarketDay, fair.day), (Vacancy, fair.sewing)):
        found, by_peewee = model.get_by_id(row.id), model.select().where(model.id == row.id).get()

        assert found.__data__ == by_peewee.__data__
        assert not found.dirty_fields
    assert found.county == fair.county  # rows it refers to are loaded as ever


def test_a_row_that_is_not_there_is_none_or_raises(database, fair):
    assert MarketDay.find("SELECT * FROM market_day WHERE id = ?", 0) is None
    with pytest.raises(MarketDay.DoesNotExist):
        MarketDay.get_by_id(0)


def test_a_row_with_a_key_of_two_columns_cannot_be_asked_for_by_one(database):
    with pytest.raises(TypeError, match="'log', 'seq'"):
        Operation.get_by_id(1)


IMPORTS = """
import sys
from app import create_app
create_app(DATABASE="sqlite:///{0}", SECRET_KEY="test", ORIGIN="http://localhost")
print(*(name for name in ("psycopg", "psycopg2", "asyncio") if name in sys.modules))
"""


def test_the_driver_of_postgresql_is_not_loaded_for_sqlite(tmp_path):
    assert _printed(IMPORTS.format(tmp_path / "ganchang.db")) == ""


def test_the_driver_of_postgresql_is_loaded_when_the_settings_name_it():
    found = _printed("import models.base.database, sys; print('psycopg' in sys.modules)", "postgresql://localhost/no")
    assert found == "True"


def test_postgresql_without_its_driver_says_what_to_do():
    program = "from models.base.database import connect_database as c\ntry: c('postgresql://localhost/no')\n"
    assert "GANCHANG_DATABASE" in _printed(program + "except RuntimeError as error: print(error)")


def _printed(program: str, database: str = "") -> str:
    environment = os.environ | {"GANCHANG_DATABASE": database}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=MIGRATIONS.parent, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def _listen(fair: object, heard: set[str], cursor: int) -> int:
    changes, cursor, _ = changes_since(fair.day.id, fair.clothing.number, cursor, tablet=0)
    heard |= {key for kind, key in changes if kind == "check_in"}
    return cursor
