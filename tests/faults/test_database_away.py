"""PostgreSQL goes away and comes back: everybody is told so in words or in JSON, and all is well again by itself."""

import json
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from models.base.connection import AWAY_SECONDS
from routes.web.front import READERS, WRITERS
from tests.browser.server import Server
from tests.faults.asking import BROWSER, LATER, ask
from tests.postgres import Postgres, find_programs


@pytest.fixture(scope="module")
def database() -> Iterator[Postgres]:
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    database = Postgres(programs)
    database.execute("CREATE DATABASE away")
    yield database
    database.stop()


@pytest.fixture(scope="module")
def server(database, tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), DATABASE=database.url("away"))
    server.start()
    yield server
    server.kill()


def sign_in(server: Server) -> str:
    """Return the cookie of an organiser."""
    form = urlencode({"login": server.login, "password": server.password}).encode()
    status, headers, _ = ask(server, "/sign-in", "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert status == 303
    return "; ".join(cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie"))


def assert_away(server: Server, cookie: str) -> None:
    for _ in range(2 * (WRITERS + READERS)):  # by each thread
        status, headers, text = ask(server, "/healthz")
        assert status == 503 and json.loads(text) == {"status": "database"}
    for path in ("/v/1000002", "/m/1", "/organiser/market-days", "/organiser/employers", "/nowhere"):
        for language, words in LATER.items():
            status, headers, text = ask(server, path, Accept=BROWSER, Accept_Language=language, Cookie=cookie)
            assert status == 503 and headers["Retry-After"] and "Content-Security-Policy" in headers, path
            assert words in text and headers.get_content_type() == "text/html", path
    status, headers, text = ask(server, "/sync", "POST", b"{}", Content_Type="application/json",
                                Cookie="ganchang_tablet=somebody")  # fmt: skip
    assert status == 503 and json.loads(text)["error"] == "Service Unavailable" and headers["Retry-After"]
    assert ask(server, "/kiosk/worker.js")[0] == 200  # what asks no database goes on


def assert_well(server: Server) -> None:
    for _ in range(2 * (WRITERS + READERS)):
        assert ask(server, "/healthz")[0] == 200
        assert ask(server, "/m/1", Accept=BROWSER)[0] == 200


def test_it_goes_and_comes(server, database):
    assert_well(server)
    cookie = sign_in(server)
    for _ in range(2):
        database.go_away()
        assert_away(server, cookie)
        database.come_back()
        time.sleep(AWAY_SECONDS)
        assert_well(server)
        assert ask(server, "/organiser/market-days", Cookie=cookie)[0] == 200  # still signed in


def test_a_database_that_was_started_anew_costs_nobody_an_error(server, database):
    assert_well(server)
    database.go_away()
    database.come_back()
    assert_well(server)
