"""Drafts of vacancies, which need no market day, and the visits they come from; transport; an agency's true employer."""

from peewee import *

TEXT = (
    '"transport" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"true_employer" VARCHAR(255) NOT NULL DEFAULT \'\'',
)


def up(migrator, db):
    kind = 'INTEGER NOT NULL DEFAULT 0' if isinstance(db, SqliteDatabase) else 'BOOLEAN NOT NULL DEFAULT FALSE'
    db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN "draft" %s' % kind)
    for column in TEXT:
        db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN %s' % column)
    visit = '"visit_id" INTEGER REFERENCES "employer_visit" ("id") ON DELETE SET NULL'
    db.execute_sql('ALTER TABLE "vacancy" ADD COLUMN %s' % visit)
    db.execute_sql('CREATE INDEX "vacancy_visit_id" ON "vacancy" ("visit_id")')


def down(migrator, db):
    """A draft has no place in the release before: no market day offers it."""
    db.execute_sql('DELETE FROM "vacancy" WHERE "draft"')
    db.execute_sql('DROP INDEX "vacancy_visit_id"')
    for column in ('visit_id', 'true_employer', 'transport', 'draft'):
        db.execute_sql('ALTER TABLE "vacancy" DROP COLUMN "%s"' % column)
