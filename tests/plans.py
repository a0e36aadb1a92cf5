"""Plans: how SQLite would run each statement of ours that a test makes it run, and which tables it would read whole.

A statement that reads the whole of a table that grows with every market day is found in no test by its time: tests
have ten rows. So each distinct statement is explained once, at the end of the session (`EXPLAIN QUERY PLAN`). So is the
same one with a longer list: for more than two values SQLite, which has counted nothing, may rather read a whole
county's rows or a market day's than look for each.
"""

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = tuple(f"{ROOT / folder}/" for folder in ("models", "routes", "templates"))
NOT_OURS = tuple(f"{ROOT / folder}/" for folder in ("tests", "bench", "migrations", "models/demo"))
# They carry statements out for others.
CARRIERS = {str(ROOT / "models" / path) for path in ("base/database.py", "market/audited.py")}

GROWING = {
    "alias", "amendment", "audit_entry", "booth", "calling", "candidate", "change", "check_in", "check_in_count",
    "closing",
    "assistance", "consent", "contact_attempt", "enrolment", "group_evidence",
    "duty", "hand_over", "operation", "operator", "pass_binding", "pass_range", "phone_pass", "progress", "remark",
    "handed_list", "handed_person", "mailing", "message", "opt_out",
    "paper_batch", "sheet_import", "sheet_row", "sign_up", "survey", "survey_answer", "survey_attempt", "survey_person",
    "employer_link", "person_key", "same_person", "scan", "settlement", "showing", "tally", "vacancy",
    "vacancy_proposal", "visit", "rollup",
}  # fmt: skip
# What stands in a statement that may read a whole table, and why it may.
ALLOWED = {
    "WHERE (0 = 1)": "peewee's comparison with an empty list: SQLite reads no row",
    "HAVING COUNT(DISTINCT person) > 1": "asked once, after migrations: whose identity hash is another person's too",
    'UPDATE "employer_link" SET "revoked_at" = ? WHERE ("employer_link"."revoked_at" IS NULL)':
        "once, when a backup was put back: every link ends",
    'FROM "employer_link" AS "t1" WHERE ("t1"."revoked_at" IS NULL)': "the same, read to be noted in the history",
    "UPDATE change SET position = position + ": "once, when a backup was put back: all is told again",
    "SELECT COUNT(*) AS held FROM": "typed by hand: how much a backup holds that is tried out",
    "FROM market_day AS d JOIN scan AS s": "asked when a vacancy is dropped: one search by index a market day",
}

_NAMED = re.compile(r'\b(?=(\w+)"?\s+(?:AS\s+)?"?(\w+))', re.IGNORECASE)
_SCAN = re.compile(r"SCAN (\w+)")
_WIDE = re.compile(r"SEARCH (\w+) USING .*\((?:county_id|market_day_id)=\?\)$")
_LIST = re.compile(r"\bIN \(\?(?:, ?\?)*\)")

_heard: set[str] = set()


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        _hear(sql)
        return super().execute(sql, *parameters)

    def executemany(self, sql: str, rows: Iterable) -> sqlite3.Cursor:
        _hear(sql)
        return super().executemany(sql, rows)


class _Connection(sqlite3.Connection):
    def cursor(self, factory: type[sqlite3.Cursor] = _Cursor) -> sqlite3.Cursor:
        return super().cursor(factory)


def _hear(sql: str) -> None:
    if sql not in _heard and _is_ours():
        _heard.add(sql)


def _is_ours() -> bool:
    """Say whether the product, and not a test or the demo, asked for what is being executed."""
    frame = sys._getframe(3)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(NOT_OURS):
            return False
        if path.startswith(OURS) and path not in CARRIERS:
            return True
        frame = frame.f_back
    return False


@contextmanager
def listening() -> Iterator[None]:
    """Note each statement that the product gives a SQLite connection that is opened inside the block."""
    connect = sqlite3.connect
    sqlite3.connect = lambda *given, **more: connect(*given, **{"factory": _Connection} | more)
    try:
        yield
    finally:
        sqlite3.connect = connect


def heard() -> frozenset[str]:
    """Return the statements noted so far."""
    return frozenset(_heard)


def whole_tables_read(schema: str) -> list[str]:
    """Return a line for each noted statement that reads a growing table whole. ``schema`` is a migrated SQLite file."""
    with closing(sqlite3.connect(schema)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [
            f"{table}: {sql}"
            for sql in sorted({_LIST.sub("IN (?)", sql) for sql in _heard})
            for table in [*scanned(connection, sql, tables), *widened(connection, sql, tables)]
            if table in GROWING and not _is_allowed(sql)
        ]


def scanned(connection: sqlite3.Connection, sql: str, tables: set[str]) -> list[str]:
    """Return the tables that SQLite would read from end to end, or an index of theirs, for one statement."""
    return _read_by(_SCAN, connection, sql, tables)


def widened(connection: sqlite3.Connection, sql: str, tables: set[str]) -> list[str]:
    """Return the tables of which SQLite would read a whole county or market day only because a list is long."""
    lists = (f"IN (?{',?' * more})" for more in (0, 49))
    one, many = (_read_by(_WIDE, connection, _LIST.sub(marks, sql), tables) for marks in lists)
    return [table for table in many if table not in one]


def _read_by(step: re.Pattern, connection: sqlite3.Connection, sql: str, tables: set[str]) -> list[str]:
    """Return the tables that are read by such a step of the plan of a statement."""
    if not sql.lstrip("( ").upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT", "WITH", "REPLACE")):
        return []
    named = {alias: table for table, alias in _NAMED.findall(sql) if table in tables}
    steps = [text for *_, text in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))]
    names = [found[1] for found in map(step.match, steps) if found]
    return [named.get(name, name) for name in names if named.get(name, name) in tables]


def _is_allowed(sql: str) -> bool:
    return any(part in sql for part in ALLOWED)
