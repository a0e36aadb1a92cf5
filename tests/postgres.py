"""A throw-away PostgreSQL server, started by the tests and gone with them."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class Postgres:
    """A cluster in a temporary folder, listening on loopback only. Durability is off: it is a toy's life."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="ganchang-pg-"))
        self.port = _free_port()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self._folder, "postgres")
        self._call("initdb", "-D", self._folder / "data", "-U", "ganchang", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync")  # fmt: skip
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._folder} -F -c max_connections=60"
        self._call("pg_ctl", "-D", self._folder / "data", "-w", "-l", self._folder / "log", "-o", options,
                   "start")  # fmt: skip

    def url(self, name: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql://ganchang@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction, as a superuser."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._call("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def find_programs() -> Path | None:
    """Return the folder of Debian's newest PostgreSQL, or None when it is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(found[-1]).parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


