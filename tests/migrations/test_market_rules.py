"""Migration 0019 keeps the rule of every town and the settings of every county, both ways."""

from datetime import date
from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models import schema as models
from models.base.database import db
from models.market.market_calendar import MarketCalendar, keep_rule

RULES = 'SELECT town_id, calendar, digits, skips_31st FROM market_rule ORDER BY town_id'
COUNTIES = "SELECT id, name, service_name, phone, timezone, identity_key FROM county ORDER BY id"


def _rows(sql: str) -> list:
    return db.execute_sql(sql).fetchall()


def test_rules_and_counties_outlive_it_both_ways(database, fair):
    migration, migrator = import_module("migrations.0019_market_rules"), SchemaMigrator.from_database(db.obj)
    models.MarketRule.create(town=fair.town, digits="3-6-9")
    rules, counties = _rows(RULES), _rows(COUNTIES)
    for step in (migration.down, migration.up):
        with db.atomic():
            step(migrator, db.obj)
        assert _rows(RULES) == rules and _rows(COUNTIES) == counties
    (rule,) = models.MarketRule.select()
    assert rule.valid_from is None and not rule.is_confirmed
    assert MarketCalendar.of(fair.town.code).falls_on(date(2026, 2, 23))


def test_a_town_with_several_rules_goes_back_to_the_last(database, fair):
    migration, migrator = import_module("migrations.0019_market_rules"), SchemaMigrator.from_database(db.obj)
    first = models.MarketRule.create(town=fair.town, digits="3-6-9")
    later = models.MarketRule(town=fair.town, digits="2-5-8", valid_from=date(2026, 4, 1))
    keep_rule(later, [], ended=first)
    with db.atomic():
        migration.down(migrator, db.obj)
    assert [row[2] for row in _rows(RULES)] == ["2-5-8"]
    with db.atomic():
        migration.up(migrator, db.obj)
    models.MarketRule.create(town=fair.town, digits="1-4-7", valid_from=date(2027, 1, 1))
