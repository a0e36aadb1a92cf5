"""A real browser and a real server, for what only they can show: offline, cameras, paper."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server

PATIENCE = 20_000  # ms for a page to show what it should, on a busy machine
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
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright, request) -> Iterator[object]:
    """A browser: Chromium without its windows, for a third of the processor less; else the whole one.

    A module whose subject is what differs, cameras or a tablet's first start, takes ``whole_chromium`` for it.
    """
    if not (path := shutil.which("chromium-headless-shell")):
        yield request.getfixturevalue("whole_chromium")
        return
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def whole_chromium(playwright) -> Iterator[object]:
    """The Chromium of this machine, as it is."""
    path = os.environ.get("CHROMIUM") or program("chromium", "chromium-browser", "google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory) -> Iterator[Server]:
    """The demo, in a real server process, for tests that leave it running.

    It has a file of its own; a test that needs other data adds a market day of its own.
    """
    server = Server(tmp_path_factory.mktemp("live"))
    server.start()
    yield server
    server.kill()


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
