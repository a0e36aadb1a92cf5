"""Databases, the application and the standing cast, each made once a session and copied for a test."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from uuid import uuid4

import peewee  # noqa: F401  before models, so with the driver of PostgreSQL
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient

from app import create_app
from models import schema as models
from models.base.database import connect_database, db, is_sqlite, migrate
from models.base.secret import digest
from models.market import day_end, day_labour, organiser
from models.market.tablet import Tablet
from tests import plans
from tests.browser.server import SHARED
from tests.cast import NINE, make_cast
from tests.postgres import Postgres, find_programs
from tests.shared_postgres import SharedPostgres

pytest_plugins = ("tests.effort", "tests.leftovers")

# The tests of these folders and files run on both databases.
ON_BOTH = (
    "tests/migrations/", "tests/models/", "tests/properties/", "tests/routes/kiosk/test_sync",
    "tests/routes/kiosk/test_pins", "tests/routes/kiosk/test_reach", "tests/routes/safety/test_illegible",
    "tests/routes/safety/test_fuzz",
    "tests/routes/safety/test_forged_logs", "tests/routes/safety/test_markup", "tests/routes/safety/test_operators",
    "tests/routes/safety/test_signatures", "tests/routes/phone/test_day_over", "tests/routes/office/test_exclusions",
    "tests/routes/employer/test_employer_lists",
)  # fmt: skip
# Half an hour, as root: `make test-cluster` runs it.
collect_ignore = [] if os.environ.get("GANCHANG_TEST_CLUSTER") else ["cluster"]
CHANGE_THE_SCHEMA = "tests/migrations/"


def pytest_configure(config: pytest.Config) -> None:
    """Do what is done once, not in each of several processes: bundle the tablet's pages, make a folder for all."""
    if not hasattr(config, "workerinput"):
        subprocess.run([Path(__file__).parents[1] / "bin" / "bundle"], check=True)
        shared = TemporaryDirectory(prefix="ganchang-tests-")
        os.environ[SHARED] = shared.name
        config.add_cleanup(shared.cleanup)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of models and sync on SQLite and on PostgreSQL."""
    path = metafunc.definition.nodeid
    if "database" in metafunc.fixturenames and path.startswith(ON_BOTH):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> str:
    """A migrated SQLite file that tests copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    with _whole_file(path):
        migrate()
    return str(path)


@pytest.fixture(scope="session", autouse=True)
def no_growing_table_is_read_whole(empty_database) -> Iterator[None]:
    """Fail at the end if a statement of the product reads all rows of a table that grows (tests/plans.py)."""
    with plans.listening():
        yield
    found = plans.whole_tables_read(empty_database)
    assert not found, "\n".join(["these want an index, or a reason in tests/plans.py:", *found])


@pytest.fixture(scope="session")
def cast_in_sqlite(empty_database) -> tuple[str, SimpleNamespace]:
    """A migrated SQLite file with the cast in it, that tests copy; and the cast."""
    path = Path(empty_database).with_name("cast.db")
    shutil.copy(empty_database, path)
    with _whole_file(path):
        return str(path), make_cast()


@contextmanager
def _whole_file(path: Path) -> Iterator[None]:
    """Connect to a SQLite file, and leave nothing of it in a log beside it."""
    connect_database(f"sqlite:///{path}")
    yield
    db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server with a migrated database ``empty`` that tests copy."""
    programs = find_programs()
    if programs is None:
        _miss("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    server = Postgres(programs)
    server.execute("CREATE DATABASE empty")
    connect_database(server.url("empty"))
    migrate()
    db.close()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def cast_in_postgres(postgres) -> tuple[SharedPostgres, SimpleNamespace]:
    """A migrated PostgreSQL database that begins with the cast in it, as ``filled`` has it; and the cast."""
    postgres.execute("CREATE DATABASE filled TEMPLATE empty")
    connect_database(postgres.url("filled"))
    cast = make_cast()
    db.close()
    postgres.execute("CREATE DATABASE shared TEMPLATE filled")
    return SharedPostgres(postgres, "shared", [model._meta.table_name for model in models.MODELS]), cast


@pytest.fixture
def database(request) -> Iterator[str]:
    """The URL of a database with nothing of another test in it, connected. The cast is there for ``fair``."""
    has_cast = "fair" in request.fixturenames
    if getattr(request, "param", "sqlite") == "sqlite":
        empty, path = request.getfixturevalue("empty_database"), request.getfixturevalue("tmp_path") / "ganchang.db"
        shutil.copy(request.getfixturevalue("cast_in_sqlite")[0] if has_cast else empty, path)
        url = f"sqlite:///{path}"
    else:
        shared, _ = request.getfixturevalue("cast_in_postgres")
        if request.node.nodeid.startswith(CHANGE_THE_SCHEMA):
            url = _copy_postgres(request.getfixturevalue("postgres"), "filled" if has_cast else "empty")
        else:
            url = shared.reset(rows=has_cast)
    connect_database(url)
    db.connect()
    yield url
    db.close()


def _copy_postgres(server: Postgres, template: str) -> str:
    name = f"test_{uuid4().hex}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.url(name)


def _miss(what: str) -> None:
    """Skip loudly on a laptop; fail where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def application(tmp_path_factory) -> Flask:
    """The one application of all tests: making it costs more than most tests do with it."""
    nowhere = tmp_path_factory.mktemp("application") / "none.db"
    app = create_app(
        DATABASE=f"sqlite:///{nowhere}", TESTING=True, SECRET_KEY="test", ORIGIN="https://ganchang.example"
    )
    app.test_client_class = FlaskLoginClient
    return app


@pytest.fixture
def app(application, database) -> Iterator[Flask]:
    """The application on this test's database, as if its process had just begun."""
    settings = dict(application.config)
    application.config["DATABASE"] = database
    for kept in ("attempts", "page_cache", "fitting_people"):
        application.extensions.pop(kept, None)
    yield application
    application.config.clear()
    application.config.update(settings)


@pytest.fixture(autouse=True)
def on_the_market_day(monkeypatch) -> None:
    """Have the cast's market day go on, whatever day it is: its tablets' logs are not closed."""
    for module in (day_end, day_labour):
        monkeypatch.setattr(module, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser that nobody signed in to. It prefers Chinese, as our readers do."""
    return app.test_client()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hash passwords with argon2 as ever, but with little work."""
    organiser.HASHING.update(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def fair(request, database) -> SimpleNamespace:
    """The cast (tests/cast.py), in this test's database."""
    kind = "sqlite" if is_sqlite() else "postgres"
    return deepcopy(request.getfixturevalue(f"cast_in_{kind}")[1])


@pytest.fixture
def enrol(app, fair):
    """Return a function that enrols a tablet at a booth and returns its browser."""

    def enrol(booth: models.Booth) -> SimpleNamespace:
        token = uuid4().hex
        letter = f"T{Tablet.select().count()}"
        tablet = Tablet.enlist(booth, letter=letter, token_hash=digest(token))
        browser = app.test_client()
        browser.set_cookie("ganchang_tablet", token)
        return SimpleNamespace(tablet=tablet, browser=browser, sync=_syncing(browser))

    return enrol


def _syncing(browser: FlaskClient):
    def sync(*operations: dict, cursor: int = 0, batch: str | None = None, **more: object):
        body = {"protocol": 1, "batch": batch or str(uuid4()), "cursor": cursor}
        return browser.post("/sync", json=body | {"operations": list(operations)} | more)

    return sync


@pytest.fixture
def operation():
    """Return a function that makes an operation, counting ``seq`` for each log by itself."""

    def operation(seq: int, kind: str, id: str | None = None, at: str = NINE, **data: object) -> dict:
        data = {name.rstrip("_"): value for name, value in data.items()}  # pass_ → pass
        return {
            "seq": seq, "id": id or str(uuid4()), "kind": kind, "at": at, "operator": None, "data": data,
        }  # fmt: skip

    return operation
