"""The rehearsed restore: a backup is served from beside the running service, and a bad one is said to be bad."""

import time

import pytest

from models.base.database import is_sqlite


@pytest.fixture
def rehearse(app, fair):
    if not is_sqlite():
        pytest.skip("PostgreSQL's backups are PostgreSQL's own")
    return lambda *named: app.test_cli_runner().invoke(args=["restore", "--rehearse", *map(str, named)])


def test_a_backup_is_served_from_and_stays_as_it_is(app, rehearse, tmp_path):
    file = tmp_path / "1-09.db"
    assert app.test_cli_runner().invoke(args=["backup", str(file)]).exit_code == 0
    before = file.read_bytes()
    done = rehearse(file)
    assert done.exit_code == 0, done.output
    assert "is whole and serves" in done.output and "market days: 2 (now 2)" in done.output
    assert file.read_bytes() == before


def test_the_newest_backup_of_the_folder_is_taken(app, rehearse, tmp_path, monkeypatch):
    monkeypatch.setattr("routes.command_line.restore.rehearsed", lambda backup, folder: ({"facts": 7}, 1.0))
    folder = tmp_path / "backups"
    folder.mkdir()
    assert "there is no backup" in rehearse().output
    for name in ("1-09.db", "1-10.db"):
        (folder / name).touch()
        time.sleep(0.02)
    app.config["BACKUPS"] = str(folder)
    assert f"{folder / '1-10.db'}, 0 minutes old" in rehearse().output


@pytest.mark.parametrize("content", [b"no database at all, whatever its name says" * 40, b""])
def test_what_is_no_database_is_not_called_whole(app, rehearse, tmp_path, content):
    (tmp_path / "bad.db").write_bytes(content)
    done = rehearse(tmp_path / "bad.db")
    assert done.exit_code == 1 and "is whole" not in done.output


def test_a_damaged_backup_is_found(app, rehearse, tmp_path):
    file = tmp_path / "1-09.db"
    app.test_cli_runner().invoke(args=["backup", str(file)])
    content = bytearray(file.read_bytes())
    content[8192 : 8192 + 4096 * 20] = b"\xff" * 4096 * 20
    file.write_bytes(content)
    done = rehearse(file)
    assert done.exit_code == 1 and "damaged" in done.output + str(done.exception), done.output
