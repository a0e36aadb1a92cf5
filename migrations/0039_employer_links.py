"""Links that open an employer's own pages, what employers write with them, and which lists they took with them."""

from peewee import *


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    key = '"id" INTEGER NOT NULL PRIMARY KEY' if is_sqlite else '"id" SERIAL NOT NULL PRIMARY KEY'
    county, employer = (_refers(name) for name in ('county', 'employer'))
    db.execute_sql(
        'CREATE TABLE "employer_link" (%s, %s, %s, "market_day_id" INTEGER REFERENCES "market_day" ("id") ON DELETE CASCADE,'
        ' "name" VARCHAR(255) NOT NULL, "purpose" VARCHAR(255) NOT NULL, "token_hash" VARCHAR(64) NOT NULL,'
        ' "made_by" VARCHAR(255) NOT NULL, "made_at" BIGINT NOT NULL, "ends_on" DATE NOT NULL, "revoked_at" BIGINT)'
        % (key, county, employer)
    )
    db.execute_sql('CREATE UNIQUE INDEX "employer_link_token_hash" ON "employer_link" ("token_hash")')
    for column in ('county_id', 'employer_id', 'market_day_id'):
        db.execute_sql('CREATE INDEX "employer_link_%s" ON "employer_link" ("%s")' % (column, column))
    db.execute_sql(
        'CREATE TABLE "vacancy_proposal" (%s, %s, %s, %s,'
        ' "link_id" INTEGER REFERENCES "employer_link" ("id") ON DELETE SET NULL, "who" VARCHAR(255) NOT NULL,'
        ' "kind" VARCHAR(16) NOT NULL, "asked" TEXT NOT NULL, "stood" TEXT NOT NULL, "at" BIGINT NOT NULL,'
        ' "state" VARCHAR(16) NOT NULL, "decided_by" VARCHAR(255) NOT NULL, "decided_at" BIGINT,'
        ' "why" VARCHAR(255) NOT NULL)' % (key, county, employer, _refers('vacancy'))
    )
    for column in ('employer_id', 'vacancy_id', 'link_id'):
        db.execute_sql('CREATE INDEX "vacancy_proposal_%s" ON "vacancy_proposal" ("%s")' % (column, column))
    db.execute_sql('CREATE INDEX "vacancy_proposal_county_id_state" ON "vacancy_proposal" ("county_id", "state")')
    db.execute_sql(
        'ALTER TABLE "handed_list" ADD COLUMN "link_id" INTEGER REFERENCES "employer_link" ("id") ON DELETE SET NULL'
    )
    db.execute_sql('CREATE INDEX "handed_list_link_id" ON "handed_list" ("link_id")')


def down(migrator, db):
    """The release before knows no links: what was handed over stays, by whom and for what."""
    db.execute_sql('DROP INDEX "handed_list_link_id"')
    db.execute_sql('ALTER TABLE "handed_list" DROP COLUMN "link_id"')
    db.execute_sql('DROP TABLE "vacancy_proposal"')
    db.execute_sql('DROP TABLE "employer_link"')


def _refers(table):
    return '"%s_id" INTEGER NOT NULL REFERENCES "%s" ("id") ON DELETE CASCADE' % (table, table)
