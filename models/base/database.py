"""The database: one proxy that is SQLite by default and PostgreSQL when the URL says so."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlparse

from peewee import BigIntegerField, DatabaseProxy, Model, SqliteDatabase

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "full",  # an acknowledged fact survives a power cut
    "busy_timeout": 15_000,  # ms
    "cache_size": -4_000,  # KiB, for each thread that serves
}
MIGRATIONS = Path(__file__).parents[2] / "migrations"
WRITE_LOCK = 0x67616E  # "gan": the advisory lock that makes PostgreSQL's writers queue

db = DatabaseProxy()
_one_writer = threading.RLock()  # a writer may call another: they share the transaction


class InstantField(BigIntegerField):
    """A moment as integer milliseconds since 1970 (UTC); an aware datetime in Python."""

    def db_value(self, value: datetime | int | None) -> int | None:
        return int(value.timestamp() * 1000) if isinstance(value, datetime) else value

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class BaseModel(Model):
    """What every table shares: the database and singular snake-case names."""

    class Meta:
        database = db
        legacy_table_names = False

    @classmethod
    def get_by_id(cls, pk: object) -> "BaseModel":
        """Return a row by its key, as peewee's own does. Raises DoesNotExist."""
        table, key = cls._meta.table_name, cls._meta.primary_key.column_name
        return cls.find(f"SELECT * FROM {table} WHERE {key} = ?", pk) or cls._missing(pk)

    @classmethod
    def find(cls, sql: str, *parameters: object) -> "BaseModel | None":
        """Return the first row of a hand-written statement: peewee takes 0.2 ms to write one."""
        return next(iter(cls.raw(_placeholders(sql), *parameters)), None)

    @classmethod
    def filled(cls, values: Iterable) -> Self:
        """Return a stored row by hand from what the database holds for each of the fields, in their order."""
        row = cls(__no_default__=True)
        for field, value in zip(cls._meta.sorted_fields, values, strict=True):
            row.__data__[field.name] = field.python_value(value)
        row._dirty.clear()
        return row

    @classmethod
    def _missing(cls, pk: object) -> None:
        raise cls.DoesNotExist(f"no {cls.__name__} {pk}")


def connect_database(url: str) -> None:
    """Point the proxy at ``url`` (``sqlite:///path`` or ``postgresql://…``).

    Raises ValueError for any other scheme. The PostgreSQL driver is imported
    only when it is used: it costs 21 MB and 230 ms.
    """
    parsed = urlparse(url)
    if parsed.scheme == "sqlite":
        path = parsed.path[1:]
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        database = SqliteDatabase(path, pragmas=PRAGMAS, lock_type="IMMEDIATE")
    elif parsed.scheme in {"postgresql", "postgres"}:
        from playhouse.db_url import connect

        database = connect(url.replace(parsed.scheme, "psycopg3", 1))
    else:
        raise ValueError(f"GANCHANG_DATABASE: unknown scheme {parsed.scheme!r}")
    db.initialize(database)


def is_sqlite() -> bool:
    """Say which of the two homes the proxy points at."""
    return isinstance(db.obj, SqliteDatabase)


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction; writers of a process, and of the database, queue.

    Threads that race for SQLite's lock back off and starve one another (p99 of
    half a second); a lock of our own hands over at once. On PostgreSQL an advisory lock
    keeps positions in the change log in commit order.
    """
    with _one_writer, db.atomic():
        if not is_sqlite():
            db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
        yield


@contextmanager
def reading() -> Iterator[None]:
    """One unchanging view of the database for several statements, so that sums and rows agree."""
    if db.in_transaction():
        yield
    elif is_sqlite():
        with db.atomic("DEFERRED"):  # an immediate one would wait for writers
            yield
    else:
        with db.atomic():
            db.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


def execute_many(sql: str, rows: Iterable[tuple]) -> None:
    """Run one statement, written with ``?``, for each row, inside the caller's transaction."""
    rows = list(rows)
    if rows:
        db.cursor().executemany(_placeholders(sql), rows)


def fetch(sql: str, parameters: Iterable = ()) -> list[tuple]:
    """Return all rows of a hand-written statement with ``?`` placeholders."""
    return db.execute_sql(_placeholders(sql), tuple(parameters)).fetchall()


def fetch_in(sql: str, values: Iterable, *before: object) -> list[tuple]:
    """Return rows of a statement whose ``(??)`` is a list, asked in parts of 500.

    Parameters in ``before`` stand before the list. An empty list asks nothing.
    """
    values = list(values)
    found: list[tuple] = []
    for start in range(0, len(values), 500):
        part = values[start : start + 500]
        marks = ",".join("?" * len(part))
        found += fetch(sql.replace("(??)", f"({marks})"), (*before, *part))
    return found


def _placeholders(sql: str) -> str:
    return sql if is_sqlite() else sql.replace("%", "%%").replace("?", "%s")


def migrate() -> list[str]:
    """Apply pending migrations and return their names."""
    from playhouse import migrations

    return migrations.run(db.obj, str(MIGRATIONS))
