"""Migration 0048: days that were closed before it have their row, the same as if they were closed after it."""

from datetime import UTC, datetime
from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models.base.database import db, fetch
from models.base.lanes import from_bytes, unpack
from models.figures.rollup import figure_names
from models.figures.version import close
from models.intake.ingest import record

MIGRATION = import_module("migrations.0048_rollup")
NOW = datetime(2026, 2, 24, 6, tzinfo=UTC)


def step(direction: str) -> None:
    with db.atomic():
        getattr(MIGRATION, direction)(SchemaMigrator.from_database(db.obj), db.obj)


def rolled_up() -> dict[int, tuple[int, dict[str, int]]]:
    names = figure_names()
    rows = fetch("SELECT market_day_id, version, counts FROM rollup")
    return {
        day: (version, {names[lane]: n for lane, n in enumerate(unpack(from_bytes(counts))) if n})
        for day, version, counts in rows
    }


def test_days_that_were_closed_before_have_the_row_of_their_latest_version(database, fair, operation):
    person = {"name": "王芳", "birth_year": 1970, "trades": ["sewing"], "groups": ["MIG"], "sex": "female"}
    record(fair.day, [operation(0, "candidate.registered", **person)])
    close(fair.day, "chen", now=NOW)
    scan = operation(0, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    record(fair.day, [scan, operation(0, "check_in.progressed", check_in=scan["id"], stage="hired", place="outside")])
    close(fair.day, "chen", "a late hire", now=NOW)
    kept = rolled_up()
    assert kept[fair.day.id][0] == 2 and kept[fair.day.id][1]["provinces.other"] == 1

    step("down")
    step("up")

    assert rolled_up() == kept
