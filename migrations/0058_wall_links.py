"""Links that show the wall of a county's market days on a screen without an account."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = '"id" INTEGER NOT NULL PRIMARY KEY' if is_sqlite else '"id" SERIAL NOT NULL PRIMARY KEY'
    flag = 'INTEGER NOT NULL' if is_sqlite else 'BOOLEAN NOT NULL'
    db.execute_sql(
        'CREATE TABLE "wall_link" (%s, "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "town_id" VARCHAR(12) REFERENCES "division" ("code"), "name" VARCHAR(255) NOT NULL, "theme" VARCHAR(8) NOT NULL,'
        ' "english" %s, "token_hash" VARCHAR(64) NOT NULL, "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL,'
        ' "revoked_at" BIGINT)' % (key, flag)
    )
    db.execute_sql('CREATE UNIQUE INDEX "wall_link_token_hash" ON "wall_link" ("token_hash")')
    for column in ('county_id', 'town_id'):
        db.execute_sql('CREATE INDEX "wall_link_%s" ON "wall_link" ("%s")' % (column, column))


def down(migrator, db):
    """The release before knows no walls: their screens show that the address opens nothing."""
    db.execute_sql('DROP TABLE "wall_link"')
