"""The audit log says which row of the set-up an entry is about, what changed in it, and why."""

ADD = (
    '"thing" VARCHAR(32) NOT NULL DEFAULT \'\'',
    '"thing_id" VARCHAR(40) NOT NULL DEFAULT \'\'',
    '"name" VARCHAR(255) NOT NULL DEFAULT \'\'',
    '"changes" TEXT NOT NULL DEFAULT \'\'',
    '"why" TEXT NOT NULL DEFAULT \'\'',
)
INDEXES = {
    'audit_entry_county_id_id': '"county_id", "id"',
    'audit_entry_thing_thing_id_county_id': '"thing", "thing_id", "county_id"',
}


def up(migrator, db):
    for column in ADD:
        db.execute_sql('ALTER TABLE "audit_entry" ADD COLUMN %s' % column)
    db.execute_sql('DROP INDEX "auditentry_county_id"')
    for name, columns in INDEXES.items():
        db.execute_sql('CREATE INDEX "%s" ON "audit_entry" (%s)' % (name, columns))


def down(migrator, db):
    for name in INDEXES:
        db.execute_sql('DROP INDEX "%s"' % name)
    db.execute_sql('CREATE INDEX "auditentry_county_id" ON "audit_entry" ("county_id")')
    for column in reversed(ADD):
        db.execute_sql('ALTER TABLE "audit_entry" DROP COLUMN %s' % column.split()[0])
