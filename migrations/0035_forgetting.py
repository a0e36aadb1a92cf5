"""Operations that were shortened, candidates who were forgotten or frozen, certificates of it, a county's periods."""

from peewee import *


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class Forgotten(Model):
        candidate = CharField(max_length=36, primary_key=True)
        county = ForeignKeyField(County, on_delete='CASCADE')
        link = CharField(max_length=36, null=True)
        level = CharField(max_length=8)
        at = BigIntegerField()
        cause = CharField(max_length=8)
        listed = BooleanField(default=False, index=True)
        class Meta:
            database = db
            table_name = 'forgotten'

    class ForgottenKey(Model):
        county = ForeignKeyField(County, on_delete='CASCADE', index=False)
        key = CharField(max_length=64)
        at = BigIntegerField()
        link = CharField(max_length=36)
        class Meta:
            database = db
            table_name = 'forgotten_key'
            without_rowid = SQLITE
            primary_key = CompositeKey('county', 'key', 'at')

    class Frozen(Model):
        candidate = CharField(max_length=36, primary_key=True)
        county = ForeignKeyField(County, on_delete='CASCADE')
        at = BigIntegerField()
        who = CharField()
        why = TextField()
        class Meta:
            database = db
            table_name = 'frozen'

    class Certificate(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        number = IntegerField()
        act = CharField(max_length=8)
        at = BigIntegerField()
        asked_by = CharField(max_length=16)
        who = CharField()
        why = TextField(default='')
        registrations = TextField()
        counts = TextField()
        kept_until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'certificate'
            indexes = ((('county', 'number'), True),)

    class Retention(Model):
        county = ForeignKeyField(County, on_delete='CASCADE', primary_key=True)
        contact_days = IntegerField(default=90)
        tied_days = IntegerField(default=180)
        raw_days = IntegerField(default=90)
        box_days = IntegerField(default=30)
        ledger_years = IntegerField(default=2)
        audit_years = IntegerField(default=3)
        late_days = IntegerField(default=400)
        backup_days = IntegerField(default=30)
        class Meta:
            database = db
            table_name = 'retention'

    class RetentionRun(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        at = BigIntegerField()
        counts = TextField()
        class Meta:
            database = db
            table_name = 'retention_run'
    db.create_tables([Forgotten, ForgottenKey, Frozen, Certificate, Retention, RetentionRun])
    migrator.migrate(migrator.add_column('operation', 'forgotten', CharField(null=True, max_length=64)))


def down(migrator, db):
    """What was forgotten stays forgotten: its operations are read as they stand."""
    migrator.migrate(
        migrator.drop_column('operation', 'forgotten'),
        *(migrator.drop_table(table) for table in
          ('retention_run', 'retention', 'certificate', 'frozen', 'forgotten_key', 'forgotten')),
    )
