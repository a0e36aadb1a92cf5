"""The standing cast: one market day, an employer's booth, the booth next door, and a desk."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient

from app import create_app
from models import schema as models
from models.base.database import connect_database, db, migrate
from models.base.secret import digest
from models.market import organiser
from models.market.tablet import Tablet
from routes.kiosk import enrolments
from routes.office import sessions
from tests.postgres import Postgres, find_programs

MARKET_DATE = date(2026, 2, 24)
NINE = "2026-02-24T09:00:00+08:00"


# The tests of these folders and files run on both databases.
ON_BOTH = ("tests/migrations/", "tests/models/", "tests/properties/", "tests/routes/kiosk/test_sync")


def pytest_configure(config: pytest.Config) -> None:
    """Bundle the tablet's pages when their sources have changed: once, not in each of several processes."""
    if not hasattr(config, "workerinput"):
        subprocess.run([Path(__file__).parents[1] / "bin" / "bundle"], check=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of models and sync on SQLite and on PostgreSQL."""
    path = metafunc.definition.nodeid
    if "database" in metafunc.fixturenames and path.startswith(ON_BOTH):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> str:
    """A migrated SQLite file that tests copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    connect_database(f"sqlite:///{path}")
    migrate()
    db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return str(path)


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


@pytest.fixture
def database(request) -> Iterator[str]:
    """The URL of a database of this test's own; connected."""
    if getattr(request, "param", "sqlite") == "postgresql":
        url = _copy_postgres(request.getfixturevalue("postgres"))
    else:
        path = request.getfixturevalue("tmp_path") / "ganchang.db"
        shutil.copy(request.getfixturevalue("empty_database"), path)
        url = f"sqlite:///{path}"
    connect_database(url)
    db.connect()
    yield url
    db.close()


def _copy_postgres(server: Postgres) -> str:
    name = f"test_{uuid4().hex}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE empty")
    return server.url(name)


def _miss(what: str) -> None:
    """Skip loudly on a laptop; fail where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture
def app(database) -> Flask:
    """The application on this test's database."""
    app = create_app(
        DATABASE=database, TESTING=True, SECRET_KEY="test", ORIGIN="https://ganchang.example"
    )
    app.test_client_class = FlaskLoginClient
    for attempts in (sessions.attempts, sessions.address_attempts, enrolments.attempts):
        attempts.forget()
    return app


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser that nobody signed in to. It prefers Chinese, as our readers do."""
    return app.test_client()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Hash passwords with argon2 as ever, but with little work: each test enlists three people."""
    organiser._hasher = lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def fair(database) -> SimpleNamespace:
    """The cast.

    Booth 1 is the clothing factory's, where operator Li works; booth 2 the restaurant's, whose
    operator must see nothing of booth 1; booth 3 the rights desk. A second county has its own.
    """
    town = models.Division.create(code="500120100", name="八塘镇", parent="500120", level="township")
    county = models.County.create(name="璧山区", service_name="璧山区公共就业服务中心")
    campaign = models.Campaign.create(
        county=county, name="春风行动", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)
    )
    day = models.MarketDay.create(county=county, campaign=campaign, town=town, date=MARKET_DATE)
    factory = models.Employer.create(county=county, name="山城制衣厂")
    restaurant = models.Employer.create(county=county, name="来凤鱼庄")
    clothing = models.Booth.create(market_day=day, number=1, name="山城制衣厂", employer=factory)
    kitchen = models.Booth.create(market_day=day, number=2, name="来凤鱼庄", employer=restaurant)
    desk = models.Booth.create(
        market_day=day, number=3, name="维权服务台", kind="desk", topics="leaflet,policy,wages_owed"
    )
    sewing = _vacancy(clothing, "缝纫工", "sewing", 8)
    ironing = _vacancy(clothing, "熨烫工", "general_worker", 2)
    cook = _vacancy(kitchen, "厨师", "cook", 1)
    elsewhere = models.County.create(name="铜梁区", service_name="铜梁区公共就业服务中心")
    other_day = models.MarketDay.create(county=elsewhere, town=town, date=MARKET_DATE)
    other_booth = models.Booth.create(market_day=other_day, number=1, name="铜梁龙灯厂")
    passes = models.PassRange.reserve(day, 200).numbers()
    return SimpleNamespace(
        county=county, campaign=campaign, day=day, town=town, nine=NINE,
        clothing=clothing, kitchen=kitchen, desk=desk, factory=factory,
        sewing=sewing, ironing=ironing, cook=cook, passes=passes,
        elsewhere=elsewhere, other_day=other_day, other_booth=other_booth,
        stranger=_vacancy(other_booth, "灯笼工", "carpenter", 3),
        chen=models.Organiser.enlist(county, "chen", "market-day-24"),
        reader=models.Organiser.enlist(county, "tan", "market-day-24", role="reader"),
        neighbour=models.Organiser.enlist(elsewhere, "neighbour", "market-day-24"),
    )  # fmt: skip


def _vacancy(booth: models.Booth, title: str, trade: str, openings: int) -> models.Vacancy:
    return models.Vacancy.create(
        number=models.Vacancy.free_number(), booth=booth, title=title, trade=trade,
        openings=openings, place="璧山区八塘镇", pay_min_fen=350_000, pay_max_fen=450_000,
        duties="按样板缝制", benefits="包吃住", bring="身份证",
    )  # fmt: skip


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
