"""After the day: attempts to reach people, and what help they were given. Both follow from operations."""

from peewee import *

COMMON = (
    '"id" VARCHAR(36) NOT NULL, "node" VARCHAR(36) NOT NULL, "person" VARCHAR(36) NOT NULL,'
    ' "market_day_id" INTEGER NOT NULL REFERENCES "market_day" ("id") ON DELETE CASCADE, "at_ms" BIGINT NOT NULL'
)
TABLES = {
    'contact_attempt': '"channel" VARCHAR(32) NOT NULL, "result" VARCHAR(32) NOT NULL, "next_on" VARCHAR(10),'
    ' "outcome" VARCHAR(32), "place" VARCHAR(16), "work_at" VARCHAR(100) NOT NULL, "note" VARCHAR(100) NOT NULL',
    'assistance': '"what" VARCHAR(16) NOT NULL, "about" VARCHAR(40) NOT NULL',
}


def up(migrator, db):
    for table, columns in TABLES.items():
        db.execute_sql(
            'CREATE TABLE "%s" (%s, %s, "who" VARCHAR(64) NOT NULL, PRIMARY KEY ("node", "id"))'
            % (table, COMMON, columns)
        )
        for column in ('person', 'market_day_id'):
            db.execute_sql('CREATE INDEX "%s_%s" ON "%s" ("%s")' % (table, column, table, column))


def down(migrator, db):
    """What the office found out after a market day has no place in the release before; its logs go with it."""
    for table in TABLES:
        db.execute_sql('DROP TABLE "%s"' % table)
