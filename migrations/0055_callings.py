"""Booths call people to their interview by number."""

from peewee import *


def up(migrator, db):
    db.create_tables([_calling(db)])


def down(migrator, db):
    db.execute_sql('DROP TABLE "calling"')


class _Named(Model):
    class Meta:
        legacy_table_names = False


def _calling(db):
    class Log(_Named):
        class Meta:
            database = db
            table_name = 'log'

    class MarketDay(_Named):
        class Meta:
            database = db
            table_name = 'market_day'

    class Calling(_Named):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        booth = IntegerField()
        scan = CharField(max_length=36, index=True)
        step = CharField(max_length=16)
        effective_ms = BigIntegerField()

        class Meta:
            database = db
            table_name = 'calling'
            primary_key = CompositeKey('log', 'seq')
            indexes = ((('market_day', 'effective_ms'), False),)

    return Calling
