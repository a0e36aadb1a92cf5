"""Versions of the privacy notice, tablets that were lost, complaints and what was done about each."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = '"id" %s' % ('INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY')
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    number = '"number" INTEGER NOT NULL'
    db.execute_sql(
        'CREATE TABLE "notice_version" (%s, %s, "language" VARCHAR(8) NOT NULL, "since" BIGINT NOT NULL,'
        ' "text" TEXT NOT NULL, PRIMARY KEY ("county_id", "number", "language"))' % (county, number)
    )
    db.execute_sql(
        'CREATE TABLE "incident" (%s, %s, %s, "device_id" INTEGER NOT NULL REFERENCES "device" ("id") ON DELETE CASCADE,'
        ' "known_at" BIGINT NOT NULL, "how" VARCHAR(200) NOT NULL, "who" VARCHAR(64) NOT NULL, "holds" TEXT NOT NULL,'
        ' "closed_at" BIGINT, "closed_by" VARCHAR(64) NOT NULL)' % (key, county, number)
    )
    db.execute_sql('CREATE UNIQUE INDEX "incident_county_id_number" ON "incident" ("county_id", "number")')
    db.execute_sql('CREATE INDEX "incident_device_id" ON "incident" ("device_id")')
    db.execute_sql(
        'CREATE TABLE "incident_step" ("incident_id" INTEGER NOT NULL REFERENCES "incident" ("id") ON DELETE CASCADE,'
        ' "step" VARCHAR(16) NOT NULL, "at" BIGINT NOT NULL, "who" VARCHAR(64) NOT NULL, "note" VARCHAR(200) NOT NULL,'
        ' PRIMARY KEY ("incident_id", "step"))'
    )
    db.execute_sql(
        'CREATE TABLE "complaint" (%s, %s, %s, "received_on" DATE NOT NULL, "due_on" DATE NOT NULL,'
        ' "channel" VARCHAR(16) NOT NULL, "topic" VARCHAR(16) NOT NULL,'
        ' "employer_id" INTEGER REFERENCES "employer" ("id") ON DELETE SET NULL,'
        ' "vacancy" VARCHAR(7) NOT NULL, "desk" VARCHAR(60) NOT NULL, "candidate" VARCHAR(36),'
        ' "name" VARCHAR(100) NOT NULL, "phone" VARCHAR(32) NOT NULL, "text" TEXT NOT NULL, "who" VARCHAR(64) NOT NULL,'
        ' "outcome" VARCHAR(16) NOT NULL, "closed_on" DATE, "is_cleared" BOOLEAN NOT NULL)' % (key, county, number)
    )
    db.execute_sql('CREATE UNIQUE INDEX "complaint_county_id_number" ON "complaint" ("county_id", "number")')
    for column in ('employer_id', 'candidate', 'phone'):
        db.execute_sql('CREATE INDEX "complaint_%s" ON "complaint" ("%s")' % (column, column))
    db.execute_sql(
        'CREATE TABLE "complaint_step" (%s, "complaint_id" INTEGER NOT NULL REFERENCES "complaint" ("id")'
        ' ON DELETE CASCADE, "at" BIGINT NOT NULL, "who" VARCHAR(64) NOT NULL, "text" TEXT NOT NULL)' % key
    )
    db.execute_sql('CREATE INDEX "complaint_step_complaint_id" ON "complaint_step" ("complaint_id")')


def down(migrator, db):
    """The release before knows none of these papers; they go with its tables."""
    for table in ('complaint_step', 'complaint', 'incident_step', 'incident', 'notice_version'):
        db.execute_sql('DROP TABLE "%s"' % table)
