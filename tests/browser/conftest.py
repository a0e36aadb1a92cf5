"""A real browser and a real server, for what only they can show: offline, cameras, paper."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
PASSWORD = "market-day-24"
PATIENCE = 30  # seconds for a server to answer on a busy machine
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium (and a minute)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def program(*names: str) -> str:
    """Return the path of the first of these programs; without any, skip, or fail where CI runs."""
    for name in names:
        if found := shutil.which(name):
            return found
    sentence = f"{names[0]} is not installed: what only it can show was NOT tested"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def playwright() -> Iterator[object]:
    """Playwright itself, once: a second one in the same thread is refused."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright) -> Iterator[object]:
    """A browser: the Chromium of this machine."""
    path = os.environ.get("CHROMIUM") or program("chromium", "chromium-browser", "google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """The demo, in a real server process: ``url``, ``database`` (URL), ``login``, ``password``.

    It has a file of its own; a test that needs other data adds a market day of its own.
    """
    port = _free_port()
    folder = tmp_path_factory.mktemp("live")
    database = f"sqlite:///{folder / 'ganchang.db'}"
    environment = os.environ | {
        "GANCHANG_DATABASE": database,
        "GANCHANG_PORT": str(port),
        "GANCHANG_ORIGIN": f"http://127.0.0.1:{port}",
        "GANCHANG_SECRET_KEY": "test",
        "GANCHANG_DEMO_PASSWORD": PASSWORD,
    }
    command = [sys.executable, "-m", "flask", "--app", "app"]
    for step in ("migrate", "demo"):
        done = subprocess.run(
            [*command, step], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _await(url + "/healthz", folder / "server.log")
            yield SimpleNamespace(url=url, database=database, login="demo", password=PASSWORD)
        finally:
            server.terminate()
            server.wait(10)


@pytest.fixture
def organiser(chromium, live_server) -> Iterator[object]:
    """A page on which the demo's organiser is signed in; it reads Chinese."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    form = {"login": live_server.login, "password": live_server.password}
    answer = context.request.post("/sign-in", form=form, max_redirects=0)
    assert answer.status == 303
    yield page
    context.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await(url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(url) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer:\n{log.read_text()[-2000:]}")
