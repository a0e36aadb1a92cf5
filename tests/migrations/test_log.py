"""Migration 0009 splits logs from tablets: a database in use keeps every fact, and the way back keeps them too."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from playhouse.migrations import Runner

from models import demo
from models.base.database import MIGRATIONS, connect_database, db, execute_many, fetch
from models.base.secret import digest
from models.figures.summary import figures
from models.market.log import OFFICE, Log
from models.market.tablet import Tablet
from models.schema import MODELS, Candidate, HandOver, MarketDay, Operation, Settlement

NAME = "0009_log"
AT = 1_771_895_000_000
DEVICE = {
    "market_day_id": 1, "booth_id": 1, "name": "红米平板", "token_hash": digest("cookie"), "enrolled_at": AT,
    "revoked_at": None, "last_contact_at": AT + 9, "acknowledged": 2, "unsent": 3, "clock_offset_ms": 61_000,
    "latest_at": AT + 2, "resume_hash": digest("resume"), "lost": 1, "rescued_from": None,
}  # fmt: skip
NO_DEVICE = {"name": "", "token_hash": None, "last_contact_at": None, "unsent": None, "resume_hash": None, "lost": None}
REVOKED = {"id": 9, "letter": "B", "revoked_at": AT + 5, "token_hash": digest("another"), "acknowledged": 0}
BEFORE = [  # the rows of the table as it was: two devices, the phones, and what was rescued from the first
    DEVICE | {"id": 4, "letter": "A"},
    DEVICE | REVOKED,
    DEVICE | NO_DEVICE | {"id": 7, "letter": "web", "booth_id": None, "acknowledged": 1, "clock_offset_ms": 0},
    DEVICE | NO_DEVICE | {"id": 12, "letter": "C", "rescued_from": 4, "acknowledged": 1},
]
HOURS = {"opens_at": "08:00", "closes_at": "12:00", "venue": "MARKET_TOWN", "place": "", "position": 0}
FACTS = [(4, 1), (4, 2), (7, 1), (12, 1)]


@pytest.fixture
def database(request, tmp_path) -> Iterator[str]:
    """The URL of a database as it was before the migration; connected."""
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres"), f"before_{uuid4().hex}"
        server.execute(f"CREATE DATABASE {name}")
        url = server.url(name)
    else:
        url = f"sqlite:///{tmp_path}/before.db"
    connect_database(url)
    with db.connection_context():
        names = [migration.name for migration in _runner().migrations()]
        _runner().up(names[names.index(NAME) - 1])
        yield url


@pytest.fixture
def used(database) -> str:
    """The same with a market day's rows in it."""
    _insert("county", id=1, name="璧山区", service_name="璧山", phone="", timezone="Asia/Shanghai", identity_key="k")
    _insert("division", code="500120100", name="八塘镇", parent="500120", level="township")
    _insert("market_day", id=1, county_id=1, town_id="500120100", date="2026-02-24", **HOURS)
    _insert("booth", id=1, market_day_id=1, number=1, name="山城制衣厂", kind="employer", topics="leaflet")
    for row in BEFORE:
        _insert("tablet", **row)
    for log, seq in FACTS:
        fact = {"seq": seq, "kind": "visit.recorded", "uuid": f"{log}-{seq}", "body": json.dumps({"n": seq})}
        times = {"at_ms": AT + seq, "effective_ms": AT + seq, "received_ms": AT + 8}
        _insert("operation", tablet_id=log, market_day_id=1, outcome="attention", **fact, **times)
        _insert("settlement", tablet_id=log, seq=seq, market_day_id=1, act="accepted", who="chen", at=AT, note="")
        _insert("showing", tablet_id=log, seq=seq, pass_number="0000000000", at_ms=AT)
    box = {"id": "b", "box": b"b", "via": "file", "who": "chen", "received_at": AT}
    _insert("hand_over", county_id=1, market_day_id=1, tablet_id=4, **box)
    return database


def test_every_log_and_every_fact_outlives_the_split(used):
    before = {row["id"]: row for row in BEFORE}
    _runner().up()

    assert {log.id: log.kind for log in Log} == {4: "device", 9: "device", 7: "phones", 12: "rescued"}
    for log in Log:
        for name in ("market_day_id", "booth_id", "letter", "acknowledged", "latest_at", "rescued_from"):
            assert getattr(log, name) == before[log.id][name]
    names = ("name", "token_hash", "unsent", "clock_offset_ms", "resume_hash", "lost")
    times = ("enrolled_at", "revoked_at", "last_contact_at")
    for id, *row in fetch(f"SELECT id, {', '.join(names + times)} FROM tablet"):
        assert row == [before[id][name] for name in names + times]
    assert [tablet.letter for tablet in Tablet.enrolled(Log.get_by_id(4).market_day)] == ["A", "B"]
    assert Tablet.by_token("cookie").id == 4
    for model in (Operation, Settlement):
        assert [(row.tablet_id, row.seq) for row in model.select().order_by(model.log, model.seq)] == sorted(FACTS)
    assert HandOver.get().log.letter == "A"


def test_what_refers_to_a_row_refers_to_the_log(used):
    _runner().up()

    for model in (Operation, Settlement, Candidate, HandOver):
        keys = db.obj.get_foreign_keys(model._meta.table_name)
        assert {key.dest_table for key in keys if key.column == "tablet_id"} == {"log"}
    Log.delete().where(Log.id == 4).execute()
    assert Tablet.select().count() == 1
    assert sorted(fetch("SELECT tablet_id, seq FROM operation")) == [(7, 1), (12, 1)]


def test_the_way_back_brings_the_rows_as_they_were(used):
    _runner().up(NAME)
    _runner().down(NAME)

    columns = sorted(DEVICE.keys() | {"id", "letter"})
    rows = [dict(zip(columns, row, strict=True)) for row in fetch(f"SELECT {', '.join(columns)} FROM tablet")]
    kept = {row["id"]: row for row in rows}
    for row in BEFORE:  # what has no device was made when its first fact came, as far as anybody knows
        no_device = {} if row["token_hash"] else {"enrolled_at": AT + 8}
        assert kept[row["id"]] == row | no_device
    assert sorted(fetch("SELECT tablet_id, seq FROM operation")) == sorted(FACTS)
    _runner().up(NAME)
    sql = "SELECT l.acknowledged FROM tablet AS t JOIN log AS l ON l.id = t.id WHERE t.token_hash = '%s'"
    assert fetch(sql % digest("cookie")) == [(2,)]


def test_the_offices_log_comes_back_as_the_offices(used):
    _runner().up(NAME)
    office = Log.of(MarketDay(id=Log.get_by_id(4).market_day_id), OFFICE)
    _runner().down(NAME)
    _runner().up(NAME)

    assert Log.get_by_id(office.id).kind == OFFICE


def test_a_days_figures_and_all_that_is_derived_are_the_same_after_the_way_back_and_forth(database):
    _runner().up()
    demo.load(date(2026, 2, 24))
    execute_many("DELETE FROM offer WHERE market_day_id = ?", [(2,)])  # a vacancy of before was of one market day
    before = _everything()
    _runner().down(NAME)
    assert not db.table_exists("log")
    _runner().up()

    assert _everything() == before


def _everything() -> dict[str, object]:
    """Return the figures of each market day, and every row of a log, of a tablet, and of what refers to them."""
    tables = [model for model in MODELS if model in (Log, Tablet) or "tablet_id" in model._meta.columns]
    rows = {model.__name__: sorted(map(repr, model.select().tuples())) for model in tables}
    now = datetime(2026, 11, 28, tzinfo=UTC)
    return rows | {str(day): figures(day, now=now) for day in MarketDay.select()}


def _runner() -> Runner:
    return Runner(db.obj, str(MIGRATIONS))


def _insert(table: str, **row: object) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    execute_many(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", [tuple(row.values())])
