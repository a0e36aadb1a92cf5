"""Batches of papers: which papers of which market days are made into one PDF, and the file until it goes."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    blob = 'BLOB' if is_sqlite else 'BYTEA'
    db.execute_sql(
        'CREATE TABLE "paper_batch" ("id" %s,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "days" VARCHAR(255) NOT NULL, "papers" VARCHAR(255) NOT NULL, "size" VARCHAR(2) NOT NULL,'
        ' "language" VARCHAR(8) NOT NULL, "state" VARCHAR(10) NOT NULL, "trouble" VARCHAR(16) NOT NULL,'
        ' "done" INTEGER NOT NULL, "total" INTEGER NOT NULL, "sheets" INTEGER NOT NULL, "content" %s,'
        ' "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL, "tries" INTEGER NOT NULL,'
        ' "claim" VARCHAR(36) NOT NULL, "claimed_at" BIGINT)' % (key, blob)
    )
    db.execute_sql('CREATE INDEX "paper_batch_county_id" ON "paper_batch" ("county_id")')
    db.execute_sql('CREATE INDEX "paper_batch_state" ON "paper_batch" ("state")')
    db.execute_sql('CREATE INDEX "paper_batch_made_at" ON "paper_batch" ("made_at")')


def down(migrator, db):
    """A file that was made once can be made again."""
    db.execute_sql('DROP TABLE "paper_batch"')
