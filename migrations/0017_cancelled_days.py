"""Cancelled market days, archived employers, and what a tablet's clock said of a fact whose time was corrected."""

ADD = (
    ('market_day', '"cancelled_at" BIGINT'),
    ('market_day', '"cancelled_by" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"cancelled_why" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('employer', '"archived_at" BIGINT'),
    ('operation', '"recorded_ms" BIGINT'),
)


def up(migrator, db):
    for table, column in ADD:
        db.execute_sql('ALTER TABLE "%s" ADD COLUMN %s' % (table, column))


def down(migrator, db):
    for table, column in reversed(ADD):
        db.execute_sql('ALTER TABLE "%s" DROP COLUMN %s' % (table, column.split()[0]))
