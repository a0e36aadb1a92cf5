"""Workbooks of a county's superior, and which figures belong into their cells."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    blob = 'BLOB' if is_sqlite else 'BYTEA'
    db.execute_sql(
        'CREATE TABLE "superior_form" ("id" %s,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "name" VARCHAR(100) NOT NULL, "size" INTEGER NOT NULL, "content" %s NOT NULL,'
        ' "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL)' % (key, blob)
    )
    db.execute_sql('CREATE INDEX "superior_form_county_id" ON "superior_form" ("county_id")')
    db.execute_sql(
        'CREATE TABLE "superior_cell" ("id" %s,'
        ' "superior_form_id" INTEGER NOT NULL REFERENCES "superior_form" ("id") ON DELETE CASCADE,'
        ' "sheet" VARCHAR(31) NOT NULL, "cell" VARCHAR(10) NOT NULL, "figure" VARCHAR(40) NOT NULL)' % key
    )
    db.execute_sql(
        'CREATE UNIQUE INDEX "superior_cell_superior_form_id_sheet_cell"'
        ' ON "superior_cell" ("superior_form_id", "sheet", "cell")'
    )


def down(migrator, db):
    """The release before fills nobody's workbook."""
    for table in ('superior_cell', 'superior_form'):
        db.execute_sql('DROP TABLE "%s"' % table)
