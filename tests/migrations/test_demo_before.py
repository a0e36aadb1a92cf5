"""A database that holds a market day of before the house is migrated, and says the same figures as it did.

`tests/data/demo-before-the-house.sql.xz` is SQLite's own dump of the demo for 2026-11-27, made by commit 12ddd49 with
the schema of migration 0005; the JSON beside it holds the figures that the same commit gave for both market days.
`as_of`, the moment of asking, is left out.
"""

import json
import lzma
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playhouse import migrations

from models.base.database import MIGRATIONS, connect_database, db, migrate
from models.figures import live, summary
from models.quarantine import queue
from models.schema import County, MarketDay

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
OF_THEN = ("0001", "0002", "0003", "0004", "0005")  # migrations
TYPES = (
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
)


@pytest.fixture(scope="session")
def dump(tmp_path_factory) -> Path:
    """The dump as a SQLite file."""
    path = tmp_path_factory.mktemp("demo") / "before.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(lzma.decompress((DATA / "demo-before-the-house.sql.xz").read_bytes()).decode())
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request, tmp_path, dump) -> Iterator[None]:
    """The dump restored, connected, and not migrated yet."""
    if request.param == "sqlite":
        shutil.copy(dump, tmp_path / "demo.db")
        connect_database(f"sqlite:///{tmp_path / 'demo.db'}")
        db.connect()
    else:
        server = request.getfixturevalue("postgres")
        server.execute("DROP DATABASE IF EXISTS demo_before")
        server.execute("CREATE DATABASE demo_before")
        connect_database(server.url("demo_before"))
        db.connect()
        _migrate_as_of_then(tmp_path)
        _fill(dump)
    yield
    db.close()


def _migrate_as_of_then(folder: Path) -> None:
    for path in MIGRATIONS.glob("*.py"):
        if path.name.startswith(OF_THEN):
            shutil.copy(path, folder)
    assert len(migrations.run(db.obj, str(folder))) == len(OF_THEN)


def _fill(dump: Path) -> None:
    """Put the dump's rows into PostgreSQL's tables, which say yes and no where SQLite says 1 and 0."""
    with closing(sqlite3.connect(dump)) as connection, db.atomic():
        db.execute_sql("SET session_replication_role = replica")  # foreign keys are not asked for row by row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migration'")
        for (table,) in tables.fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in rows.description]
            types = dict(db.execute_sql(TYPES, (table,)).fetchall())
            truths = {place for place, name in enumerate(names) if types[name] == "boolean"}
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
            db.cursor().executemany(
                f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',
                [tuple(bool(v) if i in truths and v is not None else v for i, v in enumerate(row)) for row in rows],
            )
        db.execute_sql("SET session_replication_role = DEFAULT")


def _figures(day: MarketDay) -> dict[str, object]:
    found = summary.figures(day, NOW)
    del found["as_of"]
    steps = [(step.stage, step.reached, step.share) for step in live.steps(found)]  # people beside them are new
    shown = {"steps": steps, "hours": live.hours(found, day), "booths": live.side_by_side(found)}
    return json.loads(json.dumps({"summary": found, "live": shown, "quarantine": queue.counts(day)}))


def _as_then(found: object, had: object) -> object:
    """Return what was found without the figures that nobody had then."""
    if isinstance(had, dict) and isinstance(found, dict):
        return {name: _as_then(found[name], had[name]) for name in had if name in found}
    if isinstance(had, list) and isinstance(found, list) and len(had) == len(found):
        return [_as_then(*pair) for pair in zip(found, had, strict=True)]
    return found


def test_both_market_days_have_the_figures_they_had(before):
    migrate()

    expected = json.loads((DATA / "demo-before-the-house.json").read_text(encoding="utf-8"))
    days = list(MarketDay.select().order_by(MarketDay.date))
    assert [day.date.isoformat() for day in days] == ["2026-11-26", "2026-11-29"]
    for day, had in zip(days, expected, strict=True):
        assert _as_then(_figures(day), had) == had  # there are more figures now; those of then are the same
    assert County.get().is_demo  # so that it can be removed
    assert expected[0]["summary"]["check_ins"] > 500 and expected[0]["quarantine"]["attention"] > 0
