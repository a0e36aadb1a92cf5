"""Referrals become rows; what a candidate wants besides work, where they worked last, and the consent to note a sensitive group."""

from peewee import *

COLUMNS = (
    '"groups_consent_at" VARCHAR(40)',
    '"wishes" VARCHAR(64) NOT NULL DEFAULT \'\'',
    '"last_province" VARCHAR(16)',
)


def up(migrator, db):
    for column in COLUMNS:
        db.execute_sql('ALTER TABLE "candidate" ADD COLUMN %s' % column)
    db.create_tables([_referral(db)])


def down(migrator, db):
    db.execute_sql('DROP TABLE "referral"')
    for column in reversed(COLUMNS):
        db.execute_sql('ALTER TABLE "candidate" DROP COLUMN %s' % column.split()[0])


class _Named(Model):
    class Meta:
        legacy_table_names = False


def _referral(db):
    class Log(_Named):
        class Meta:
            database = db
            table_name = 'log'

    class MarketDay(_Named):
        class Meta:
            database = db
            table_name = 'market_day'

    class Referral(_Named):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        id = CharField(max_length=36)
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        booth = IntegerField(null=True)
        person = CharField(max_length=36, index=True)
        node = CharField(max_length=36, index=True)
        topic = CharField(max_length=32, null=True)
        step = CharField(max_length=32)
        about = CharField(max_length=100, null=True)
        undoes = CharField(max_length=36, null=True)
        effective_ms = BigIntegerField()

        class Meta:
            database = db
            table_name = 'referral'
            primary_key = CompositeKey('log', 'seq')

    return Referral
