"""Market rules one after the other, with exceptions and who confirmed them; settings and service points of counties."""

from peewee import *

ADD = (
    '"dates" TEXT NOT NULL DEFAULT \'\'',
    '"valid_from" DATE',
    '"valid_to" DATE',
    '"confirmed_by" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"confirmed_on" DATE',
)
SETTINGS = ('seal_line', 'hours', 'languages')


def up(migrator, db):
    _index_towns(db, 'INDEX')
    for column in ADD:
        db.execute_sql('ALTER TABLE "market_rule" ADD COLUMN %s' % column)

    class MarketRule(Model):
        class Meta:
            database = db
            table_name = 'market_rule'

    class MarketException(Model):
        rule = ForeignKeyField(MarketRule, backref='exceptions', on_delete='CASCADE')
        date = DateField()
        is_held = BooleanField()
        reason = CharField(default='')
        class Meta:
            database = db
            table_name = 'market_exception'
            indexes = ((('rule', 'date'), True),)
    db.create_tables([MarketException])
    for name in SETTINGS:
        db.execute_sql('ALTER TABLE "county" ADD COLUMN "%s" VARCHAR(255) NOT NULL DEFAULT \'\'' % name)

    class Division(Model):
        code = CharField(max_length=12, primary_key=True)
        class Meta:
            database = db
            table_name = 'division'

    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class ServicePoint(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        town = ForeignKeyField(Division, null=True)
        name = CharField()
        address = CharField()
        phone = CharField(default='')
        class Meta:
            database = db
            table_name = 'service_point'
    db.create_tables([ServicePoint])


def down(migrator, db):
    db.execute_sql('DROP TABLE "service_point"')
    for name in reversed(SETTINGS):
        db.execute_sql('ALTER TABLE "county" DROP COLUMN "%s"' % name)
    db.execute_sql('DROP TABLE "market_exception"')
    for column in reversed(ADD):
        db.execute_sql('ALTER TABLE "market_rule" DROP COLUMN %s' % column.split()[0])
    # The rule that holds last is the one that a town had alone.
    later = 'SELECT 1 FROM "market_rule" AS "b" WHERE "b"."town_id" = "market_rule"."town_id" AND "b"."id" > "market_rule"."id"'
    db.execute_sql('DELETE FROM "market_rule" WHERE EXISTS (%s)' % later)
    _index_towns(db, 'UNIQUE INDEX')


def _index_towns(db, kind):
    """Make the index of towns anew: by its columns, for it is called otherwise in old databases."""
    for index in db.get_indexes('market_rule'):
        if index.columns == ['town_id']:
            db.execute_sql('DROP INDEX "%s"' % index.name)
    db.execute_sql('CREATE %s "market_rule_town_id" ON "market_rule" ("town_id")' % kind)
