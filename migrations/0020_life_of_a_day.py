"""The life of a market day and what event it is: drafts, postponed days, signatures; type, class, level, hosts, stops;
the targets of campaigns; and a day's checklist.

The days of before were public as soon as they were planned, so they are published; those with a version are closed by
that version, as they were.
"""

from time import time

from peewee import *

ADD = (
    ('market_day', '"published_at" BIGINT'),
    ('market_day', '"published_by" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"afterwards" %(truth)s NOT NULL DEFAULT %(no)s'),
    ('market_day', '"postponed_at" BIGINT'),
    ('market_day', '"postponed_by" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"postponed_why" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"postponed_from" DATE'),
    ('market_day', '"event_type" VARCHAR(16) NOT NULL DEFAULT \'MARKET\''),
    ('market_day', '"event_class" VARCHAR(16) NOT NULL DEFAULT \'MICRO\''),
    ('market_day', '"level" VARCHAR(8) NOT NULL DEFAULT \'COUNTY\''),
    ('market_day', '"hosts" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"co_organisers" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"employers_online" INTEGER'),
    ('market_day', '"viewers" INTEGER'),
)


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)
    words = {'truth': 'INTEGER' if SQLITE else 'BOOLEAN', 'no': '0' if SQLITE else 'FALSE'}
    for table, column in ADD:
        db.execute_sql('ALTER TABLE "%s" ADD COLUMN %s' % (table, column % words))
    db.execute_sql('UPDATE market_day SET published_at = %d' % int(time() * 1000))
    db.execute_sql("UPDATE market_day SET event_type = 'NIGHT' WHERE closes_at <= opens_at")
    db.create_tables(_tables(db))


def down(migrator, db):
    for table in ('checklist_item', 'campaign_target', 'stop', 'signing'):
        db.execute_sql('DROP TABLE "%s"' % table)
    for table, column in reversed(ADD):
        db.execute_sql('ALTER TABLE "%s" DROP COLUMN %s' % (table, column.split()[0]))


def _tables(db):
    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Signing(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        version = IntegerField()
        signed_by = CharField()
        signed_on = DateField()
        at = BigIntegerField()
        who = CharField()
        class Meta:
            database = db
            table_name = 'signing'
            indexes = ((('market_day', 'version'), True),)

    class Stop(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        number = IntegerField()
        place = CharField()
        starts_at = CharField(max_length=5)
        ends_at = CharField(max_length=5)
        class Meta:
            database = db
            table_name = 'stop'
            indexes = ((('market_day', 'number'), True),)

    class Campaign(Model):
        class Meta:
            database = db
            table_name = 'campaign'

    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class CampaignTarget(Model):
        campaign = ForeignKeyField(Campaign, on_delete='CASCADE', index=False)
        county = ForeignKeyField(County, on_delete='CASCADE')
        venue = CharField(max_length=16)
        events = IntegerField()
        class Meta:
            database = db
            table_name = 'campaign_target'
            indexes = ((('campaign', 'county', 'venue'), True),)

    class ChecklistItem(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        code = CharField(max_length=24, default='')
        text = CharField(default='')
        person = CharField(default='')
        is_left_out = BooleanField(default=False)
        done_at = BigIntegerField(null=True)
        done_by = CharField(default='')
        class Meta:
            database = db
            table_name = 'checklist_item'

    return [Signing, Stop, CampaignTarget, ChecklistItem]
