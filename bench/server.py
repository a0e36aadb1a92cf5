"""Servers: the application, or a bare one beside it, as its own process on loopback."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PORTS = range(8105, 8110)
PATIENCE = 30  # seconds for a server to answer
SERVE = ("-m", "routes.web.serve")
BARE = ("-m", "bench.bare")


@contextmanager
def serving(
    database: str, *, command: tuple[str, ...] = SERVE, workers: int = 1, until: str = "/healthz"
) -> Iterator["Server"]:
    """Run a server on a free port until the block ends; the block starts when ``until`` answers."""
    port = _free_port()
    settings = {
        "GANCHANG_DATABASE": database, "GANCHANG_PORT": str(port), "GANCHANG_HOST": "127.0.0.1",
        "GANCHANG_SECRET_KEY": "bench", "GANCHANG_WORKERS": str(workers),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        server = Server(process, port)
        server.wait(until)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its workers too
            process.wait()


class Server:
    """A running server: where it listens and which processes it is."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port

    def connection(self) -> http.client.HTTPConnection:
        """Return a connection of one's own, kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def wait(self, path: str) -> None:
        """Wait until the server answers. Raises RuntimeError when it died or stays silent."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                connection = self.connection()
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("the server did not start")

    def warm_up(self, path: str, connections: int = 30) -> None:
        """Ask on many connections at once: a process that still loads must not meet the load."""
        opened = [self.connection() for _ in range(connections)]
        for connection in opened:
            connection.request("GET", path)
        for connection in opened:
            connection.getresponse().read()
            connection.close()

    def cpu_seconds(self) -> float:
        """Return the processor time that all threads of the server's processes have had, to the nanosecond."""
        return sum(_cpu_nanoseconds(pid) for pid in _children(self.process.pid)) / 1e9

    def resident(self) -> list[int]:
        """Return the resident bytes of each process of the server."""
        return [_resident(pid) for pid in _children(self.process.pid)]


def post(connection: http.client.HTTPConnection, token: str, body: bytes) -> dict:
    """Post a batch as a tablet and return the answer. Raises RuntimeError unless it is 200."""
    headers = {"Content-Type": "application/json", "Cookie": f"ganchang_tablet={token}"}
    connection.request("POST", "/sync", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {content[:200]!r}")
    return json.loads(content)


def _free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError(f"no free port in {PORTS}")


def _children(pid: int) -> list[int]:
    """Return the process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _children(int(child))
    return found


def _cpu_nanoseconds(pid: int) -> int:
    """Return what the scheduler gave the living threads of a process; they live as long as the server."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
