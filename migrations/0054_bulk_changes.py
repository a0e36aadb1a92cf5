"""Rows of a list that were changed at once, with what stood in them before."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    db.execute_sql(
        'CREATE TABLE "bulk_change" ("id" %s,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "act" VARCHAR(24) NOT NULL, "count" INTEGER NOT NULL, "rows" TEXT NOT NULL, "left" TEXT NOT NULL,'
        ' "made_at" BIGINT NOT NULL, "made_by" VARCHAR(255) NOT NULL,'
        ' "undone_at" BIGINT, "undone_by" VARCHAR(255) NOT NULL)' % key
    )
    db.execute_sql('CREATE INDEX "bulk_change_county_id" ON "bulk_change" ("county_id")')


def down(migrator, db):
    """The release before cannot put rows back at once; what was changed stays."""
    db.execute_sql('DROP TABLE "bulk_change"')
