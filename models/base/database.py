"""The database: one proxy that is SQLite by default and PostgreSQL when the URL says so."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Self

from peewee import BigIntegerField, CompositeKey, DatabaseProxy, DoesNotExist, Model, PeeweeException, SqliteDatabase

from models.base.clock import from_milliseconds, milliseconds
from models.base.connection import BUSY_SECONDS, database_of
from models.base.trouble import StillWriting

MIGRATIONS = Path(__file__).parents[2] / "migrations"
WRITE_LOCK = 0x67616E  # "gan": the advisory locks that make PostgreSQL's writers queue
FEW = 8  # rows that PostgreSQL takes no slower one by one than as a COPY

db = DatabaseProxy()
_one_writer: dict[int | None, threading.Lock] = defaultdict(threading.Lock)  # by county; None: of all
_here = threading.local()  # ``writes``: this thread is a writer already, so whom it calls shares the transaction
_waited = [0, 0.0]  # how many times this process took such a lock, and the seconds until it had it


class InstantField(BigIntegerField):
    """A moment as integer milliseconds since 1970 (UTC); an aware datetime in Python."""

    def db_value(self, value: datetime | int | None) -> int | None:
        return milliseconds(value) if isinstance(value, datetime) else value

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else from_milliseconds(value)


class BaseModel(Model):
    """What every table shares: the database and singular snake-case names."""

    _meta: Any
    _dirty: set[str]
    DoesNotExist: type[DoesNotExist]

    class Meta:
        database = db
        legacy_table_names = False

    @classmethod
    def get_by_id(cls, pk: object) -> Self:
        """Return a row by its key, as peewee's own does.

        Raises DoesNotExist, and TypeError for a table whose key has several columns.
        """
        key = cls._meta.primary_key
        if isinstance(key, CompositeKey):
            raise TypeError(f"{cls.__name__} has no single key: its key is {key.field_names}")
        found = cls.find(f"SELECT * FROM {cls._meta.table_name} WHERE {key.column_name} = ?", pk)
        if found is None:
            raise cls.DoesNotExist(f"no {cls.__name__} {pk}")
        return found

    @classmethod
    def find(cls, sql: str, *parameters: object) -> Self | None:
        """Return the first row of a hand-written ``SELECT`` of this table's columns, or None.

        Peewee takes 0.2 ms to write a statement and, given one, matches its columns with the fields anew
        each time. A handful of pages and every check-in find two or three rows this way.
        """
        cursor = db.execute_sql(_placeholders(sql), parameters)
        rows = cursor.fetchall()
        return cls.filled([column[0] for column in cursor.description], rows[0]) if rows else None

    @classmethod
    def filled(cls, columns: Iterable[str], values: Iterable[object]) -> Self:
        """Return a stored row as the database gave it, column by column, each value as its field has it in Python.

        A column that only a newer release knows is left out: both serve while one takes the other's place.
        """
        row = cls(__no_default__=True)
        fields = cls._meta.columns
        for column, value in zip(columns, values, strict=True):
            if field := fields.get(column):
                row.__data__[field.name] = field.python_value(value)
        row._dirty.clear()
        return row


def connect_database(url: str) -> None:
    """Point the proxy at the database that ``url`` means. Raises as ``connection.database_of``."""
    db.initialize(database_of(url))


def is_sqlite() -> bool:
    """Say whether the proxy points at SQLite."""
    return isinstance(db.obj, SqliteDatabase)


def drop_stale() -> None:
    """Close this thread's connection if its server has ended it, or its file is not in its place any more."""
    db.obj.drop_stale()


def forget_connection() -> None:
    """Close this thread's connection after a failure: the next statement opens another."""
    if not db.is_closed():
        db.close()


def is_answering() -> bool:
    """Say whether the database answers. After a failure the connection is closed: the next use opens a new one."""
    try:
        fetch("SELECT 1")
    except PeeweeException:
        forget_connection()
        return False
    return True


@contextmanager
def writing(county: int | None = None) -> Iterator[None]:
    """Open one write transaction; other writers of the process and of the database wait, BUSY_SECONDS each.

    Whoever writes nothing beyond one county's rows names it (its id): on PostgreSQL writers of other counties go on
    beside. SQLite has one writer. Threads that race for SQLite's lock back off and starve one another (p99 of half a
    second); a lock of our own hands over at once. On PostgreSQL advisory locks keep positions in the change log of a
    market day in commit order. A writer that another calls shares its transaction and its lock.

    Raises StillWriting, and OperationalError when another process holds the database's lock for longer.
    """
    if getattr(_here, "writes", False):
        with db.atomic():
            yield
        return
    lock = _one_writer[None if is_sqlite() else county]
    began = perf_counter()
    if not lock.acquire(timeout=BUSY_SECONDS):
        raise StillWriting("other threads have been writing for too long")
    _waited[0] += 1
    _waited[1] += perf_counter() - began
    _here.writes = True
    try:
        with db.atomic():
            if not is_sqlite():
                _queue(county)
            yield
    finally:
        _here.writes = False
        lock.release()


def _queue(county: int | None) -> None:
    """Wait for PostgreSQL's other writers: for those of all counties and of this one, or without a county for all."""
    if county is None:
        db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
    else:
        locks = "SELECT pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s, %s)"
        db.execute_sql(locks, (WRITE_LOCK, WRITE_LOCK, county))


def writers_waited() -> tuple[int, float]:
    """Return how often this process began to write, and how many seconds its writers waited for one another."""
    return int(_waited[0]), _waited[1]


@contextmanager
def reading() -> Iterator[None]:
    """Read several statements in one transaction, so that sums and rows agree."""
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


def insert_many(table: str, columns: str, rows: Iterable[tuple]) -> None:
    """Store new rows, inside the caller's transaction; ``columns`` are those of each tuple, as SQL names them.

    PostgreSQL takes many as a ``COPY``, at half of what statements cost it.
    """
    rows = list(rows)
    if is_sqlite() or len(rows) < FEW:
        marks = ", ".join("?" * (columns.count(",") + 1))
        execute_many(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)
        return
    with db.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def fetch(sql: str, parameters: Iterable = ()) -> list[tuple]:
    """Return all rows of a hand-written statement with ``?`` placeholders."""
    return db.execute_sql(_placeholders(sql), tuple(parameters)).fetchall()


def fetch_in(sql: str, values: Iterable, *before: object) -> list[tuple]:
    """Return rows of a statement whose ``(??)`` is a list, asked in parts of 500.

    Parameters in ``before`` stand before the list. An empty list asks nothing. A column that fits far more rows than
    the list, ``+county_id = ?``, is written with a plus: for more than two values SQLite would else go by its index.
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


def pending_migrations() -> list[str]:
    """Return the names of the migrations that the database has not had, in their order."""
    from playhouse.migrations import Runner

    return [found.name for found in Runner(db.obj, str(MIGRATIONS)).status() if found.path and not found.applied]
