"""Statements: how many a piece of work sends to the database."""

from collections.abc import Callable

from models.base.database import db

BOUNDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # a transaction's ends, counted apart


def statements_of(work: Callable[[], object]) -> list[str]:
    """Run ``work`` and return the statements that SQLite was given, transaction ends left out."""
    sent: list[str] = []
    connection = db.connection()
    connection.set_trace_callback(sent.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [sql for sql in sent if not sql.startswith(BOUNDS)]
