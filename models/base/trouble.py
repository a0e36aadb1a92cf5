"""Trouble: the database failed although the statement was right: it is locked, full, read-only or away."""

import sqlite3
from typing import Any

from peewee import InterfaceError, OperationalError, PeeweeException

Failure = PeeweeException  # what peewee raises when a statement fails
# Primary result codes, https://sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
}
# Of PostgreSQL, beside psycopg's OperationalError: read_only_sql_transaction, idle_in_transaction_session_timeout
_POSTGRES = {"25006", "25P03"}


class StillWriting(OperationalError):
    """Others in this process wrote for longer than a writer waits."""


def is_trouble(failure: Failure) -> bool:
    """Say whether the same statement may succeed later; a statement that is wrong never does."""
    cause: Any = failure.args[0] if failure.args else None
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF in _SQLITE
    return isinstance(failure, OperationalError | InterfaceError) or getattr(cause, "sqlstate", None) in _POSTGRES
