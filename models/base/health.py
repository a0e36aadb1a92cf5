"""Health: whether the database takes a write, asked with a write that changes nothing."""

import sqlite3
import time
from urllib.parse import quote

from peewee import PeeweeException

from models.base.database import db, fetch, is_sqlite

PATIENCE = 1  # seconds; a database that somebody else writes to for longer takes writes
FRESH = 5  # seconds for which an answer holds: a write waits for the disk, and anybody may ask
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_asked: dict[str, tuple[float, bool]] = {}  # by database: when, and what it said


def takes_writes() -> bool:
    """Say whether facts can be stored now: no when the disk is full or may only be read. Raises nothing."""
    name, now = str(db.obj.database), time.monotonic()
    at, said = _asked.get(name, (-FRESH, False))
    if now - at >= FRESH:
        said = _wrote_to_sqlite(name) if is_sqlite() else _got_a_transaction()
        _asked.clear()
        _asked[name] = (now, said)
    return said


def _wrote_to_sqlite(path: str) -> bool:
    """Write the number that stands in the file's head once more, over a connection that waits for no other writer."""
    try:
        connection = sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            ((version,),) = connection.execute("PRAGMA user_version").fetchall()
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", None) in _LOCKED
    return True


def _got_a_transaction() -> bool:
    """Let PostgreSQL number a transaction, which a server that may only be read refuses."""
    try:
        fetch("SELECT txid_current()")
    except PeeweeException:
        db.close()
        return False
    return True
