"""Browsers that tablets and phones really have: old Chromium, and those of other families."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs a browser (and a minute)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Server]:
    """The demo, with a real server process that any test may kill and start again."""
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.kill()


@pytest.fixture
def server(demo) -> Server:
    """The demo, being served; each test makes a market day of its own in it."""
    demo.kill()
    demo.start()
    return demo
