"""Courses, organised trips, mentors and legal aid that people sign up for by pass."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    truth = 'INTEGER' if is_sqlite else 'BOOLEAN'
    db.execute_sql(
        'CREATE TABLE "programme" ("id" %s,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "market_day_id" INTEGER REFERENCES "market_day" ("id") ON DELETE CASCADE,'
        ' "campaign_id" INTEGER REFERENCES "campaign" ("id") ON DELETE SET NULL,'
        ' "kind" VARCHAR(16) NOT NULL, "title" VARCHAR(255) NOT NULL, "begins_on" DATE NOT NULL, "ends_on" DATE,'
        ' "clock" VARCHAR(5) NOT NULL, "place" VARCHAR(255) NOT NULL, "seats" INTEGER NOT NULL,'
        ' "contact" VARCHAR(255) NOT NULL, "phone" VARCHAR(255) NOT NULL, "closed" %s NOT NULL)' % (key, truth)
    )
    for column in ('county_id', 'market_day_id', 'campaign_id'):
        db.execute_sql('CREATE INDEX "programme_%s" ON "programme" ("%s")' % (column, column))
    db.create_tables([_sign_up(db)])


def down(migrator, db):
    db.execute_sql('DROP TABLE "sign_up"')
    db.execute_sql('DROP TABLE "programme"')


class _Named(Model):
    class Meta:
        legacy_table_names = False


def _sign_up(db):
    class Log(_Named):
        class Meta:
            database = db
            table_name = 'log'

    class MarketDay(_Named):
        class Meta:
            database = db
            table_name = 'market_day'

    class SignUp(_Named):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        id = CharField(max_length=36, index=True)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        person = CharField(max_length=36, index=True)
        node = CharField(max_length=36, index=True)
        programme = IntegerField(index=True)
        step = CharField(max_length=32)
        undoes = CharField(max_length=36, null=True, index=True)
        effective_ms = BigIntegerField()

        class Meta:
            database = db
            table_name = 'sign_up'
            primary_key = CompositeKey('log', 'seq')

    return SignUp
