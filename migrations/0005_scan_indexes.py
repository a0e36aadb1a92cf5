"""Scans: found by vacancy and by node without reading every scan there ever was."""

# Written out: peewee 4.5's add_index takes a column named "node" for something of its own.
INDEXES = {
    'scan_market_day_id_vacancy': '"scan" ("market_day_id", "vacancy")',
    'scan_node': '"scan" ("node")',
}


def up(migrator, db):
    for name, columns in INDEXES.items():
        db.execute_sql('CREATE INDEX "%s" ON %s' % (name, columns))


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql('DROP INDEX "%s"' % name)
