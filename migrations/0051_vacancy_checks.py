"""What a reviewer lets stand in a vacancy, and a county's minimum wages."""

from peewee import *


def up(migrator, db):
    key = 'INTEGER NOT NULL PRIMARY KEY' if isinstance(db, SqliteDatabase) else 'SERIAL NOT NULL PRIMARY KEY'
    county = '"county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "exemption" ("id" %s, "vacancy_id" INTEGER REFERENCES "vacancy" ("id") ON DELETE CASCADE,'
        ' "employer_id" INTEGER REFERENCES "employer" ("id") ON DELETE CASCADE, "field" VARCHAR(32) NOT NULL,'
        ' "rule" VARCHAR(32) NOT NULL, "word" VARCHAR(255) NOT NULL, "mark" VARCHAR(16) NOT NULL,'
        ' "why" TEXT NOT NULL, "who" VARCHAR(255) NOT NULL, "at" BIGINT NOT NULL)' % key
    )
    for of in ('vacancy', 'employer'):
        db.execute_sql('CREATE INDEX "exemption_%s_id" ON "exemption" ("%s_id")' % (of, of))
    db.execute_sql(
        'CREATE TABLE "minimum_wage" ("id" %s, %s, "valid_from" DATE NOT NULL, "month_fen" INTEGER NOT NULL,'
        ' "hour_fen" INTEGER NOT NULL, "source" VARCHAR(255) NOT NULL)' % (key, county)
    )
    db.execute_sql(
        'CREATE UNIQUE INDEX "minimum_wage_county_id_valid_from" ON "minimum_wage" ("county_id", "valid_from")'
    )


def down(migrator, db):
    """The release before asks again for each word that a rule stops, and compares no pay."""
    db.execute_sql('DROP TABLE "exemption"')
    db.execute_sql('DROP TABLE "minimum_wage"')
