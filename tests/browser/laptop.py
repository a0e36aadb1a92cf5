"""A laptop on which somebody types `make trial`, and a browser's own list of authorities that it trusts."""

import os
import re
import signal
import ssl
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from models.tls.folder import AUTHORITY
from tests.browser.conftest import program
from tests.browser.server import PASSWORD, PATIENCE, ROOT, free_port

LINK = re.compile(r"https://\S+/enrol#\S+")
PAIRS = re.compile(r"\b(?:[0-9A-F]{2} ){7}[0-9A-F]{2}\b")


class Laptop:
    """`bin/trial` as it is, at this machine's own address on the network, with free ports and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._log = folder / "trial", folder / "trial.log"
        port, trust_port = free_port(), free_port()
        environment = os.environ | {
            "GANCHANG_DATABASE": f"sqlite:///{folder / 'ganchang.db'}",
            "GANCHANG_TLS": str(self.folder),
            "GANCHANG_PORT": str(port),
            "GANCHANG_TRUST_PORT": str(trust_port),
            "GANCHANG_SECRET_KEY": "test",
            "GANCHANG_DEMO_PASSWORD": PASSWORD,
        }
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["bin/trial"], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.link = self._wait_for(lambda: LINK.search(self.said))[0]
        self.url = self.link.partition("/enrol")[0]
        self.host = self.url.removeprefix("https://").rpartition(":")[0]
        self.plain_url = f"http://{self.host}:{trust_port}"
        self._wait_for(lambda: self.answers(f"{self.url}/healthz") and self.answers(f"{self.plain_url}/trust"))

    @property
    def said(self) -> str:
        """What stands on its screen."""
        return self._log.read_text(encoding="utf-8")

    def fingerprint(self) -> bytes:
        """Return the fingerprint on its screen."""
        return bytes.fromhex("".join(PAIRS.findall(self.said)))

    def answers(self, url: str) -> bool:
        """Say whether there is an answer, to somebody who trusts the laptop."""
        try:
            with urlopen(url, context=ssl.create_default_context(cafile=self.folder / AUTHORITY)) as answer:
                return answer.status == 200
        except (URLError, ConnectionError, FileNotFoundError):
            return False

    def is_running(self) -> bool:
        """Say whether any of its processes is left."""
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def press_ctrl_c(self) -> None:
        """End it as people do."""
        os.killpg(self._process.pid, signal.SIGINT)
        self._process.wait(PATIENCE)

    def kill(self) -> None:
        if self.is_running():
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _wait_for(self, condition):
        until = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            if found := condition():
                return found
            time.sleep(0.1)
        self.kill()
        if "address is not clear" in self.said and os.environ.get("CI") != "true":
            pytest.skip("this machine is on no network: the trial was NOT tested")
        pytest.fail(f"the trial did not start:\n{self.said[-2000:]}")


def home_that_trusts(folder: Path, *certificates: Path) -> Path:
    """Return a home folder in which Chromium finds these authorities (NSS's database, as its settings fill it)."""
    database = folder / ".pki" / "nssdb"
    database.mkdir(parents=True)
    tool = [program("certutil"), "-d", f"sql:{database}"]
    subprocess.run([*tool, "-N", "--empty-password"], check=True)
    for certificate in certificates:
        subprocess.run([*tool, "-A", "-t", "C,,", "-n", certificate.name, "-i", certificate], check=True)
    return folder
