"""Connection: which database a URL means, and how long one that does not answer keeps somebody waiting."""

import os
import re
import select
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import peewee
from peewee import OperationalError, PostgresqlDatabase, SqliteDatabase

BUSY_SECONDS = 5  # a writer waits so long for another process; what waits here and in front stays below a tablet's 30
PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "secure_delete": 1,  # what was deleted is overwritten, not only unlinked
    "synchronous": "full",  # an acknowledged fact survives a power cut
    "busy_timeout": BUSY_SECONDS * 1_000,  # ms
    "cache_size": -4_000,  # KiB, for each thread that serves
}
# Of libpq, each unless the URL has its own: a server that is away is noticed in seconds, not in minutes.
PATIENCE = {
    "connect_timeout": 3,  # seconds
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,  # ms
    "options": f"-c lock_timeout={BUSY_SECONDS * 1_000} -c idle_in_transaction_session_timeout=60000",  # ms
}
AWAY_SECONDS = 1.0  # nobody tries again sooner
POOLER = re.compile(r"([?&])pooler=transaction(&|$)")
ENCODE = "GANCHANG_DATABASE: write @ : / # ? and % in the user, the password and the name as %40 %3A %2F %23 %3F %25"


class Sqlite(SqliteDatabase):
    """SQLite. A file that was taken away is not made anew: what is written would be lost, and nobody would know."""

    _was_there = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._opened = threading.local()

    def drop_stale(self) -> None:
        """Close this thread's connection if its file is not in its place any more; the next statement opens another."""
        if not self.is_closed() and self._opened.file != self._file():
            self.close()

    def _connect(self) -> Any:
        if self._was_there and not self._file():
            raise OperationalError("the database's file is gone")
        connection = super()._connect()  # type: ignore[misc]
        self._opened.file = self._file()
        self._was_there = bool(self._opened.file)
        return connection

    def _file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.database)
        except OSError:
            return None
        return found.st_dev, found.st_ino


class Postgres(PostgresqlDatabase):
    """PostgreSQL by psycopg 3. When it is away, one thread in a second waits for that and the others fail at once."""

    _away_until = 0.0

    def _connect(self) -> Any:
        if time.monotonic() < self._away_until:
            raise OperationalError("the database did not answer a moment ago")
        try:
            return super()._connect()  # type: ignore[misc]
        except Exception:
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise

    def drop_stale(self) -> None:
        """Close this thread's connection if the server has ended it: the next statement opens another.

        Nothing is to be read on an idle connection until the server closes it.
        """
        if self.is_closed():
            return
        waiting = select.poll()
        waiting.register(self.connection().fileno(), select.POLLIN)
        if waiting.poll(0):
            self.close()


def database_of(url: str) -> "Sqlite | Postgres":
    """Return the database that ``url`` means: ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    ``?pooler=transaction`` says that a pooler lends PostgreSQL's connections for one transaction each: then nothing is
    prepared on them, and the pooler sets the timeouts. User, password, name and path are percent-decoded.

    Raises ValueError for what cannot be read, and RuntimeError for PostgreSQL where peewee was loaded without its
    driver (``models/__init__.py``).
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        path = Path(unquote(rest[1:]))  # not cut at "#" or "?": they may stand in a path
        path.parent.mkdir(parents=True, exist_ok=True)
        return Sqlite(str(path), pragmas=PRAGMAS, lock_type="IMMEDIATE")
    if scheme in {"postgresql", "postgres"}:
        if vars(peewee)["psycopg"] is None:
            raise RuntimeError("peewee was loaded without psycopg: set GANCHANG_DATABASE before models is imported")
        return Postgres(**_parameters(url), prefer_psycopg3=True)
    raise ValueError(f"GANCHANG_DATABASE: unknown scheme {scheme!r}")


def _parameters(url: str) -> dict[str, Any]:
    """Return what libpq reads in a URL, each parameter under its name; those of the query are among them."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    plain = POOLER.sub(lambda found: found[1] if found[2] else "", url)
    try:
        found = conninfo_to_dict(plain)
    except ProgrammingError as error:
        raise ValueError(ENCODE) from error
    name = str(found.get("dbname") or "")
    if not name or "@" in name:  # a password with "/" in it, taken for the host's end
        raise ValueError(ENCODE)
    parameters = PATIENCE | found | {"database": name}
    if plain != url:
        parameters |= {"options": found.get("options"), "prepare_threshold": None}
    return parameters
