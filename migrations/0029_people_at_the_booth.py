"""What is taken back: visits, registrations and passes that were lost; a visit is found by its number."""

from peewee import *


def up(migrator, db):
    class Log(Model):
        class Meta:
            database = db
            table_name = 'log'

    class PassVoid(Model):
        log = ForeignKeyField(column_name='tablet_id', model=Log, on_delete='CASCADE', index=False)
        seq = IntegerField()
        pass_number = CharField(index=True, max_length=10)
        candidate = CharField(index=True, max_length=36)
        effective_ms = BigIntegerField()
        is_mistake = BooleanField()
        stands = BooleanField()
        lasts = BooleanField()
        class Meta:
            database = db
            table_name = 'pass_void'
            primary_key = CompositeKey('log', 'seq')

    class Withdrawal(Model):
        log = ForeignKeyField(column_name='tablet_id', model=Log, on_delete='CASCADE', index=False)
        seq = IntegerField()
        what = CharField(index=True, max_length=36)
        effective_ms = BigIntegerField()
        restores = BooleanField()
        class Meta:
            database = db
            table_name = 'withdrawal'
            primary_key = CompositeKey('log', 'seq')
    db.create_tables([PassVoid, Withdrawal])
    db.execute_sql('CREATE INDEX "operation_uuid_kind" ON "operation" ("uuid", "kind") WHERE ("kind" = \'visit.recorded\')')


def down(migrator, db):
    db.execute_sql('DROP INDEX "operation_uuid_kind"')
    db.execute_sql('DROP TABLE "withdrawal"')
    db.execute_sql('DROP TABLE "pass_void"')
