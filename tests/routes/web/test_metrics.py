"""Metrics: only for who has the token, true to what was asked, and known to the rules and the board."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app
from models.base.database import fetch, writing
from models.quarantine.queue import waiting

ROOT = Path(__file__).parents[3]
TOKEN = {"Authorization": "Bearer a secret of the county"}
RULES, BOARD = ROOT / "docs/monitoring/alerts.yml", ROOT / "docs/monitoring/board.json"


@pytest.fixture
def watched(database):
    return create_app(DATABASE=database, SECRET_KEY="test", METRICS_TOKEN="a secret of the county", TESTING=True)


@pytest.fixture
def on_that_day(monkeypatch):
    monkeypatch.setattr("models.figures.watched.utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))


def read(application) -> dict[str, float]:
    answer = application.test_client().get("/metrics", headers=TOKEN)
    assert answer.status_code == 200 and answer.content_type.startswith("text/plain")
    lines = (line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}])
def test_nobody_without_the_token_learns_that_there_is_one(watched, client, given):
    assert watched.test_client().get("/metrics", headers=given).status_code == 404
    assert client.get("/metrics", headers=TOKEN).status_code == 404  # an installation that counts nothing


def test_requests_operations_and_writers_are_counted(watched, fair, enrol, operation):
    tablet = enrol(fair.clothing)  # enrolled elsewhere, but in the same database
    browser = watched.test_client()
    before = read(watched)
    browser.get("/healthz"), browser.get("/nothing-here")
    for cookie in tablet.browser._cookies.values():
        browser.set_cookie(cookie.key, cookie.value, domain="localhost")
    body = {
        "protocol": 1, "batch": "0190f9d0-0000-7000-8000-000000000001", "cursor": 0,
        "operations": [operation(1, "tally.counted", topic="leaflet", count=2), operation(2, "from.tomorrow")],
    }  # fmt: skip
    assert browser.post("/sync", json=body).status_code == 200
    after = read(watched)
    assert after['ganchang_requests_total{endpoint="health.show",method="GET",status="200"}'] == 1
    assert after['ganchang_requests_total{endpoint="none",method="GET",status="404"}'] == 1
    assert after['ganchang_request_seconds_count{endpoint="sync.create"}'] == 1
    assert after['ganchang_operations_total{outcome="applied"}'] == 1
    assert after['ganchang_operations_total{outcome="attention"}'] == 1
    assert after["ganchang_writers_total"] > before["ganchang_writers_total"]


def test_gauges_say_how_things_stand(watched, fair, enrol, on_that_day):
    enrol(fair.clothing)
    with writing():
        fetch("UPDATE tablet SET unsent = 7, lost = 2 RETURNING id")
    found = read(watched)
    assert found["ganchang_tablets"] == 1 and found["ganchang_facts_unsent"] == 7 and found["ganchang_facts_lost"] == 2
    assert found["ganchang_market_days"] == 2  # the other county's too
    assert found["ganchang_database_bytes"] > 100_000 and found["ganchang_migrations_pending"] == 0
    assert "ganchang_backup_age_seconds" not in found


@pytest.fixture
def backups(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "1-09.db").touch()
    return str(folder)


def test_what_waits_is_what_the_office_is_shown(watched, fair, enrol, operation, on_that_day):
    enrol(fair.clothing).sync(operation(1, "from.tomorrow"), operation(2, "visit.recorded"))
    assert read(watched)["ganchang_facts_to_look_at"] == waiting(fair.day) == 2


def test_the_age_of_the_newest_backup_is_said(database, backups):
    options = {"METRICS_TOKEN": "a secret of the county", "BACKUPS": backups}
    found = read(create_app(DATABASE=database, SECRET_KEY="test", **options))
    assert 0 <= found["ganchang_backup_age_seconds"] < 600


def test_rules_and_board_ask_only_for_what_is_there(watched, fair, backups):
    watched.config["BACKUPS"] = backups
    watched.test_client().get("/healthz")
    names = {re.split(r"[{ ]", name)[0] for name in read(watched)} | {"ganchang_operations_total"}
    asked = set(re.findall(r"ganchang_[a-z_]+", RULES.read_text(encoding="utf-8") + BOARD.read_text(encoding="utf-8")))
    assert asked - names == set() and len(asked) >= 12
    assert {panel["type"] for panel in json.loads(BOARD.read_text(encoding="utf-8"))["panels"]} == {"timeseries"}


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed: the rules were NOT checked by it")
def test_prometheus_takes_the_rules():
    done = subprocess.run(["promtool", "check", "rules", str(RULES)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
