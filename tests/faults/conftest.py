"""A real server over a county of tablets that have enrolled, on a SQLite file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import world
from tests.browser.server import DATABASE, Server


@pytest.fixture
def tablets() -> int:
    """Return how many tablets there are, each at its booth; a module that wants another number says so."""
    return 1


@pytest.fixture
def market(tmp_path: Path, tablets: int) -> world.World:
    return world.build(tmp_path, booths=tablets, vacancies=2, name=DATABASE)


@pytest.fixture
def server(market: world.World, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()
