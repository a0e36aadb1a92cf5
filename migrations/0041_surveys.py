"""Intention surveys: their people, the attempts to reach them, and their answers."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    survey = '"survey_id" INTEGER NOT NULL REFERENCES "survey" ("id") ON DELETE CASCADE'
    person = '"person_id" VARCHAR(36) NOT NULL REFERENCES "survey_person" ("id") ON DELETE CASCADE'
    truth = 'INTEGER' if is_sqlite else 'BOOLEAN'
    db.execute_sql(
        'CREATE TABLE "survey" ("id" %s, "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "name" VARCHAR(255) NOT NULL, "begins_on" DATE NOT NULL, "ends_on" DATE NOT NULL,'
        ' "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL)' % key
    )
    db.execute_sql('CREATE INDEX "survey_county_id" ON "survey" ("county_id")')
    db.execute_sql(
        'CREATE TABLE "survey_person" ("id" VARCHAR(36) NOT NULL PRIMARY KEY, %s, "bureau_id" VARCHAR(64) NOT NULL,'
        ' "name" VARCHAR(100) NOT NULL, "phone" VARCHAR(32), "village" VARCHAR(64) NOT NULL, "group" VARCHAR(32) NOT NULL,'
        ' "may_contact" %s NOT NULL, "token_hash" VARCHAR(64))' % (survey, truth)
    )
    db.execute_sql('CREATE INDEX "survey_person_phone" ON "survey_person" ("phone")')
    db.execute_sql('CREATE UNIQUE INDEX "survey_person_token_hash" ON "survey_person" ("token_hash")')
    db.execute_sql('CREATE UNIQUE INDEX "survey_person_survey_id_bureau_id" ON "survey_person" ("survey_id", "bureau_id")')
    db.execute_sql('CREATE INDEX "survey_person_survey_id_village" ON "survey_person" ("survey_id", "village")')
    db.execute_sql(
        'CREATE TABLE "survey_answer" ("id" VARCHAR(36) NOT NULL PRIMARY KEY, %s, %s, "at" BIGINT NOT NULL,'
        ' "channel" VARCHAR(16) NOT NULL, "who" VARCHAR(255) NOT NULL, "intention" VARCHAR(16) NOT NULL,'
        ' "trade" VARCHAR(32) NOT NULL, "place" VARCHAR(16) NOT NULL, "month" VARCHAR(7) NOT NULL)' % (survey, person)
    )
    db.execute_sql(
        'CREATE TABLE "survey_attempt" ("id" VARCHAR(36) NOT NULL PRIMARY KEY, %s, %s, "at" BIGINT NOT NULL,'
        ' "who" VARCHAR(255) NOT NULL, "channel" VARCHAR(16) NOT NULL, "result" VARCHAR(16) NOT NULL,'
        ' "next_on" VARCHAR(10) NOT NULL, "note" VARCHAR(100) NOT NULL)' % (survey, person)
    )
    for table in ('survey_answer', 'survey_attempt'):
        for column in ('survey_id', 'person_id'):
            db.execute_sql('CREATE INDEX "%s_%s" ON "%s" ("%s")' % (table, column, table, column))


def down(migrator, db):
    """Surveys have no place in the release before."""
    for table in ('survey_attempt', 'survey_answer', 'survey_person', 'survey'):
        db.execute_sql('DROP TABLE "%s"' % table)
