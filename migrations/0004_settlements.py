"""Settlements: what a person decided about a fact that was refused or needs attention."""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class Tablet(Model):
        class Meta:
            database = db
            table_name = 'tablet'

    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Settlement(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        uuid = CharField(null=True, max_length=36)
        act = CharField(max_length=16)
        data = TextField(null=True)
        who = CharField()
        at = BigIntegerField()
        note = TextField(default='')
        reason = CharField(null=True, max_length=64)
        class Meta:
            database = db
            table_name = 'settlement'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
            indexes = ((('market_day', 'uuid'), False),)
    db.create_tables([Settlement])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('settlement'))
