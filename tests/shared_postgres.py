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

    ``tables`` are all its tables; the schema stays as it is. One connection does it for all tests, by a function of the
    database: both remember the tables and the plans, which a new connection has to read anew.
    """

    def __init__(self, server: Postgres, name: str, tables: Iterable[str]) -> None:
        self.url: str = server.url(name)
        tables = list(tables)
        self._connection = psycopg.connect(self.url, autocommit=True)
        self._connection.execute("CREATE SCHEMA beginning")
        for table in tables:
            self._connection.execute(f'CREATE TABLE beginning."{table}" AS TABLE public."{table}"')
        serial = [table for table in tables if self._has_sequence(table)]
        self._connection.execute(_function(tables, serial))
        # As a replica: foreign keys are not checked row by row.
        self._connection.execute("SET session_replication_role = replica")

    def reset(self, rows: bool) -> str:
        """Begin anew, with the rows of the beginning or with none, and return the database's URL.

        Connections of an earlier test are cut.
        """
        self._connection.execute(OTHERS)
        self._connection.execute("SELECT beginning.begin(%s)", (rows,))
        return self.url

    def _has_sequence(self, table: str) -> bool:
        sql = (
            "SELECT pg_get_serial_sequence(%s, 'id') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND column_name = 'id'"
        )
        found = self._connection.execute(sql, (f'public."{table}"', table)).fetchone()
        return bool(found and found[0])


def _function(tables: list[str], serial: list[str]) -> str:
    """Return what makes the function that empties all tables, and fills them if it is told to."""
    filled = "".join(f'INSERT INTO public."{table}" TABLE beginning."{table}";' for table in tables)
    return (
        "CREATE FUNCTION beginning.begin(filled boolean) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
        + "".join(f'DELETE FROM public."{table}";' for table in tables)
        + f"IF filled THEN {filled} END IF;"
        + "".join(_next_number(table) for table in serial)
        + "END $$"
    )


def _next_number(table: str) -> str:
    sequence = f"pg_get_serial_sequence('public.\"{table}\"', 'id')"
    return f'PERFORM setval({sequence}, COALESCE(MAX(id), 0) + 1, false) FROM public."{table}";'
