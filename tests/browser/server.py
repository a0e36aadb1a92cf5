"""A real server process: started, killed and started again, with a database of its own."""

import fcntl
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from routes.web.sockets import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "market-day-24"
DATABASE = "ganchang.db"
SHARED = "GANCHANG_TESTS_FOLDER"  # in the environment: a folder that all processes of one run share
PATIENCE = 30  # seconds for a server to answer on a busy machine


@cache
def _own_folder() -> TemporaryDirectory:
    return TemporaryDirectory(prefix="ganchang-demo-")


def _demo() -> Path:
    """Return the demo's database, to be copied. It takes seconds: the processes of one run share it."""
    folder = Path(os.environ.get(SHARED) or _own_folder().name)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "filled").exists():
            (folder / DATABASE).touch()
            Server(folder).fill()
            (folder / "filled").touch()
    return folder / DATABASE


class Server:
    """The application as `make run` serves it, on a port and a folder of its own.

    It holds the demo unless the folder already has a database. ``settings`` are those of
    docs/configuration.md, without their prefix.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.login, self.password = "demo", PASSWORD
        self.database = f"sqlite:///{folder / DATABASE}"
        port = int(settings.get("PORT") or free_port())
        scheme = "https" if settings.get("TLS") else "http"
        self.url = f"{scheme}://{settings.get('HOST', '127.0.0.1')}:{port}"
        self._log = folder / "server.log"
        self._process: subprocess.Popen | None = None
        self._one_at_a_time = threading.Lock()
        self._environment = os.environ | {
            "GANCHANG_DATABASE": self.database,
            "GANCHANG_PORT": str(port),
            "GANCHANG_ORIGIN": self.url,
            "GANCHANG_SECRET_KEY": "test",
            "GANCHANG_DESIGN": "1",
            "GANCHANG_DEMO_PASSWORD": PASSWORD,
        } | {f"GANCHANG_{name}": value for name, value in settings.items()}
        if "DATABASE" in settings:
            self.fill()
        elif not (folder / DATABASE).exists():
            shutil.copy(_demo(), folder)

    def fill(self) -> None:
        """Put the demo into the database."""
        self.command("migrate")
        self.command("demo")

    def command(self, *words: str) -> str:
        """Run ``flask --app app …`` and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *command: str) -> None:
        """Serve, and wait until the database answers."""
        command = command or ("-m", "routes.web.serve")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.url}/healthz", context=ssl._create_unverified_context()) as answer:
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        self.kill()
        pytest.fail(f"the server did not answer:\n{self._log.read_text()[-2000:]}")

    @property
    def process(self) -> int:
        """The number of the process that was started."""
        return self._process.pid

    def kill(self) -> None:
        """Stop it as a power cut would: SIGKILL to all its processes."""
        with self._one_at_a_time:  # a fault may cut the power from its own thread
            if self._process:
                os.killpg(self._process.pid, 9)
                self._process.wait()
                self._process = None
