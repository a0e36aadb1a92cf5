"""Reach: what operations wait for, bindings that do not stand, and consents that are known by candidate and number.

What is derived already stays as it is: a day that was counted does not change because the rules did.
"""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class Log(Model):
        class Meta:
            database = db
            table_name = 'log'

    class Awaited(Model):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        node = CharField(max_length=36, index=True)
        class Meta:
            database = db
            table_name = 'awaited'
            without_rowid = SQLITE
            primary_key = CompositeKey('log', 'seq')

    db.create_tables([Awaited])
    db.execute_sql('ALTER TABLE pass_binding ADD COLUMN stands BOOLEAN NOT NULL DEFAULT TRUE')
    _rebuild_consents(db, SQLITE, key=('candidate', 'id'))


def down(migrator, db):
    migrator.migrate(migrator.drop_table('awaited'))
    db.execute_sql('ALTER TABLE pass_binding DROP COLUMN stands')
    _rebuild_consents(db, isinstance(db, SqliteDatabase), key=None)


def _rebuild_consents(db, sqlite, key):
    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Consent(Model):
        id = CharField(max_length=36, primary_key=key is None)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        candidate = CharField(max_length=36, index=key is None)
        vacancy = CharField(max_length=7)
        spoken = BooleanField()
        given_at = BigIntegerField(null=True)
        withdrawn_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'consent'
            if key:
                without_rowid = sqlite
                primary_key = CompositeKey(*key)

    columns = 'id, market_day_id, candidate, vacancy, spoken, given_at, withdrawn_at'
    db.execute_sql(f'CREATE TABLE consent_kept AS SELECT {columns} FROM consent')
    db.execute_sql('DROP TABLE consent')
    db.create_tables([Consent])
    once = '' if key else ' WHERE TRUE ON CONFLICT (id) DO NOTHING'
    db.execute_sql(f'INSERT INTO consent ({columns}) SELECT {columns} FROM consent_kept{once}')
    db.execute_sql('DROP TABLE consent_kept')
