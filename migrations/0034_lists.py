"""Lists of people that were handed to employers, employers' links, and notices that were sent by mail."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    employer = '"employer_id" INTEGER NOT NULL REFERENCES "employer" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "handed_list" ("id" %s, %s, %s, "purpose" VARCHAR(255) NOT NULL, "taken_by" VARCHAR(255) NOT NULL,'
        ' "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL, "expires_on" DATE NOT NULL)'
        % (key, county, employer)
    )
    db.execute_sql('CREATE INDEX "handed_list_county_id" ON "handed_list" ("county_id")')
    db.execute_sql('CREATE INDEX "handed_list_employer_id" ON "handed_list" ("employer_id")')
    db.execute_sql(
        'CREATE TABLE "handed_person" ("list_id" INTEGER NOT NULL REFERENCES "handed_list" ("id") ON DELETE CASCADE,'
        ' "candidate" VARCHAR(36) NOT NULL, "vacancy" VARCHAR(7) NOT NULL,'
        ' PRIMARY KEY ("list_id", "candidate", "vacancy"))'
    )
    db.execute_sql('CREATE INDEX "handed_person_candidate" ON "handed_person" ("candidate")')
    db.execute_sql('CREATE INDEX "consent_vacancy" ON "consent" ("vacancy")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "consent_vacancy"')
    for table in ('handed_person', 'handed_list'):
        db.execute_sql('DROP TABLE "%s"' % table)
