"""Market days that are cancelled, with the reason; employers that are kept only for the days they had."""

ADD = (
    ('market_day', '"cancelled_at" BIGINT'),
    ('market_day', '"cancelled_by" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('market_day', '"cancelled_why" VARCHAR(255) NOT NULL DEFAULT \'\''),
    ('employer', '"archived_at" BIGINT'),
)


def up(migrator, db):
    for table, column in ADD:
        db.execute_sql('ALTER TABLE "%s" ADD COLUMN %s' % (table, column))


def down(migrator, db):
    for table, column in reversed(ADD):
        db.execute_sql('ALTER TABLE "%s" DROP COLUMN %s' % (table, column.split()[0]))
