"""A throw-away PostgreSQL server, started by the tests and gone with them, however they end."""

import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 60  # seconds for the server to answer on a busy machine


class Postgres:
    """A cluster in a temporary folder, listening on loopback only. Durability is off: it is a toy's life."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="ganchang-pg-"))
        self.port = _free_port()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")
        self._call("initdb", "-D", self.folder / "data", "-U", "ganchang", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync")  # fmt: skip
        self._process = self._start()
        self._wait()

    def url(self, name: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql://ganchang@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction, as a superuser."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def go_away(self) -> None:
        """Stop the server at once, as a power cut would."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def come_back(self) -> None:
        """Start it again."""
        self._process = self._start()
        self._wait()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.go_away()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen:
        """Start it as a child that the kernel stops when this process ends, in whatever way it does."""
        options = ["-D", self.folder / "data", "-p", self.port, "-k", self.folder, "-F"]
        options += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"]
        command = self._command("postgres", *options, setpriv=("--pdeathsig", "QUIT"))
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd="/")

    def _wait(self) -> None:
        import psycopg

        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _call(self, program: str, *arguments: object) -> None:
        subprocess.run(self._command(program, *arguments), check=True, stdout=subprocess.DEVNULL, cwd="/")

    def _command(self, program: str, *arguments: object, setpriv: tuple[str, ...] = ()) -> list[str]:
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            setpriv = ("--reuid=postgres", "--regid=postgres", "--clear-groups", *setpriv)
        return ["setpriv", *setpriv, *command] if setpriv else command


def find_programs() -> Path | None:
    """Return the folder of Debian's newest PostgreSQL, or None when it is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(found[-1]).parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


