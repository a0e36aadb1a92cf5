"""The file of a SQLite database is taken away, or replaced: said in words or in JSON, and well again by itself."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from bench import facts, world
from routes.web.front import READERS, WRITERS
from tests.browser.server import Server
from tests.faults.asking import BROWSER, LATER, ask

EACH_THREAD = 2 * (READERS + WRITERS)


@pytest.fixture
def log(market) -> list[dict]:
    return facts.morning(market.stands[0], market.passes, 20, seed=1)


def push(server: Server, market: world.World, log: list[dict]):
    """Send a tablet's facts; return the status and the answer."""
    body = facts.body(log)
    cookie = f"ganchang_tablet={market.stands[0].token}"
    status, _, text = ask(server, "/sync", "POST", body, Content_Type="application/json", Cookie=cookie)
    return status, json.loads(text)


def assert_away(server: Server, market: world.World, log: list[dict]) -> None:
    for _ in range(EACH_THREAD):
        status, _, text = ask(server, "/healthz")
        assert status == 503 and json.loads(text) == {"status": "database"}
    for path in (f"/v/{market.stands[0].vacancies[0]}", "/m/1", "/nowhere", "/sign-in"):
        for language, words in LATER.items():
            status, headers, text = ask(server, path, Accept=BROWSER, Accept_Language=language)
            assert status == 503 and headers["Retry-After"] and "Content-Security-Policy" in headers, path
            assert words in text, path
    status, answer = push(server, market, log)
    assert status == 503 and answer["error"] == "Service Unavailable"


def test_a_file_that_is_away_loses_no_fact_and_is_used_again_when_it_is_back(market, server, log):
    assert push(server, market, log[:10])[0] == 200
    away = market.path.with_name("away")
    for _ in range(2):
        market.path.rename(away)
        assert_away(server, market, log)
        assert not market.path.exists()  # nobody made an empty one
        away.rename(market.path)
        for _ in range(EACH_THREAD):
            assert ask(server, "/healthz")[0] == 200
    status, answer = push(server, market, log)
    assert (status, answer["acknowledged"]) == (200, 20)


def test_a_file_that_was_put_in_its_place_is_the_one_that_is_used(market, server, log, tmp_path):
    """Else what tablets send would go on into a file without a name, acknowledged and lost."""
    for _ in range(EACH_THREAD):
        assert ask(server, "/healthz")[0] == 200
    copy = tmp_path / "copy"
    with closing(sqlite3.connect(market.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    shutil.move(copy, market.path)
    assert push(server, market, log[:10])[0] == 200
    with closing(sqlite3.connect(market.path)) as found:
        assert found.execute("SELECT count(*) FROM operation").fetchone() == (10,)
