"""Drafts of vacancies, which need no market day, and the visits they come from; transport; an agency's true employer.

Campaigns of the city, which have no county. Which papers of an employer were seen.
"""

from peewee import *

TEXT = (
    '"transport" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"true_employer" VARCHAR(255) NOT NULL DEFAULT \'\'',
)
PAPERS = (
    '"papers" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"papers_by" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"papers_on" DATE',
)
COUNTY = '"county_id" INTEGER NOT NULL,'
NULLABLE = '"county_id" INTEGER,'


def up(migrator, db):
    kind = 'INTEGER NOT NULL DEFAULT 0' if isinstance(db, SqliteDatabase) else 'BOOLEAN NOT NULL DEFAULT FALSE'
    db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN "draft" %s' % kind)
    for column in TEXT:
        db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN %s' % column)
    for column in PAPERS:
        db.execute_sql('ALTER TABLE "employer" ADD COLUMN %s' % column)
    visit = '"visit_id" INTEGER REFERENCES "employer_visit" ("id") ON DELETE SET NULL'
    db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN %s' % visit)
    db.execute_sql('CREATE INDEX "vacancy_visit_id" ON "vacancy" ("visit_id")')
    if isinstance(db, SqliteDatabase):  # it cannot drop NOT NULL
        _change_text(db, 'campaign', COUNTY, NULLABLE)
    else:
        db.execute_sql('ALTER TABLE "campaign" ALTER COLUMN "county_id" DROP NOT NULL')


def down(migrator, db):
    """A draft has no place in the release before, for no market day offers it; nor have the city's campaigns."""
    db.execute_sql('DELETE FROM "vacancy" WHERE "draft"')
    db.execute_sql('DROP INDEX "vacancy_visit_id"')
    for column in ('visit_id', 'true_employer', 'transport', 'draft'):
        db.execute_sql('ALTER TABLE "vacancy" DROP COLUMN "%s"' % column)
    for column in PAPERS:
        db.execute_sql('ALTER TABLE "employer" DROP COLUMN %s' % column.split()[0])
    db.execute_sql('DELETE FROM "campaign" WHERE "county_id" IS NULL')
    if isinstance(db, SqliteDatabase):
        _change_text(db, 'campaign', NULLABLE, COUNTY)
    else:
        db.execute_sql('ALTER TABLE "campaign" ALTER COLUMN "county_id" SET NOT NULL')


def _change_text(db, table, old, new):
    """Change one column in the text of a table's schema, as SQLite advises where a NOT NULL comes or goes.

    The table cannot be made again: to drop the old one would carry out what other tables want done when its rows go.
    """
    ((sql,),) = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = ? AND type = 'table'", (table,)).fetchall()
    ((version,),) = db.execute_sql('PRAGMA schema_version').fetchall()
    assert sql.count(old) == 1, sql
    db.execute_sql('PRAGMA writable_schema = ON')
    changed = "UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'"
    db.execute_sql(changed, (sql.replace(old, new), table))
    db.execute_sql('PRAGMA schema_version = %d' % (version + 1))
    db.execute_sql('PRAGMA writable_schema = OFF')
