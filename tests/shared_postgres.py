"""One PostgreSQL database for one test after another: making a database for each costs a hundred times as much."""

from collections.abc import Iterable

import psycopg

from tests.postgres import Postgres

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class SharedPostgres:
    """A database of a server, whose rows are put back to what they were at the beginning, or taken out, for a test.

    ``tables`` are all its tables; the schema stays as it is.
    """

    def __init__(self, server: Postgres, name: str, tables: Iterable[str]) -> None:
        self.url: str = server.url(name)
        self._tables = list(tables)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CREATE SCHEMA beginning")
            for table in self._tables:
                connection.execute(f'CREATE TABLE beginning."{table}" AS TABLE public."{table}"')
            self._serial = [table for table in self._tables if self._sequence(connection, table)]

    def reset(self, rows: bool) -> str:
        """Begin anew, with the rows of the beginning or with none, and return the database's URL.

        Connections of an earlier test are cut.
        """
        # As a replica: foreign keys are not checked row by row.
        statements = [OTHERS, "SET session_replication_role = replica"]
        statements += [f'DELETE FROM public."{table}"' for table in self._tables]
        if rows:
            statements += [f'INSERT INTO public."{table}" TABLE beginning."{table}"' for table in self._tables]
        statements += [self._next_number(table) for table in self._serial]
        with psycopg.connect(self.url) as connection:
            connection.execute(";".join(statements))
        return self.url

    @staticmethod
    def _sequence(connection: psycopg.Connection, table: str) -> str | None:
        sql = (
            "SELECT pg_get_serial_sequence(%s, 'id') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND column_name = 'id'"
        )
        found = connection.execute(sql, (f'public."{table}"', table)).fetchone()
        return found and found[0]

    @staticmethod
    def _next_number(table: str) -> str:
        sequence = f"pg_get_serial_sequence('public.\"{table}\"', 'id')"
        return f'SELECT setval({sequence}, COALESCE(MAX(id), 0) + 1, false) FROM public."{table}"'
