"""A URL reaches the database that it means, whatever letters are in its user, password, name or path."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import peewee
import pytest

from models.base import health
from models.base.connection import ENCODE, PATIENCE, database_of
from routes.web import settings

CASES = json.loads((Path(__file__).parents[2] / "data/cases/database_urls.json").read_text(encoding="utf-8"))["cases"]
SERVERS = [case for case in CASES if "database" in case["means"]]
FILES = [case["means"]["file"] for case in CASES if "file" in case["means"]]
LETTERS = "p@s:w/d#?%&=+ é赶'\"\\"


@pytest.fixture
def strict(postgres) -> Iterator[object]:
    """Return a function that makes a user, whose password is asked for, and a database of theirs."""
    rules = postgres.folder / "data/pg_hba.conf"
    before = rules.read_text()
    made = []

    def make(user: str, password: str, name: str) -> None:
        rules.write_text(f'host all "{user}" 127.0.0.1/32 scram-sha-256\n{before}')
        secret = password.replace("'", "''")
        postgres.execute(f"""CREATE ROLE "{user}" LOGIN PASSWORD E'{secret.replace(chr(92), chr(92) * 2)}'""")
        postgres.execute(f'CREATE DATABASE "{name}" OWNER "{user}"')
        postgres.execute("SELECT pg_reload_conf()")
        made.append((name, user))

    yield make
    for name, user in made:
        postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        postgres.execute(f'DROP ROLE "{user}"')
    rules.write_text(before)
    postgres.execute("SELECT pg_reload_conf()")


def who_and_where(url: str) -> tuple[str, str]:
    database = database_of(url)
    try:
        return database.execute_sql("SELECT current_user, current_database()").fetchone()
    finally:
        database.close()


@pytest.mark.parametrize("case", SERVERS, ids=lambda case: case["url"])
def test_a_url_of_the_cases_reaches_the_database_that_it_means(case, strict, postgres):
    means, url = case["means"], case["url"].replace(":5432/", f":{postgres.port}/")
    strict(means["user"], means["password"], means["database"])
    assert who_and_where(url) == (means["user"], means["database"])
    with pytest.raises(peewee.OperationalError, match="password"):
        who_and_where(url.replace("p%40ss", "pass"))


def test_so_does_one_with_such_letters_in_all_its_parts(strict, postgres):
    user, name = "g@n #1/?%:", "t a#b?c%d/é赶"
    strict(user, LETTERS, name)
    safe = [quote(part, safe="") for part in (user, LETTERS, name)]
    assert who_and_where("postgresql://{}:{}@127.0.0.1:{}/{}".format(*safe[:2], postgres.port, safe[2])) == (user, name)
    assert who_and_where("postgres://{}:{}@/{}?host=127.0.0.1&port={}".format(*safe, postgres.port)) == (user, name)


@pytest.mark.parametrize("password", ["p@ss/w#1:%?x", "1/x", "a%zz", "x:1/y"])
def test_a_password_that_is_not_encoded_is_answered_with_how_to_write_it(password):
    with pytest.raises(ValueError) as raised:
        database_of(f"postgresql://gan:{password}@127.0.0.1/gan")
    assert str(raised.value) == ENCODE


def test_a_url_without_a_database_is_refused():
    with pytest.raises(ValueError, match="GANCHANG_DATABASE"):
        database_of("postgresql://gan@127.0.0.1/")


def test_what_a_url_says_itself_is_not_replaced():
    found = database_of("postgresql://gan@h/gan?connect_timeout=9&options=-c%20work_mem%3D8MB").connect_params
    assert (found["connect_timeout"], found["options"]) == ("9", "-c work_mem=8MB")
    assert found["keepalives_idle"] == PATIENCE["keepalives_idle"]


@pytest.mark.parametrize(
    "wanted", [*FILES, "/C# 赶场?100%/gan chang/a%20b.db", "/a;b&c=d+e/ganchang.db", "/100%/x#.db"]
)
def test_the_default_is_in_the_folder_of_the_program_whatever_that_is_called(wanted, tmp_path, monkeypatch):
    file = tmp_path / wanted.lstrip("/")
    monkeypatch.setattr(settings, "INSTANCE", file.parent)
    monkeypatch.delenv("GANCHANG_DATABASE", raising=False)
    url = str(settings.from_environment()["DATABASE"])
    database = database_of(url.replace("ganchang.db", quote(file.name)))
    database.execute_sql("CREATE TABLE here (id INTEGER)")
    database.close()
    assert file.is_file() and health._wrote_to_sqlite(str(file))
    assert [path.name for path in tmp_path.iterdir()] == [wanted.split("/")[1]]  # and nowhere else


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////var/lib/gan#1/x?.db", "/var/lib/gan#1/x?.db"),  # typed as it is
        ("sqlite:////var/lib/100%/x.db", "/var/lib/100%/x.db"),
        ("sqlite:////var/lib/a%23b.db", "/var/lib/a#b.db"),
        ("sqlite:///instance/x.db", "instance/x.db"),
        ("sqlite:///:memory:", ":memory:"),
    ],
)
def test_a_path_is_not_cut(url, path, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    assert database_of(url).database == path


def test_another_scheme_is_refused():
    with pytest.raises(ValueError, match="unknown scheme 'mysql'"):
        database_of("mysql://h/gan")
