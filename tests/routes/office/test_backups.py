"""An organiser sees how old the newest backup is, makes one, and takes one away from a server of their own."""

import os
import time

import pytest

from models.base.backup import check_backup
from models.schema import AuditEntry, County


@pytest.fixture
def folder(app, tmp_path):
    folder = tmp_path / "backup"
    folder.mkdir()
    app.config["BACKUPS"] = str(folder)
    return folder


@pytest.fixture
def alone(fair):
    County.delete().where(County.id != fair.county.id).execute()


def test_the_first_page_says_how_old_the_newest_is_and_warns_when_it_is_old(organiser, folder):
    assert "尚无备份" in organiser.get("/organiser/market-days").text
    assert organiser.post("/organiser/backups").status_code == 303
    (made,) = folder.glob("*.db")
    check_backup(made)

    first = organiser.get("/organiser/market-days").text

    assert "最近一次备份" in first and "已超过一天" not in first
    os.utime(made, (time.time() - 30 * 3600,) * 2)
    assert "已超过一天" in organiser.get("/organiser/market-days").text
    assert "已超过一天" in organiser.get("/organiser/backups").text


def test_a_backup_is_taken_away_and_it_is_written_down_who_did(organiser, folder, alone):
    organiser.post("/organiser/backups")
    (made,) = folder.glob("*.db")

    answer = organiser.get(f"/organiser/backups/{made.name}")

    assert answer.data[:6] == b"SQLite" and answer.headers["Content-Disposition"].startswith("attachment")
    assert [entry.what for entry in AuditEntry.select().where(AuditEntry.action == "backup_taken")] == [made.name]
    for name in ("none.db", "..%2Fganchang.db", ".."):
        assert organiser.get(f"/organiser/backups/{name}").status_code == 404


def test_nobody_takes_away_the_people_of_another_county(organiser, folder):
    organiser.post("/organiser/backups")
    (made,) = folder.glob("*.db")

    assert organiser.get(f"/organiser/backups/{made.name}").status_code == 404
    assert made.name not in organiser.get("/organiser/backups").text


def test_without_a_folder_nothing_is_made_and_the_page_says_why(organiser, app):
    app.config["BACKUPS"] = ""
    assert organiser.post("/organiser/backups").status_code == 409
    assert "GANCHANG_BACKUPS" in organiser.get("/organiser/backups").text


def test_only_the_county_s_organisers_see_them(app, fair, folder):
    for who in (fair.clerk, fair.reader, fair.reviewer, fair.city):
        browser = app.test_client(user=who)
        assert browser.get("/organiser/backups").status_code in (303, 403)
        assert browser.post("/organiser/backups").status_code in (303, 403)
    assert not list(folder.iterdir())
