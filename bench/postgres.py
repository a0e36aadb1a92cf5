"""PostgreSQL in a benchmark: a server of one's own, measured in a process that has loaded its driver."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import astuple

from bench.report import Figure

MISSING = "{code}: without PostgreSQL only SQLite was measured"


def measured(code: str, module: str, *arguments: object, before: Iterable[str] = ()) -> list[Figure]:
    """Return what ``python -m module`` says of an empty database; its arguments are ``before``, the URL, the others.

    A process of its own: peewee looks for PostgreSQL's driver when it is loaded. Nothing where there is no server.
    """
    from tests.postgres import Postgres, find_programs

    if (programs := find_programs()) is None:
        print(MISSING.format(code=code), file=sys.stderr)
        return []
    server = Postgres(programs)
    try:
        server.execute("CREATE DATABASE bench")
        url = server.url("bench")
        settings = os.environ | {"GANCHANG_DATABASE": url}
        command = [sys.executable, "-m", module, *before, url, *map(str, arguments)]
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
        return [Figure(*cells) for cells in json.loads(done.stdout.splitlines()[-1])]
    finally:
        server.stop()


def say(*figures: Figure) -> None:
    """Print figures for the process that asked for them."""
    print(json.dumps([astuple(figure) for figure in figures]))
