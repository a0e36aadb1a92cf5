"""Lists of people that were handed to employers, and which notices were sent by mail.

How it is known that somebody belongs to a key group. Consents are found by vacancy.
"""

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
    log = '"tablet_id" INTEGER NOT NULL REFERENCES "log" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "group_evidence" (%s, "seq" INTEGER NOT NULL, "candidate" VARCHAR(36) NOT NULL,'
        ' "code" VARCHAR(32) NOT NULL, "level" VARCHAR(8) NOT NULL, "effective_ms" BIGINT NOT NULL,'
        ' PRIMARY KEY ("tablet_id", "seq"))' % log
    )
    db.execute_sql('CREATE INDEX "group_evidence_candidate" ON "group_evidence" ("candidate")')
    db.execute_sql(
        'CREATE TABLE "sent_notice" (%s, "key" VARCHAR(60) NOT NULL, "sent_at" BIGINT NOT NULL,'
        ' PRIMARY KEY ("county_id", "key"))' % county
    )
    db.execute_sql('CREATE INDEX "consent_vacancy" ON "consent" ("vacancy")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "consent_vacancy"')
    for table in ('group_evidence', 'sent_notice', 'handed_person', 'handed_list'):
        db.execute_sql('DROP TABLE "%s"' % table)
