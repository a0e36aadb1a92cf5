"""Rounds of surveys from door to door: where they go, and what their tablets recorded there."""

from peewee import *


def up(migrator, db):
    booth = 'REFERENCES "booth" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "survey_round" ("booth_id" INTEGER NOT NULL PRIMARY KEY %s,'
        ' "survey_id" INTEGER NOT NULL REFERENCES "survey" ("id") ON DELETE CASCADE)' % booth
    )
    db.execute_sql('CREATE INDEX "survey_round_survey_id" ON "survey_round" ("survey_id")')
    db.execute_sql(
        'CREATE TABLE "survey_round_village" ("booth_id" INTEGER NOT NULL %s, "village" VARCHAR(64) NOT NULL,'
        ' PRIMARY KEY ("booth_id", "village"))' % booth
    )
    db.execute_sql(
        'CREATE TABLE "door_call" ("tablet_id" INTEGER NOT NULL REFERENCES "log" ("id") ON DELETE CASCADE,'
        ' "seq" INTEGER NOT NULL, "id" VARCHAR(36) NOT NULL, "person" VARCHAR(36) NOT NULL, "step" VARCHAR(16) NOT NULL,'
        ' "intention" VARCHAR(16) NOT NULL, "trade" VARCHAR(32) NOT NULL, "place" VARCHAR(16) NOT NULL,'
        ' "month" VARCHAR(7) NOT NULL, "result" VARCHAR(16) NOT NULL, "undoes" VARCHAR(36) NOT NULL,'
        ' "effective_ms" BIGINT NOT NULL, PRIMARY KEY ("tablet_id", "seq"))'
    )
    db.execute_sql('CREATE INDEX "door_call_person" ON "door_call" ("person")')


def down(migrator, db):
    """The operations stay; the release before keeps them as they are and counts nothing of them."""
    for table in ('door_call', 'survey_round_village', 'survey_round'):
        db.execute_sql('DROP TABLE "%s"' % table)
