"""The doctor: says what is well, what to look at and what is bad, and ends with 1 when something is bad."""

import os
import time
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from models.base import storage
from models.base.database import db, fetch, writing
from routes.command_line import doctor
from routes.command_line.doctor import BAD, LOOK, WELL, examine


@pytest.fixture
def found(app):
    """Return a function that examines with these settings: {what: (state, words)}."""

    def look(**settings: object) -> dict[str, tuple[str, str]]:
        return {what: (state, words) for what, state, words in examine({"BACKUPS": "", "TLS": "", **settings})}

    return look


def test_a_new_installation_is_well_but_for_what_nobody_set(app, fair, found):
    said = found()
    assert {what for what, (state, _) in said.items() if state == BAD} == set()
    assert said["backups"] == (LOOK, "unknown: set GANCHANG_BACKUPS to the folder in which they are made")
    for what in ("writes", "schema", "tablets", "to look at"):
        assert said[what][0] == WELL
    done = app.test_cli_runner().invoke(args=["doctor"])
    assert done.exit_code == 0 and "are stored" in done.output


def test_an_old_backup_is_bad_and_a_new_one_well(app, fair, found, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert found(BACKUPS=str(folder))["backups"] == (BAD, f"there is none in {folder}")
    (folder / "1-09.db").touch()
    assert found(BACKUPS=str(folder))["backups"][0] == WELL
    stamp = time.time() - 48 * 3600
    os.utime(folder / "1-09.db", (stamp, stamp))
    assert found(BACKUPS=str(folder))["backups"] == (BAD, "the newest is 2 days, 0:00:00 old (h:mm:ss)")


@pytest.mark.parametrize(("free", "state"), [(1e8, BAD), (1e9, LOOK), (9e9, WELL)])
def test_a_disk_that_fills_up_is_said(app, fair, found, monkeypatch, free, state):
    if not hasattr(db.obj, "pragma"):
        assert found()["disk"] == (LOOK, "is PostgreSQL's: look there")
        return
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda path: usage(1e10, 0, free))
    assert found()["disk"][0] == state


def test_lost_facts_and_many_that_wait_are_said(app, fair, found, enrol, monkeypatch):
    monkeypatch.setattr("models.figures.watched.utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))
    enrol(fair.clothing)
    with writing():
        fetch("UPDATE tablet SET lost = 3 RETURNING id")
    monkeypatch.setattr(doctor, "MANY", -1)
    said = list(examine({"BACKUPS": "", "TLS": ""}))
    assert ("tablets", BAD, "3 facts were lost with a tablet's store: see the day's page") in said
    assert ("to look at", LOOK) in {(what, state) for what, state, _ in said}
    assert app.test_cli_runner().invoke(args=["doctor"]).exit_code == 1


def test_migrations_that_wait_are_bad(app, fair, found):
    with writing():
        fetch("DELETE FROM schema_migration WHERE name LIKE '0028%' RETURNING name")
    assert found()["schema"] == (BAD, "1 migrations wait: run `migrate`")


def test_a_certificate_that_ends_is_said(app, fair, found, tmp_path, monkeypatch):
    app.config["TLS"] = str(tmp_path / "tls")
    made = app.test_cli_runner().invoke(args=["authority", "--address", "127.0.0.1"])
    assert made.exit_code == 0, made.output
    assert found(TLS=app.config["TLS"])["certificate"][0] == WELL
    monkeypatch.setattr(doctor, "SOON", timedelta(days=365))
    assert found(TLS=app.config["TLS"])["certificate"][0] == LOOK


def test_without_a_database_nothing_else_is_looked_at(app, fair, monkeypatch):
    monkeypatch.setattr(doctor, "is_answering", lambda: False)
    (finding,) = examine({"BACKUPS": "", "TLS": ""})
    assert finding.state == BAD and finding.what == "database"
