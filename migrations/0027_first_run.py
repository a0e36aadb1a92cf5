"""The demo's county is marked, so that it can be removed; the secret of a set-up; numbers that are not given out again."""

from peewee import *

DIVISION, NAME = '500120', '璧山区公共就业服务中心'
# Of the invented employers, which every demo that was loaded so far has.
CREDIT_CODES = (
    '91500120MAJNTYGD12', '91500120MAN4A7N53A', '91500120MAA3YB7F01', '91500120MAKHPJK8X0', '91500120MAC5N96J79',
    '91500120MAP2UKA9X6', '91500120MARWE1HE7P', '91500120MAEYYW524X', '91500120MARD97MKXM', '92500120MA0F7LWE4G',
)


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    false, kind = ('0', 'INTEGER') if is_sqlite else ('FALSE', 'BOOLEAN')
    db.execute_sql('ALTER TABLE "county" ADD COLUMN "is_demo" %s NOT NULL DEFAULT %s' % (kind, false))
    _mark(db, '1' if is_sqlite else 'TRUE', '?' if is_sqlite else '%s')

    class FirstRun(Model):
        id = IntegerField(primary_key=True)
        secret_hash = CharField(max_length=64)
        ends_at = BigIntegerField()
        class Meta:
            database = db
            table_name = 'first_run'

    class UsedNumber(Model):
        thing = CharField(max_length=32, primary_key=True)
        last = BigIntegerField()
        class Meta:
            database = db
            table_name = 'used_number'
    db.create_tables([FirstRun, UsedNumber])


def down(migrator, db):
    db.execute_sql('DROP TABLE "used_number"')
    db.execute_sql('DROP TABLE "first_run"')
    db.execute_sql('ALTER TABLE "county" DROP COLUMN "is_demo"')


def _mark(db, true, one):
    """Mark a county that has the demo's name, division and all its invented employers; any other is somebody's own."""
    all_of_them = 'SELECT COUNT(DISTINCT "credit_code") FROM "employer" WHERE "county_id" = "county"."id" AND "credit_code" IN (%s)'
    db.execute_sql(
        'UPDATE "county" SET "is_demo" = %s WHERE "division_id" = %s AND "service_name" = %s AND (%s) = %d'
        % (true, one, one, all_of_them % ', '.join([one] * len(CREDIT_CODES)), len(CREDIT_CODES)),
        (DIVISION, NAME, *CREDIT_CODES),
    )
