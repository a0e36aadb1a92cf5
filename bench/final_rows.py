"""Final rows: what a batch left in all tables, and how fast `sqlite3` alone writes just that.

The limit for anything that keeps these tables: the same rows, the same indexes, the same pragmas, one transaction.
"""

import shutil
import sqlite3
import time
from pathlib import Path

from bench import bare

Write = tuple[str, list[tuple]]  # a statement, and the parameters of each of its runs


class Copy:
    """A copy of a database that is brought up to date by writing the rows that differ, and nothing else."""

    def __init__(self, original: Path, path: Path) -> None:
        """Copy ``original``, whose log was written back (`PRAGMA wal_checkpoint(TRUNCATE)`)."""
        shutil.copy(original, path)
        self._raw = bare.open_file(str(path))
        self._compared = sqlite3.connect(path, isolation_level=None)
        self._compared.execute("ATTACH ? AS ours", (str(original),))
        tables = self._compared.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY rowid")
        self._tables = [name for (name,) in tables if not name.startswith("sqlite_")]

    def differences(self) -> list[Write]:
        """Return the writes that make the copy equal to the original. Raises ValueError for a row that is gone."""
        return [write for table in self._tables for write in self._of_table(table) if write[1]]

    def write(self, writes: list[Write]) -> float:
        """Write them in one transaction and return the processor time it took, in seconds."""
        start = time.process_time()
        self._raw.execute("BEGIN IMMEDIATE")
        for sql, rows in writes:
            self._raw.executemany(sql, rows)
        self._raw.execute("COMMIT")
        return time.process_time() - start

    def close(self) -> None:
        """Close both connections."""
        self._raw.close()
        self._compared.close()

    def _of_table(self, table: str) -> list[Write]:
        columns = self._compared.execute(f'PRAGMA main.table_info("{table}")').fetchall()
        names, keys = [row[1] for row in columns], [row[1] for row in columns if row[5]]
        rest = [name for name in names if name not in keys]
        here = " AND ".join(f'h."{key}" = d."{key}"' for key in keys)
        known = f'EXISTS (SELECT 1 FROM main."{table}" AS h WHERE {here})'
        differing = f'(SELECT * FROM ours."{table}" EXCEPT SELECT * FROM main."{table}") AS d'
        if self._ask(f'SELECT COUNT(*) FROM main."{table}" AS d WHERE NOT {known.replace("main.", "ours.")}') != [(0,)]:
            raise ValueError(f"a row of {table} is gone: its deletion would have to be written, too")
        marks = ", ".join("?" * len(names))
        changed = self._ask(f"SELECT {_list(rest + keys, 'd.')} FROM {differing} WHERE {known}") if rest else []
        return [
            (f'INSERT INTO "{table}" VALUES ({marks})', self._ask(f"SELECT * FROM {differing} WHERE NOT {known}")),
            (f'UPDATE "{table}" SET {_set(rest, ", ")} WHERE {_set(keys, " AND ")}', changed),
        ]

    def _ask(self, sql: str) -> list[tuple]:
        return self._compared.execute(sql).fetchall()


def _list(names: list[str], prefix: str) -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _set(names: list[str], between: str) -> str:
    return between.join(f'"{name}" = ?' for name in names)
