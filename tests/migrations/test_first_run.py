"""Migration 0027 marks the demo's county in a database of before, and no county of an office, both ways."""

from datetime import date
from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models import demo
from models import schema as models
from models.base.database import db


def _there_and_back() -> None:
    migration, migrator = import_module("migrations.0027_first_run"), SchemaMigrator.from_database(db.obj)
    for step in (migration.down, migration.up):
        with db.atomic():
            step(migrator, db.obj)


def test_the_demo_is_known_by_its_employers(database):
    demo.load(date(2025, 3, 12))
    _there_and_back()
    assert models.County.get().is_demo


def test_an_office_of_the_same_county_is_not_the_demo(fair):
    assert (fair.county.division_id, fair.county.service_name) == ("500120", "璧山区公共就业服务中心")
    _there_and_back()
    assert not any(county.is_demo for county in models.County.select())


def test_a_demo_of_which_an_employer_was_changed_is_left_alone(database):
    demo.load(date(2025, 3, 12))
    models.Employer.update(credit_code="91500120MA5YBT24QK").where(models.Employer.name.contains("驰岭")).execute()
    _there_and_back()
    assert not models.County.get().is_demo
