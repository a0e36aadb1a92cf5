"""Facts set aside in bulk, decisions that name a time, and hand-overs that wait because no tablet vouches for them."""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class MarketDay(Model):
        class Meta:
            database = db
            table_name = 'market_day'

    class Log(Model):
        class Meta:
            database = db
            table_name = 'log'

    class Exclusion(Model):
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE')
        log = ForeignKeyField(Log, null=True, on_delete='CASCADE')
        operator = CharField(null=True, max_length=64)
        from_ms = BigIntegerField()
        until_ms = BigIntegerField(null=True)
        who = CharField()
        at = BigIntegerField()
        note = TextField()
        ended_by = CharField(null=True)
        ended_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'exclusion'
    db.create_tables([Exclusion])

    class Overruled(Model):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        market_day = ForeignKeyField(MarketDay, on_delete='CASCADE', index=False)
        uuid = CharField(null=True, max_length=36)
        act = CharField(max_length=16)
        data = TextField(null=True)
        who = CharField()
        at = BigIntegerField()
        note = TextField(default='')
        reason = CharField(null=True, max_length=64)
        happened_ms = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'overruled'
            without_rowid = SQLITE
            primary_key = CompositeKey('log', 'seq')
            indexes = ((('market_day', 'uuid'), False),)
    db.create_tables([Overruled])

    # Nullable, so that SQLite adds the columns without building the tables anew under their foreign keys.
    migrator.migrate(
        migrator.add_column('settlement', 'exclusion_id', IntegerField(null=True)),
        migrator.add_column('settlement', 'happened_ms', BigIntegerField(null=True)),
        migrator.add_column('hand_over', 'bearer_id', IntegerField(null=True)),
        migrator.add_column('hand_over', 'accepted_by', CharField(null=True)),
    )
    db.execute_sql('CREATE INDEX "hand_over_bearer_id" ON "hand_over" ("bearer_id")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "hand_over_bearer_id"')
    migrator.migrate(
        migrator.drop_column('hand_over', 'accepted_by'),
        migrator.drop_column('hand_over', 'bearer_id'),
        migrator.drop_column('settlement', 'happened_ms'),
        migrator.drop_column('settlement', 'exclusion_id'),
        migrator.drop_table('overruled'),
        migrator.drop_table('exclusion'),
    )
