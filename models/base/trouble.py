"""Trouble: the database failed although the statement was right: it is locked, full, read-only or away."""

import sqlite3
from collections.abc import Iterator

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


def trouble_in(failure: Failure) -> BaseException | None:
    """Return why the same statement may succeed later; None for a statement that is wrong and never does."""
    return next(filter(_is_trouble, _causes(failure)), None)


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    """Return an error, the driver's error in it, and those before it: a full disk shows as a rollback that failed."""
    while failure:
        yield failure
        failure = getattr(failure, "orig", None) or failure.__context__


def _is_trouble(cause: BaseException) -> bool:
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF in _SQLITE
    if isinstance(cause, OperationalError | InterfaceError):
        return not isinstance(getattr(cause, "orig", None), sqlite3.Error)  # which says it more exactly
    return getattr(cause, "sqlstate", None) in _POSTGRES
