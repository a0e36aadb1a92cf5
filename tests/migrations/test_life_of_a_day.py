"""Migration 0020: the days of before are published, or closed by their version, and stay what they were."""

from datetime import UTC, datetime
from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models import schema as models
from models.base.database import db
from models.figures.version import close, sheet
from models.market.life import states_of

BEFORE, AFTER = datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 2, 24, 5, tzinfo=UTC)


def test_days_become_what_they_are_and_keep_their_figures(database, fair):
    night = models.MarketDay.create(
        county=fair.county, town=fair.town, date=fair.day.date.replace(day=26), opens_at="18:00", closes_at="01:00"
    )
    close(fair.day, "chen", now=AFTER)
    printed = codes()
    version = sheet(models.MarketDay.get_by_id(fair.day.id))
    migration, migrator = import_module("migrations.0020_life_of_a_day"), SchemaMigrator.from_database(db.obj)
    for step in (migration.down, migration.up):
        with db.atomic():
            step(migrator, db.obj)

    days = list(models.MarketDay.select().order_by(models.MarketDay.id))
    assert [states_of(days, now)[day.id] for now in (BEFORE, AFTER) for day in days] == [
        "closed", "published", "published", "closed", "open", "published",
    ]  # fmt: skip
    assert [day.event_type for day in days] == ["MARKET", "MARKET", "NIGHT"] and night.id == days[2].id
    assert sheet(days[0]) == version
    assert codes() == printed  # what is printed leads where it led


def codes() -> list[tuple]:
    """Return each vacancy's number with the market days and booths to which it leads."""
    return sorted((offer.vacancy.number, offer.market_day_id, offer.booth_id) for offer in models.Offer.select())
