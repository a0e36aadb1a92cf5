"""Health says no when the disk is full or may only be read, and yes while somebody else writes."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from models.base import health
from models.base.database import db, fetch

ROOT = Path(__file__).parents[3]
ASK = """
import resource, signal, sys
from app import create_app
client = create_app(DATABASE=sys.argv[1], SECRET_KEY="test").test_client()
assert client.get("/healthz").status_code == 200
from models.base import health
health._asked.clear()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
answer = client.get("/healthz")
print(answer.status_code, answer.json["status"], client.get("/v").status_code)
"""


@pytest.fixture(autouse=True)
def nothing_remembered():
    health._asked.clear()


def test_a_healthy_database_takes_writes_and_keeps_its_own(client, database):
    fetch("PRAGMA user_version = 7")
    assert (client.get("/healthz").status_code, client.get("/healthz").json) == (200, {"status": "ok"})
    assert fetch("PRAGMA user_version") == [(7,)] and fetch("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
def test_a_disk_that_takes_nothing_more_is_said_while_pages_are_shown(database):
    done = subprocess.run([sys.executable, "-c", ASK, database], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split()[:2] == ["503", "storage"], done.stdout + done.stderr
    assert done.stdout.split()[2] in ("200", "303")


def test_a_database_that_may_only_be_read_is_said(client, database, monkeypatch):
    reading = lambda path, **more: sqlite3.connect(path.replace("mode=rw", "mode=ro"), **more)  # noqa: E731
    monkeypatch.setattr(health, "sqlite3", _With(connect=reading))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "storage"})


def test_a_database_that_is_written_to_takes_writes(client, database, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0)
    other = sqlite3.connect(db.obj.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert client.get("/healthz").status_code == 200
    other.close()


def test_the_disk_is_asked_now_and_then(client, database, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "_wrote_to_sqlite", lambda path: asked.append(path) or True)
    for _ in range(5):
        client.get("/healthz")
    assert len(asked) == 1


class _With:
    """The module sqlite3 with something else in it."""

    def __init__(self, **others: object) -> None:
        vars(self).update(vars(sqlite3) | others)
