"""Trouble: what it means that the database failed, where the statement itself was right."""

import sqlite3
from typing import Any

from peewee import OperationalError, PeeweeException

Failure = PeeweeException  # what peewee raises when a statement fails
BUSY, FULL, AWAY = "busy", "full", "away"
# Primary result codes of SQLite, https://sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: FULL,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_CORRUPT: AWAY,
    sqlite3.SQLITE_NOTADB: AWAY,
}
# Classes and codes of PostgreSQL, https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES = {
    "55P03": BUSY,  # lock_not_available
    "40001": BUSY,  # serialization_failure
    "40P01": BUSY,  # deadlock_detected
    "25006": FULL,  # read_only_sql_transaction
    "53": FULL,  # insufficient resources
    "25P03": AWAY,  # idle_in_transaction_session_timeout
    "08": AWAY,  # connection exception
    "57": AWAY,  # operator intervention
    "58": AWAY,  # system error
    "28": AWAY,  # invalid authorization: the password was changed under us
    "3D": AWAY,  # no such database
}


class StillWriting(OperationalError):
    """Others in this process wrote for longer than a writer waits."""


def trouble_of(error: Failure) -> str | None:
    """Return BUSY (try again), FULL (nothing can be written), AWAY (it does not answer); None for a wrong statement."""
    if isinstance(error, StillWriting):
        return BUSY
    cause: Any = error.args[0] if error.args else None
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    return AWAY if type(error).__name__ in ("OperationalError", "InterfaceError") else None
