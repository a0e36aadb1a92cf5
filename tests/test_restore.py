"""The server's disk breaks: an older backup is put back, and the tablets bring back what the server forgot."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from app import create_app
from models.schema import Invitation
from routes.command_line import backup as backup_commands
from tests.browser.server import DATABASE, Server

NINE = "2026-02-24T09:00:00+08:00"


class Tablet:
    """A log that keeps confirmed facts, and the rule by which a tablet goes on from what the server says it has."""

    def __init__(self, server: Server, booth: int) -> None:
        self._server, self._log, self.acknowledged, self.cursor, self.known = server, [], 0, 0, set()
        code = server.command("enrol", "--booth", str(booth)).partition("#")[2]
        with urlopen(f"{server.url}/enrol", urlencode({"code": code}).encode()) as answer:
            self._cookie = answer.headers["Set-Cookie"].partition(";")[0]

    def register(self, name: str) -> None:
        data = {
            "name": name, "birth_year": 1975, "trades": ["welder"], "wanted_place": "county",
            "work_kinds": ["full_time"], "registered_by": "operator", "notice_at": NINE,
        }  # fmt: skip
        fact = {"seq": len(self._log) + 1, "id": str(uuid4()), "kind": "candidate.registered", "at": NINE}
        self._log.append(fact | {"operator": None, "data": data})

    def sync(self) -> int:
        """Exchange batches until nothing waits on either side. Returns how many facts the server lacked."""
        lacked = 0
        for _ in range(5):
            batch = {"protocol": 1, "batch": str(uuid4()), "cursor": self.cursor}
            operations = [fact for fact in self._log if fact["seq"] > self.acknowledged]
            headers = {"Content-Type": "application/json", "Cookie": self._cookie}
            body = json.dumps(batch | {"operations": operations}).encode()
            with urlopen(Request(f"{self._server.url}/sync", body, headers)) as response:
                answer = json.loads(response.read())
            lacked += sum(result["outcome"] != "duplicate" for result in answer["results"])
            self.acknowledged, self.cursor = answer["acknowledged"], answer["cursor"]
            self.known |= {change["id"] for change in answer["changes"] if change["kind"] == "candidate"}
            if self.acknowledged == len(self._log) and not answer["more"]:
                return lacked
        raise AssertionError("the server never had everything")


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


def names_in(server: Server) -> list[str]:
    with closing(sqlite3.connect(server.database.removeprefix("sqlite:///"))) as database:
        rows = database.execute("SELECT name FROM candidate WHERE name LIKE 'R%' ORDER BY name")
        return [name for (name,) in rows]


def test_what_the_server_forgot_comes_back_once_and_every_tablet_hears_it_again(server, tmp_path):
    one, two = Tablet(server, 1), Tablet(server, 1)
    for tablet, name in ((one, "R1"), (two, "R2"), (one, "R3")):
        tablet.register(name)
        tablet.sync()
    backup = tmp_path / "backup.db"
    server.command("backup", str(backup))
    for tablet, name in ((one, "R4"), (two, "R5"), (two, "R6"), (two, "R7")):
        tablet.register(name)
        tablet.sync()
    one.sync()

    server.kill()
    _put_back(backup, tmp_path)
    server.command("restored")
    server.start()
    assert names_in(server) == ["R1", "R2", "R3"]

    one.known.clear(), two.known.clear()
    assert [two.sync(), one.sync(), two.sync()] == [3, 1, 0]
    assert names_in(server) == [f"R{number}" for number in range(1, 8)]
    assert [len(tablet.known) for tablet in (one, two)] == [4, 3]  # the other's, all of them


def _put_back(backup: Path, folder: Path) -> None:
    """As docs/operations.md says: the write-ahead log of the broken database must not stay."""
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(backup, folder / DATABASE)


def test_a_backup_is_one_whole_file_that_only_its_owner_reads(server, tmp_path):
    backup = tmp_path / "backup.db"
    backup.write_text("yesterday's")
    server.command("backup", str(backup))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("SELECT count(*) FROM booth").fetchone()[0] > 0
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.db"]


def test_postgresql_has_its_own_tool(monkeypatch, tmp_path, database):
    monkeypatch.setattr(backup_commands, "is_sqlite", lambda: False)
    app = create_app(DATABASE=database, SECRET_KEY="test")
    result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup.db")])
    assert result.exit_code == 1 and "pg_dump" in result.stderr


def test_after_a_backup_everybody_signs_in_again_and_is_told_what_to_end_again(app, client, fair):
    client.post("/sign-in", data={"login": "chen", "password": "market-day-24"})
    result = app.test_cli_runner().invoke(args=["restored"])
    assert result.exit_code == 0 and all(word in result.stderr for word in ("revoked", "tokens", "keys", "passwords"))
    assert client.get("/organiser/market-days").status_code == 303


def test_a_link_that_was_used_after_the_backup_opens_nothing_again(app, client, fair):
    token, _ = Invitation.issue(fair.county, "chen", name="王", role="organiser")
    assert client.get(f"/invitations/{token}").status_code == 200
    app.test_cli_runner().invoke(args=["restored"])
    assert client.get(f"/invitations/{token}").status_code == 404
