"""Spreadsheets that are taken in, their rows, and which columns somebody matched with which fields."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    yes = 'INTEGER NOT NULL' if is_sqlite else 'BOOLEAN NOT NULL'
    blob = 'BLOB' if is_sqlite else 'BYTEA'
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "sheet_import" ("id" %s, %s, "kind" VARCHAR(16) NOT NULL, "name" VARCHAR(255) NOT NULL,'
        ' "size" INTEGER NOT NULL, "content" %s, "state" VARCHAR(10) NOT NULL, "trouble" VARCHAR(32) NOT NULL,'
        ' "sheets" TEXT NOT NULL, "sheet" INTEGER NOT NULL, "heading" TEXT NOT NULL, "labels" TEXT NOT NULL,'
        ' "fields" TEXT NOT NULL, "without_hidden" %s, "mode" VARCHAR(4) NOT NULL, "is_checked" %s,'
        ' "done" INTEGER NOT NULL, "total" INTEGER NOT NULL, "counts" TEXT NOT NULL, "made_by" VARCHAR(255) NOT NULL,'
        ' "made_at" BIGINT NOT NULL, "touched_at" BIGINT NOT NULL, "applied_by" VARCHAR(255) NOT NULL,'
        ' "applied_at" BIGINT, "undone_by" VARCHAR(255) NOT NULL, "undone_at" BIGINT, "emptied" %s, "tries" INTEGER NOT NULL, "claim" VARCHAR(36) NOT NULL,'
        ' "claimed_at" BIGINT)' % (key, county, blob, yes, yes, yes)
    )
    db.execute_sql('CREATE INDEX "sheet_import_county_id" ON "sheet_import" ("county_id")')
    db.execute_sql('CREATE INDEX "sheet_import_state" ON "sheet_import" ("state")')
    db.execute_sql('CREATE INDEX "sheet_import_touched_at" ON "sheet_import" ("touched_at")')
    db.execute_sql(
        'CREATE TABLE "sheet_row" ("id" %s,'
        ' "sheet_import_id" INTEGER NOT NULL REFERENCES "sheet_import" ("id") ON DELETE CASCADE,'
        ' "sheet" INTEGER NOT NULL, "number" INTEGER NOT NULL, "hidden" %s, "cells" TEXT NOT NULL,'
        ' "state" VARCHAR(12) NOT NULL, "name" VARCHAR(255) NOT NULL, "thing" INTEGER, "values" TEXT NOT NULL,'
        ' "before" TEXT NOT NULL, "after" TEXT NOT NULL, "faults" TEXT NOT NULL, "applied" %s,'
        ' "why" VARCHAR(16) NOT NULL)' % (key, yes, yes)
    )
    db.execute_sql(
        'CREATE UNIQUE INDEX "sheet_row_sheet_import_id_sheet_number"'
        ' ON "sheet_row" ("sheet_import_id", "sheet", "number")'
    )
    db.execute_sql('CREATE INDEX "sheet_row_sheet_import_id_state" ON "sheet_row" ("sheet_import_id", "state")')
    db.execute_sql(
        'CREATE TABLE "sheet_match" ("id" %s, %s, "kind" VARCHAR(16) NOT NULL, "heading" VARCHAR(64) NOT NULL,'
        ' "fields" TEXT NOT NULL, "by" VARCHAR(255) NOT NULL, "at" BIGINT NOT NULL)' % (key, county)
    )
    db.execute_sql(
        'CREATE UNIQUE INDEX "sheet_match_county_id_kind_heading" ON "sheet_match" ("county_id", "kind", "heading")'
    )


def down(migrator, db):
    """What was taken in stays; that it came from a spreadsheet has no place in the release before."""
    for table in ('sheet_match', 'sheet_row', 'sheet_import'):
        db.execute_sql('DROP TABLE "%s"' % table)
