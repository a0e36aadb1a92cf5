"""Logs: numbered facts of a device, of the phones, of the office; a tablet is the device that writes one.

The table ``tablet`` held both. It becomes ``log`` by its new name, so that whatever refers to a row, by a column that
is still called ``tablet_id``, refers to the log: both databases rewrite foreign keys when a table is renamed, and no
fact moves. Devices get a table of their own with the same ids. When a log that has no device was made is not kept.
"""

from peewee import *

OF_DEVICE = (
    'name', 'token_hash', 'enrolled_at', 'revoked_at', 'last_contact_at', 'unsent', 'clock_offset_ms', 'resume_hash',
    'lost',
)  # fmt: skip
INDEXES = {'market_day_id': '("market_day_id")', 'booth_id': '("booth_id")'}
LETTER = 'CREATE UNIQUE INDEX "%s_market_day_id_letter" ON "%s" ("market_day_id", "letter")'


def up(migrator, db):
    _rename(db, 'tablet', 'log')
    db.execute_sql('DROP INDEX "tablet_token_hash"')
    db.create_tables([_tablet(db)])
    db.execute_sql('ALTER TABLE "log" ADD COLUMN "kind" VARCHAR(8) NOT NULL DEFAULT \'device\'')
    db.execute_sql(
        'UPDATE "log" SET "kind" = CASE WHEN "rescued_from" IS NOT NULL THEN \'rescued\''
        ' WHEN "letter" = \'office\' THEN \'office\' WHEN "booth_id" IS NULL THEN \'phones\' ELSE \'device\' END'
    )
    columns = ', '.join('"%s"' % name for name in OF_DEVICE)
    db.execute_sql(
        'INSERT INTO "tablet" ("id", %s) SELECT "id", %s FROM "log" WHERE "kind" = \'device\'' % (columns, columns)
    )
    for name in OF_DEVICE:
        db.execute_sql('ALTER TABLE "log" DROP COLUMN "%s"' % name)


def down(migrator, db):
    # The columns as they were; what is NOT NULL needs a default to be added to rows that are there.
    for column in (
        '"name" VARCHAR(255) NOT NULL DEFAULT \'\'', '"token_hash" VARCHAR(64)',
        '"enrolled_at" BIGINT NOT NULL DEFAULT 0', '"revoked_at" BIGINT', '"last_contact_at" BIGINT',
        '"unsent" INTEGER', '"clock_offset_ms" BIGINT NOT NULL DEFAULT 0', '"resume_hash" VARCHAR(64)',
        '"lost" INTEGER',
    ):  # fmt: skip
        db.execute_sql('ALTER TABLE "log" ADD COLUMN %s' % column)
    for name in OF_DEVICE:
        db.execute_sql(
            'UPDATE "log" SET "%s" = (SELECT t."%s" FROM "tablet" AS t WHERE t."id" = "log"."id")'
            ' WHERE "kind" = \'device\'' % (name, name)
        )
    db.execute_sql(  # what a rescued log corrects times by is what its tablet does
        'UPDATE "log" SET "clock_offset_ms" = COALESCE((SELECT t."clock_offset_ms" FROM "tablet" AS t'
        ' WHERE t."id" = "log"."rescued_from"), 0) WHERE "rescued_from" IS NOT NULL'
    )
    db.execute_sql(
        'UPDATE "log" SET "enrolled_at" = COALESCE((SELECT MIN(o."received_ms") FROM "operation" AS o'
        ' WHERE o."tablet_id" = "log"."id"), 0) WHERE "kind" <> \'device\''
    )
    db.execute_sql('DROP TABLE "tablet"')
    db.execute_sql('ALTER TABLE "log" DROP COLUMN "kind"')
    _rename(db, 'log', 'tablet')
    db.execute_sql('CREATE UNIQUE INDEX "tablet_token_hash" ON "tablet" ("token_hash")')


def _tablet(db):
    class Log(Model):
        class Meta:
            database = db
            table_name = 'log'

    class Tablet(Model):
        log = ForeignKeyField(Log, column_name='id', primary_key=True, on_delete='CASCADE')
        name = CharField(default='')
        token_hash = CharField(unique=True, null=True, max_length=64)
        enrolled_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        last_contact_at = BigIntegerField(null=True)
        unsent = IntegerField(null=True)
        clock_offset_ms = BigIntegerField(default=0)
        resume_hash = CharField(null=True, max_length=64)
        lost = IntegerField(null=True)
        class Meta:
            database = db
            table_name = 'tablet'
    return Tablet


def _rename(db, old, new):
    """Rename the table with its indexes, and on PostgreSQL with its sequence, keys and constraints."""
    db.execute_sql('ALTER TABLE "%s" RENAME TO "%s"' % (old, new))
    for name, columns in INDEXES.items():
        db.execute_sql('DROP INDEX "%s_%s"' % (old, name))
        db.execute_sql('CREATE INDEX "%s_%s" ON "%s" %s' % (new, name, new, columns))
    db.execute_sql('DROP INDEX "%s_market_day_id_letter"' % old)
    db.execute_sql(LETTER % (new, new))
    if not isinstance(db, SqliteDatabase):
        db.execute_sql('ALTER SEQUENCE "%s_id_seq" RENAME TO "%s_id_seq"' % (old, new))
        for name in ('pkey', 'market_day_id_fkey', 'booth_id_fkey'):
            db.execute_sql('ALTER TABLE "%s" RENAME CONSTRAINT "%s_%s" TO "%s_%s"' % (new, old, name, new, name))
