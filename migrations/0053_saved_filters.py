"""Views of lists that somebody keeps under a name, for themselves or for the county."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    flag = 'INTEGER' if is_sqlite else 'BOOLEAN'
    db.execute_sql(
        'CREATE TABLE "saved_filter" ("id" %s,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "owner_id" INTEGER NOT NULL REFERENCES "organiser" ("id") ON DELETE CASCADE,'
        ' "listing" VARCHAR(48) NOT NULL, "name" VARCHAR(40) NOT NULL, "query" VARCHAR(500) NOT NULL,'
        ' "is_shared" %s NOT NULL, "made_at" BIGINT NOT NULL)' % (key, flag)
    )
    db.execute_sql('CREATE INDEX "saved_filter_owner_id" ON "saved_filter" ("owner_id")')
    db.execute_sql('CREATE INDEX "saved_filter_county_id_listing" ON "saved_filter" ("county_id", "listing")')


def down(migrator, db):
    """The release before keeps no views of lists."""
    db.execute_sql('DROP TABLE "saved_filter"')
