"""Sessions end with their version, and the number of a person or a key that is gone is never given again."""

from peewee import *

NEVER_AGAIN = ('access_token', 'operator', 'organiser')  # no other table refers to them
PLAIN = '"id" INTEGER NOT NULL PRIMARY KEY'


def up(migrator, db):
    db.execute_sql('ALTER TABLE "organiser" ADD COLUMN "session_version" INTEGER NOT NULL DEFAULT 1')
    if isinstance(db, SqliteDatabase):  # PostgreSQL's sequences never go back
        for table in NEVER_AGAIN:
            _make_again(db, table, PLAIN, PLAIN + ' AUTOINCREMENT')


def down(migrator, db):
    if isinstance(db, SqliteDatabase):
        for table in NEVER_AGAIN:
            _make_again(db, table, PLAIN + ' AUTOINCREMENT', PLAIN)
    db.execute_sql('ALTER TABLE "organiser" DROP COLUMN "session_version"')


def _make_again(db, table, old, new):
    """Make a table anew with another key, and put its rows and indexes back."""
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    ((sql,),) = db.execute_sql(made, (table, 'table')).fetchall()
    indexes = [index for (index,) in db.execute_sql(made, (table, 'index')).fetchall()]
    assert old in sql, sql
    columns = ', '.join('"%s"' % column.name for column in db.get_columns(table))
    db.execute_sql('ALTER TABLE "%s" RENAME TO "%s_before"' % (table, table))
    db.execute_sql(sql.replace(old, new))
    db.execute_sql('INSERT INTO "%s" (%s) SELECT %s FROM "%s_before"' % (table, columns, columns, table))
    db.execute_sql('DROP TABLE "%s_before"' % table)
    for index in indexes:
        db.execute_sql(index)
