"""Accounts with roles: towns of clerks, invitations, second factors; the city's accounts have no county."""

from peewee import *

COUNTY = '"county_id" INTEGER NOT NULL'
NULLABLE = '"county_id" INTEGER'


def up(migrator, db):
    db.execute_sql('ALTER TABLE "organiser" ADD COLUMN "switched_off_at" BIGINT')
    if isinstance(db, SqliteDatabase):  # it cannot drop NOT NULL
        _make_again(db, 'organiser', COUNTY, NULLABLE)
    else:
        db.execute_sql('ALTER TABLE "organiser" ALTER COLUMN "county_id" DROP NOT NULL')
    false = '0' if isinstance(db, SqliteDatabase) else 'FALSE'
    kind = 'INTEGER' if isinstance(db, SqliteDatabase) else 'BOOLEAN'
    db.execute_sql('ALTER TABLE "county" ADD COLUMN "requires_second_factor" %s NOT NULL DEFAULT %s' % (kind, false))

    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class Division(Model):
        code = CharField(max_length=9, primary_key=True)
        class Meta:
            database = db
            table_name = 'division'

    class Organiser(Model):
        class Meta:
            database = db
            table_name = 'organiser'

    class ClerkTown(Model):
        organiser = ForeignKeyField(Organiser, on_delete='CASCADE', index=False)
        town = ForeignKeyField(Division, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'clerk_town'
            primary_key = CompositeKey('organiser', 'town')

    class Invitation(Model):
        county = ForeignKeyField(County, on_delete='CASCADE')
        organiser = ForeignKeyField(Organiser, null=True, on_delete='CASCADE')
        name = CharField()
        role = CharField(max_length=16)
        towns = TextField()
        token_hash = CharField(max_length=64, unique=True)
        made_by = CharField()
        made_at = BigIntegerField()
        ends_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'invitation'

    class SecondFactor(Model):
        organiser = ForeignKeyField(Organiser, primary_key=True, on_delete='CASCADE')
        secret = CharField(max_length=64)
        confirmed_at = BigIntegerField(null=True)
        last_step = IntegerField()
        class Meta:
            database = db
            table_name = 'second_factor'

    class RecoveryCode(Model):
        organiser = ForeignKeyField(Organiser, on_delete='CASCADE')
        code_hash = CharField(max_length=64)
        used_at = BigIntegerField(null=True)
        class Meta:
            database = db
            table_name = 'recovery_code'

    db.create_tables([ClerkTown, Invitation, SecondFactor, RecoveryCode])


def down(migrator, db):
    for table in ('recovery_code', 'second_factor', 'invitation', 'clerk_town'):
        db.execute_sql('DROP TABLE "%s"' % table)
    db.execute_sql('ALTER TABLE "county" DROP COLUMN "requires_second_factor"')
    db.execute_sql('DELETE FROM "organiser" WHERE "county_id" IS NULL')  # the release before has no place for the city
    if isinstance(db, SqliteDatabase):
        _make_again(db, 'organiser', NULLABLE, COUNTY)
    else:
        db.execute_sql('ALTER TABLE "organiser" ALTER COLUMN "county_id" SET NOT NULL')
    db.execute_sql('ALTER TABLE "organiser" DROP COLUMN "switched_off_at"')


def _make_again(db, table, old, new):
    """Make a table anew with one column otherwise, and put its rows, indexes and highest number back."""
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    ((sql,),) = db.execute_sql(made, (table, 'table')).fetchall()
    indexes = [index for (index,) in db.execute_sql(made, (table, 'index')).fetchall()]
    highest = db.execute_sql('SELECT seq FROM sqlite_sequence WHERE name = ?', (table,)).fetchall()
    assert old in sql, sql
    columns = ', '.join('"%s"' % column.name for column in db.get_columns(table))
    db.execute_sql('ALTER TABLE "%s" RENAME TO "%s_before"' % (table, table))
    db.execute_sql(sql.replace(old, new, 1))
    db.execute_sql('INSERT INTO "%s" (%s) SELECT %s FROM "%s_before"' % (table, columns, columns, table))
    db.execute_sql('DROP TABLE "%s_before"' % table)
    for index in indexes:
        db.execute_sql(index)
    for (seq,) in highest:
        db.execute_sql('DELETE FROM sqlite_sequence WHERE name = ?', (table,))
        db.execute_sql('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', (table, seq))
