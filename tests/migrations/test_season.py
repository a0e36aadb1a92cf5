"""Migration 0028: campaigns, their targets and their market days stay; drafts and the city's campaigns go on the way back."""

from datetime import UTC, date, datetime
from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models import schema as models
from models.base.database import db, is_sqlite
from models.figures.summary import figures

MIGRATION = import_module("migrations.0028_season")
NOW = datetime(2026, 2, 24, 6, tzinfo=UTC)


def step(direction: str) -> None:
    with db.atomic():
        getattr(MIGRATION, direction)(SchemaMigrator.from_database(db.obj), db.obj)


def test_what_was_there_stays_and_what_the_release_before_cannot_hold_goes(database, fair):
    models.CampaignTarget.create(campaign=fair.campaign, county=fair.county, venue="NIGHT", events=6)
    spring = models.Campaign.create(county=None, name="全市", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    visit = models.EmployerVisit.create(employer=fair.factory, day=date(2026, 2, 1), went="陈")
    models.Vacancy.create(
        county=fair.county, employer=fair.factory, number="1234566", title="裁剪工", trade="sewing", openings=1,
        draft=True, visit=visit,
    )  # fmt: skip
    before = figures(models.MarketDay.get_by_id(fair.day.id), NOW)

    step("down")
    assert db.execute_sql("SELECT COUNT(*) FROM campaign").fetchone()[0] == 1
    assert db.execute_sql("SELECT COUNT(*) FROM vacancy").fetchone()[0] == 4
    step("up")

    assert models.Campaign.get_or_none(id=spring.id) is None
    assert models.MarketDay.get_by_id(fair.day.id).campaign == fair.campaign
    assert models.CampaignTarget.of(fair.campaign, fair.county) == {"NIGHT": 6}
    assert figures(models.MarketDay.get_by_id(fair.day.id), NOW) == before
    assert not models.Vacancy.select().where(models.Vacancy.draft).exists()
    again = models.Campaign.create(county=None, name="全市", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    assert again.id > fair.campaign.id
    if is_sqlite():
        assert db.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not db.execute_sql("PRAGMA foreign_key_check").fetchall()
        assert db.execute_sql("PRAGMA writable_schema").fetchone()[0] == 0
