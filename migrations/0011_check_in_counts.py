"""Counts of check-ins, by vacancy and the stage they reached, filled from the check-ins that stand."""

from peewee import *

FILL = (
    'INSERT INTO check_in_count (market_day_id, vacancy, booth, reached, place, count)'
    " SELECT market_day_id, vacancy, COALESCE(booth, 0), reached, COALESCE(place, ''), COUNT(*) FROM check_in"
    " GROUP BY market_day_id, vacancy, COALESCE(booth, 0), reached, COALESCE(place, '')"
)


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class CheckInCount(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        vacancy = CharField(max_length=7)
        booth = IntegerField()
        reached = IntegerField()
        place = CharField(max_length=16)
        count = IntegerField()
        class Meta:
            database = db
            table_name = 'check_in_count'
            without_rowid = SQLITE
            primary_key = CompositeKey('market_day', 'vacancy', 'booth', 'reached', 'place')
    db.create_tables([CheckInCount])
    db.execute_sql(FILL)


def down(migrator, db):
    migrator.migrate(migrator.drop_table('check_in_count'))
