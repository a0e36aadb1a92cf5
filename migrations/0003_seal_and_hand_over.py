"""Keys that only the county opens with, hand-overs sealed to them, and where signed passes were shown."""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Tablet(Model):
        class Meta:
            database = db
            table_name = 'tablet'

    # Nullable, so that SQLite adds the column without building the table anew under its foreign keys.
    migrator.migrate(migrator.add_column('tablet', 'rescued_from', IntegerField(null=True)))

    class SealKey(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        private_pem = TextField()
        public = CharField(max_length=90)
        created_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'seal_key'
    db.create_tables([SealKey])

    class HandOver(Model):
        county = ForeignKeyField(County, on_delete='CASCADE', index=False)
        id = CharField(max_length=64)
        market_day = ForeignKeyField(MarketDay, null=True, on_delete='SET NULL')
        tablet = ForeignKeyField(Tablet, null=True, on_delete='SET NULL')
        box = BlobField()
        via = CharField(max_length=8)
        who = CharField()
        received_at = BigIntegerField()
        facts = IntegerField(null=True)
        new = IntegerField(null=True)
        reason = CharField(null=True, max_length=32)
        class Meta:
            database = db
            table_name = 'hand_over'
            primary_key = CompositeKey('county', 'id')
    db.create_tables([HandOver])

    class Showing(Model):
        tablet = ForeignKeyField(Tablet, on_delete='CASCADE', index=False)
        seq = IntegerField()
        pass_number = CharField(index=True, max_length=10)
        at_ms = BigIntegerField()
        class Meta:
            database = db
            table_name = 'showing'
            without_rowid = SQLITE
            primary_key = CompositeKey('tablet', 'seq')
    db.create_tables([Showing])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table('showing'),
        migrator.drop_table('hand_over'),
        migrator.drop_table('seal_key'),
        migrator.drop_column('tablet', 'rescued_from'),
    )
