"""Final rows on PostgreSQL: what a batch left in all tables, and how fast psycopg alone writes just that."""

import time
from collections.abc import Iterator

import psycopg

Row = tuple
Write = tuple[str, list[str], list[Row], str, list[Row]]  # table, columns, new rows, an update, parameters of its runs


class Copy:
    """A copy of a database that is brought up to date by writing the rows that differ, and nothing else."""

    def __init__(self, original: str, copy: str) -> None:
        """Both are URLs; ``copy`` was made of ``original`` when nobody wrote."""
        self._ours, self._raw = psycopg.connect(original, autocommit=True), psycopg.connect(copy)
        self._keys = dict(self._ask(
            "SELECT c.relname, array_agg(a.attname ORDER BY a.attnum) FROM pg_index AS i"
            " JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace"
            " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)"
            " WHERE i.indisprimary AND n.nspname = 'public' GROUP BY c.oid, c.relname ORDER BY c.oid"
        ))  # fmt: skip
        self._known = {table: self._rows(table) for table in self._keys}

    def differences(self) -> list[Write]:
        """Return the writes that make the copy equal to the original. Raises ValueError for a row that is gone."""
        return [write for table in self._keys for write in self._of_table(table)]

    def write(self, writes: list[Write], by_copy: bool) -> float:
        """Write them in one transaction and return the seconds it took; new rows as a COPY or by ``executemany``."""
        start = time.perf_counter()
        cursor = self._raw.cursor()
        for table, columns, new, update, changed in writes:
            names = ", ".join(f'"{column}"' for column in columns)
            if new and by_copy:
                with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                    for row in new:
                        copy.write_row(row)
            elif new:
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))})', new)
            if changed:
                cursor.executemany(update, changed)
        self._raw.commit()
        return time.perf_counter() - start

    def close(self) -> None:
        """Close both connections."""
        self._ours.close()
        self._raw.close()

    def _of_table(self, table: str) -> Iterator[Write]:
        columns, now = self._rows(table)
        _, before = self._known[table]
        if before.keys() - now.keys():
            raise ValueError(f"a row of {table} is gone: its deletion would have to be written, too")
        keys = self._keys[table]
        rest = [place for place, column in enumerate(columns) if column not in keys]
        new = [row for key, row in now.items() if key not in before]
        changed = [(*(row[place] for place in rest), *key) for key, row in now.items() if before.get(key, row) != row]
        self._known[table] = columns, now
        if new or changed:
            sets = ", ".join(f'"{columns[place]}" = %s' for place in rest)
            where = " AND ".join(f'"{key}" = %s' for key in keys)
            yield table, columns, new, f'UPDATE "{table}" SET {sets} WHERE {where}', changed

    def _rows(self, table: str) -> tuple[list[str], dict[Row, Row]]:
        cursor = self._ours.execute(f'SELECT * FROM "{table}"')
        columns = [column.name for column in cursor.description or ()]
        places = [columns.index(key) for key in self._keys[table]]
        return columns, {tuple(row[place] for place in places): row for row in cursor}

    def _ask(self, sql: str) -> list[Row]:
        return self._ours.execute(sql).fetchall()
