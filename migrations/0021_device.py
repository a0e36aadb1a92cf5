"""Devices: a tablet of today becomes a device of its county's pool with one assignment.

Cookie, secret and name go to the device, which gets the tablet's number, so that cookies stay good. A tablet is from now
on what a device is at one booth on one market day; it keeps what was heard of its log.
"""

from peewee import *

TO_DEVICE = ('name', 'token_hash', 'resume_hash', 'enrolled_at', 'revoked_at', 'last_contact_at')
STAYS = (
    'id', 'revoked_at', 'last_contact_at', 'unsent', 'clock_offset_ms', 'lost', 'written_off_at', 'written_off_lost',
    'written_off_by', 'written_off_why',
)  # fmt: skip


def up(migrator, db):
    device, tablet = _models(db)
    db.create_tables([device])
    columns = ', '.join('"%s"' % name for name in TO_DEVICE)
    db.execute_sql(
        'INSERT INTO "device" ("id", "county_id", "log_id", "state", "browser", "release", %s)'
        ' SELECT t."id", d."county_id", t."id", \'ready\', \'\', \'\', %s FROM "tablet" AS t'
        ' JOIN "log" AS l ON l."id" = t."id" JOIN "market_day" AS d ON d."id" = l."market_day_id"'
        % (columns, ', '.join('t."%s"' % name for name in TO_DEVICE))
    )
    if not isinstance(db, SqliteDatabase):
        db.execute_sql('SELECT setval(\'device_id_seq\', COALESCE((SELECT MAX(id) FROM device), 0) + 1, false)')
    _make_again(db, tablet, 'INSERT INTO "tablet" ("device_id", "assigned_at", %s) SELECT "id", "enrolled_at", %s')


def down(migrator, db):
    """What a device is at further booths becomes a tablet without a cookie there."""
    tablet = _before(db)
    db.execute_sql('DROP INDEX "tablet_device_id"')
    _make_again(
        db, tablet,
        'INSERT INTO "tablet" ("name", "token_hash", "resume_hash", "enrolled_at", %s)'
        ' SELECT (SELECT v."name" FROM "device" AS v WHERE v."id" = "tablet_before"."device_id"),'
        ' (SELECT v."token_hash" FROM "device" AS v WHERE v."log_id" = "tablet_before"."id"),'
        ' (SELECT v."resume_hash" FROM "device" AS v WHERE v."id" = "tablet_before"."device_id"), "assigned_at", %s',
    )  # fmt: skip
    db.execute_sql('DROP TABLE "device"')


def _make_again(db, tablet, insert):
    """Make the table ``tablet`` anew with other columns, and put its rows back. No other table refers to it."""
    columns = ', '.join('"%s"' % name for name in STAYS)
    db.execute_sql('DROP INDEX IF EXISTS "tablet_token_hash"')
    db.execute_sql('ALTER TABLE "tablet" RENAME TO "tablet_before"')
    if not isinstance(db, SqliteDatabase):
        db.execute_sql('ALTER TABLE "tablet_before" RENAME CONSTRAINT "tablet_pkey" TO "tablet_before_pkey"')
    db.create_tables([tablet])
    db.execute_sql((insert + ' FROM "tablet_before"') % (columns, columns))
    db.execute_sql('DROP TABLE "tablet_before"')


class _Named(Model):
    class Meta:
        legacy_table_names = False


def _others(db):
    class Log(_Named):
        class Meta:
            database = db
            table_name = 'log'

    class County(_Named):
        class Meta:
            database = db
            table_name = 'county'
    return Log, County


def _models(db):
    log_table, county_table = _others(db)

    class Device(_Named):
        county = ForeignKeyField(county_table, on_delete='CASCADE')
        name = CharField(default='')
        state = CharField(max_length=8, default='ready')
        token_hash = CharField(max_length=64, null=True, unique=True)
        resume_hash = CharField(max_length=64, null=True, index=True)
        enrolled_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        last_contact_at = BigIntegerField(null=True)
        log_id = BigIntegerField(null=True)
        browser = CharField(default='')
        release = CharField(default='')
        battery = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'device'

    class Tablet(_Named):
        log = ForeignKeyField(log_table, column_name='id', primary_key=True, on_delete='CASCADE')
        device = ForeignKeyField(Device, on_delete='CASCADE')
        assigned_at = BigIntegerField()
        withdrawn_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)
        last_contact_at = BigIntegerField(null=True)
        unsent = IntegerField(null=True)
        clock_offset_ms = BigIntegerField(default=0)
        lost = IntegerField(null=True)
        written_off_at = BigIntegerField(null=True)
        written_off_lost = IntegerField(default=0)
        written_off_by = CharField(default='')
        written_off_why = CharField(default='')
        class Meta:
            database = db
            table_name = 'tablet'
    return Device, Tablet


def _before(db):
    log_table, _ = _others(db)

    class Tablet(_Named):
        log = ForeignKeyField(log_table, column_name='id', primary_key=True, on_delete='CASCADE')
        name = CharField(default='')
        token_hash = CharField(max_length=64, null=True, unique=True)
        enrolled_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        last_contact_at = BigIntegerField(null=True)
        unsent = IntegerField(null=True)
        clock_offset_ms = BigIntegerField(default=0)
        resume_hash = CharField(max_length=64, null=True)
        lost = IntegerField(null=True)
        written_off_at = BigIntegerField(null=True)
        written_off_lost = IntegerField(default=0)
        written_off_by = CharField(default='')
        written_off_why = CharField(default='')
        class Meta:
            database = db
            table_name = 'tablet'
    return Tablet
