"""The demo on the command line: loaded once, removed with everything of it after a question."""

import os
import pty
import re
import shutil
import subprocess
import sys

import pytest

from models import demo
from models import schema as models
from models.base.database import connect_database, db, fetch
from tests.browser.ground import market_today

OTHERS = "SELECT id, name, service_name FROM county WHERE is_demo = ?"
# What no removal empties.
MIGRATED = {"division", "market_rule", "used_number", "audit_entry", "first_run", "rollup_figure"}


@pytest.fixture
def flask(app, monkeypatch):
    """Return a function that runs ``flask --app app …`` and returns its result."""
    monkeypatch.setenv("GANCHANG_DEMO_PASSWORD", "market-day-24")

    def flask(*words: str, typed: str | None = None):
        db.close()
        done = app.test_cli_runner().invoke(args=words, input=typed)
        db.connect(reuse_if_open=True)
        return done

    return flask


@pytest.fixture(scope="module")
def loaded(empty_database, tmp_path_factory) -> str:
    """A file with the demo, that tests copy: loading it takes longer than they do."""
    shutil.copy(empty_database, path := tmp_path_factory.mktemp("demo") / "demo.db")
    connect_database(f"sqlite:///{path}")
    with db.connection_context():
        demo.load(market_today())
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return str(path)


@pytest.fixture
def with_demo(loaded, database) -> None:
    """The demo is in the database."""
    db.close()
    shutil.copy(loaded, database.removeprefix("sqlite:///"))
    db.connect()


def rows() -> dict[str, int]:
    """Return how many rows each table has that is not empty, but for those that stay."""
    tables = {model._meta.table_name for model in models.MODELS} - MIGRATED
    return {table: count for table in tables if (count := fetch(f'SELECT COUNT(*) FROM "{table}"')[0][0])}


def test_the_demo_comes_and_goes(flask, database):
    assert "market-day-24" in flask("demo").output
    assert models.Organiser.authenticate("demo", "market-day-24")
    again = flask("demo")
    assert again.exit_code == 1 and "demo --remove" in again.output
    assert "The demo is in it" in flask("demo", "--if-empty").output
    gone = flask("demo", "--remove", "--yes")
    assert gone.exit_code == 0 and re.search(r"\b2 market days\n +24 booths\n", gone.output)
    assert rows() == {} and models.Organiser.authenticate("demo", "market-day-24") is None
    (entry,) = models.AuditEntry.select()
    assert (entry.action, entry.county) == ("demo_removed", None) and "2 market days" in entry.what


@pytest.mark.usefixtures("with_demo")
def test_nothing_is_removed_before_somebody_says_so(flask):
    before = rows()
    for typed in ("n\n", "\n", ""):
        asked = flask("demo", "--remove", typed=typed)
        assert asked.exit_code == 1 and "Remove all of this?" in asked.output and rows() == before
    assert flask("demo", "--remove", typed="y\n").exit_code == 0 and rows() == {}


@pytest.mark.usefixtures("with_demo")
def test_what_people_added_is_named_and_is_not_removed_unasked(flask):
    flask("user", "add", "zhang", "--password", "market-day-24")
    models.MarketDay.create(county=models.County.get(), town="500120100", date="2027-03-16")
    before = rows()
    refused = flask("demo", "--remove", "--yes")
    assert refused.exit_code == 1 and rows() == before
    assert "2027-03-16 八塘镇" in refused.output and "zhang" in refused.output and "--with-own" in refused.output
    assert flask("demo", "--remove", "--yes", "--with-own").exit_code == 0 and rows() == {}


def test_a_county_that_is_not_the_demo_s_is_never_removed(flask, fair):
    before = rows()
    refused = flask("demo", "--remove", "--yes", "--with-own")
    assert refused.exit_code == 1 and "nothing is removed" in refused.output and rows() == before


@pytest.mark.usefixtures("with_demo")
def test_other_counties_stay(flask):
    flask("county", "铜梁区公共就业服务中心", "500151")
    flask("user", "add", "zhang", "--county", "500151", "--password", "market-day-24")
    before = fetch(OTHERS, (False,))
    gone = flask("demo", "--remove", "--yes")
    assert gone.exit_code == 0 and "Other counties (1)" in gone.output
    assert fetch(OTHERS, (False,)) == before and rows().keys() == {"county", "organiser", "seal_key", "pass_key"}
    assert models.Organiser.authenticate("zhang", "market-day-24")


def test_without_a_terminal_an_empty_database_gets_the_demo(flask, database):
    assert "The demo market day is loaded" in flask("setup", "--or-demo").output
    assert "Sign in as before" in flask("setup", "--or-demo").output
    assert models.MarketDay.select().count() == 2


@pytest.mark.parametrize(("wanted", "said"), [
    ("demo", "The demo market day is loaded"), ("wizard", "/set-up/"), ("both", "is `demo` or `wizard`"),
])  # fmt: skip
def test_a_setting_chooses(flask, app, database, wanted, said):
    app.config["FIRST_RUN"] = wanted
    assert said in flask("setup", "--or-demo").output


def test_the_address_is_printed_again_until_there_is_an_account(flask, database):
    first, second = (re.search(r"https://ganchang\.example/set-up/(\S+)", flask("setup").output)[1] for _ in range(2))
    assert first != second and len(second) == 43
    assert models.Division.select().count() > 1_000  # the county is chosen among them
    flask("county", "铜梁区公共就业服务中心", "500151")
    assert "/set-up/" in flask("setup", "--or-demo").output  # somebody began
    flask("user", "add", "zhang", "--password", "market-day-24")
    over = flask("setup")
    assert over.exit_code == 1 and "the set-up is over" in over.output


@pytest.mark.parametrize(("typed", "said"), [
    ("w\n", "/set-up/"), ("x\nd\n", "The demo market day is loaded"),
])  # fmt: skip
def test_at_a_terminal_somebody_is_asked(tmp_path, empty_database, typed, said):
    shutil.copy(empty_database, path := tmp_path / "asked.db")
    environment = os.environ | {"GANCHANG_DATABASE": f"sqlite:///{path}", "GANCHANG_SECRET_KEY": "test"}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "flask", "--app", "app", "setup", "--or-demo"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, typed.encode())
    output = b""
    while True:
        try:
            output += os.read(ours, 4096)
        except OSError:  # the terminal's other end is closed
            break
    assert process.wait(60) == 0
    os.close(ours)
    assert said in output.decode() and "What is this server for?" in output.decode()
