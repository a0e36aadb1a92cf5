"""Series of market days that were planned at once; how often what a calendar shows of a day changed."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    db.execute_sql(
        'CREATE TABLE "series" ("id" %s, "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE,'
        ' "starts_on" DATE NOT NULL, "ends_on" DATE NOT NULL, "towns" INTEGER NOT NULL, "days" INTEGER NOT NULL,'
        ' "source" VARCHAR(8) NOT NULL, "made_at" BIGINT NOT NULL, "made_by" VARCHAR(255) NOT NULL,'
        ' "undone_at" BIGINT, "undone_by" VARCHAR(255) NOT NULL)' % key
    )
    db.execute_sql('CREATE INDEX "series_county_id" ON "series" ("county_id")')
    series = '"series_id" INTEGER REFERENCES "series" ("id") ON DELETE SET NULL'
    db.execute_sql('ALTER TABLE "market_day" ADD COLUMN %s' % series)
    db.execute_sql('CREATE INDEX "market_day_series_id" ON "market_day" ("series_id")')
    db.execute_sql('ALTER TABLE "market_day" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0')
    db.execute_sql('ALTER TABLE "market_day" ADD COLUMN "revised_at" BIGINT')


def down(migrator, db):
    """Which days were planned together has no place in the release before; the days stay."""
    db.execute_sql('DROP INDEX "market_day_series_id"')
    for column in ('revised_at', 'revision', 'series_id'):
        db.execute_sql('ALTER TABLE "market_day" DROP COLUMN "%s"' % column)
    db.execute_sql('DROP TABLE "series"')
