"""Dumps of the demo as it was at earlier releases, restored into SQLite or PostgreSQL and not migrated yet."""

import json
import lzma
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playhouse import migrations

from models.base.database import MIGRATIONS, connect_database, db
from tests.postgres import Postgres

DATA = Path(__file__).parents[1] / "data"
NOT_COPIED = ("schema_migration", "sqlite_sequence")
TYPES = (
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
)


class Dump:
    """``tests/data/<name>.sql.xz``, SQLite's own dump; the JSON beside it says what that release said of it.

    ``last`` is the number of the last migration of its schema.
    """

    def __init__(self, name: str, last: str, folder: Path) -> None:
        self._last, self._file = last, folder / "dump.db"
        self.had = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
        with closing(sqlite3.connect(self._file)) as connection:
            connection.executescript(lzma.decompress((DATA / f"{name}.sql.xz").read_bytes()).decode())

    @contextmanager
    def in_sqlite(self, folder: Path) -> Iterator[str]:
        """Restore it into a file, connect, and give its URL."""
        shutil.copy(self._file, folder / "demo.db")
        yield from _connected(f"sqlite:///{folder / 'demo.db'}")

    @contextmanager
    def in_postgres(self, server: Postgres, folder: Path) -> Iterator[str]:
        """Restore it into a database of a server, connect, and give its URL."""
        server.execute("DROP DATABASE IF EXISTS demo_before")
        server.execute("CREATE DATABASE demo_before")
        for url in _connected(server.url("demo_before")):
            self._migrate_as_of_then(folder)
            self._fill()
            yield url

    def _migrate_as_of_then(self, folder: Path) -> None:
        of_then = [path for path in MIGRATIONS.glob("[0-9]*.py") if path.name[:4] <= self._last]
        for path in of_then:
            shutil.copy(path, folder)
        assert len(migrations.run(db.obj, str(folder))) == len(of_then)

    def _fill(self) -> None:
        """Put the rows into PostgreSQL's tables, which say yes and no where SQLite says 1 and 0."""
        with closing(sqlite3.connect(self._file)) as connection, db.atomic():
            db.execute_sql("SET session_replication_role = replica")  # foreign keys are not asked for row by row
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table not in NOT_COPIED:
                    _copy(connection, table)
            db.execute_sql("SET session_replication_role = DEFAULT")


def _connected(url: str) -> Iterator[str]:
    connect_database(url)
    db.connect()
    yield url
    db.close()


def _copy(connection: sqlite3.Connection, table: str) -> None:
    rows = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in rows.description]
    types = dict(db.execute_sql(TYPES, (table,)).fetchall())
    truths = {place for place, name in enumerate(names) if types[name] == "boolean"}
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    db.cursor().executemany(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',
        [tuple(bool(v) if i in truths and v is not None else v for i, v in enumerate(row)) for row in rows],
    )
    if types.get("id") in ("integer", "bigint"):
        name = db.execute_sql("SELECT pg_get_serial_sequence(%s, 'id')", (f'public."{table}"',)).fetchone()[0]
        if name:
            db.execute_sql(f'SELECT setval(%s, COALESCE(MAX(id), 0) + 1, false) FROM "{table}"', (name,))
