"""Remarks: an operation's reasons, each in a row of its own, filled from the one reason that stood."""

from peewee import *

# The reason that stands, and what lay hidden below another: that a pass was bound to somebody else before.
FILL = (
    'INSERT INTO remark (tablet_id, seq, reason) SELECT tablet_id, seq, reason FROM operation WHERE reason IS NOT NULL',
    "INSERT INTO remark (tablet_id, seq, reason) SELECT b.tablet_id, b.seq, 'pass_bound_twice' FROM pass_binding AS b"
    ' WHERE b.candidate <> (SELECT f.candidate FROM pass_binding AS f WHERE f.pass_number = b.pass_number'
    ' ORDER BY f.effective_ms, f.tablet_id, f.seq LIMIT 1) ON CONFLICT (tablet_id, seq, reason) DO NOTHING',
)


def up(migrator, db):
    SQLITE = isinstance(db, SqliteDatabase)

    class Log(Model):
        class Meta:
            database = db
            table_name = 'log'

    class Remark(Model):
        log = ForeignKeyField(Log, column_name='tablet_id', on_delete='CASCADE', index=False)
        seq = IntegerField()
        reason = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'remark'
            without_rowid = SQLITE
            primary_key = CompositeKey('log', 'seq', 'reason')
    db.create_tables([Remark])
    for statement in FILL:
        db.execute_sql(statement)


def down(migrator, db):
    migrator.migrate(migrator.drop_table('remark'))
