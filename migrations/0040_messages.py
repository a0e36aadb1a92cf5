"""Text messages: mailings, their messages, and who wants none."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "opt_out" (%s, "key" VARCHAR(64) NOT NULL, "at" BIGINT NOT NULL, "how" VARCHAR(16) NOT NULL,'
        ' "who" VARCHAR(255) NOT NULL, PRIMARY KEY ("county_id", "key"))' % county
    )
    db.execute_sql(
        'CREATE TABLE "mailing" ("id" %s, %s, "audience" VARCHAR(8) NOT NULL, "about" INTEGER NOT NULL,'
        ' "purpose" VARCHAR(255) NOT NULL, "language" VARCHAR(8) NOT NULL, "text" TEXT NOT NULL,'
        ' "state" VARCHAR(8) NOT NULL, "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL,'
        ' "begun_by" VARCHAR(255) NOT NULL, "begun_at" BIGINT, "trouble" VARCHAR(255) NOT NULL)' % (key, county)
    )
    db.execute_sql('CREATE INDEX "mailing_county_id" ON "mailing" ("county_id")')
    db.execute_sql('CREATE INDEX "mailing_begun_at" ON "mailing" ("begun_at")')
    db.execute_sql(
        'CREATE TABLE "message" ("id" VARCHAR(36) NOT NULL PRIMARY KEY,'
        ' "mailing_id" INTEGER NOT NULL REFERENCES "mailing" ("id") ON DELETE CASCADE,'
        ' "recipient" VARCHAR(36) NOT NULL, "state" VARCHAR(8) NOT NULL, "reason" VARCHAR(64) NOT NULL,'
        ' "number" VARCHAR(64) NOT NULL, "claimed_at" BIGINT, "settled_at" BIGINT, "settled_by" VARCHAR(255) NOT NULL)'
    )
    db.execute_sql('CREATE INDEX "message_recipient" ON "message" ("recipient")')
    db.execute_sql('CREATE UNIQUE INDEX "message_mailing_id_recipient" ON "message" ("mailing_id", "recipient")')
    db.execute_sql('CREATE INDEX "message_mailing_id_state" ON "message" ("mailing_id", "state")')


def down(migrator, db):
    """That messages were sent, and who wants none, has no place in the release before."""
    for table in ('message', 'mailing', 'opt_out'):
        db.execute_sql('DROP TABLE "%s"' % table)
