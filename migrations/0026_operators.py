"""Operators: a person of the county instead of a name typed at each booth, and a duty for each booth of each day.

Every row becomes a duty that keeps its number, by which tablets and facts know the person at that booth. Rows that a
copied market day made of one another (same county, same name, same salt and hash) become one person; all others stay
apart, for nothing says that they are the same. No number is given a second time.
"""

from peewee import *

SAME = 'o."name", o."pin_salt", o."pin_hash", o."pin_iterations"'  # a salt is drawn anew for each PIN that is set


def up(migrator, db):
    is_sqlite = isinstance(db, SqliteDatabase)
    newest = _newest(db) if is_sqlite else 0
    db.execute_sql('CREATE TABLE "operator_people" AS %s' % _people())
    duties = db.execute_sql(
        'SELECT p."person", o."booth_id", o."id" FROM "operator" AS o'
        ' JOIN "operator_people" AS p ON p."id" = o."id" ORDER BY o."id"'
    ).fetchall()
    if is_sqlite:
        _make_again(db, newest)
    else:
        _alter(db)
    db.execute_sql('DROP TABLE "operator_people"')
    _duties(db, is_sqlite)
    for duty in duties:
        mark = '?' if is_sqlite else '%s'
        db.execute_sql(
            'INSERT INTO "duty" ("operator_id", "booth_id", "known_as") VALUES (%s)' % ', '.join([mark] * 3), duty
        )


def _people():
    """Whose each row is: the first of the rows that are copies of it, unless two of them stand at one booth."""
    rows = 'SELECT o."id", o."booth_id", d."county_id", %s FROM "operator" AS o' \
        ' JOIN "booth" AS b ON b."id" = o."booth_id" JOIN "market_day" AS d ON d."id" = b."market_day_id"' % SAME
    same = 'PARTITION BY "county_id", "name", "pin_salt", "pin_hash", "pin_iterations"'
    ranked = 'SELECT r.*, ROW_NUMBER() OVER (%s, "booth_id" ORDER BY "id") AS "place" FROM (%s) AS r' % (same, rows)
    return 'SELECT "id", "county_id", MIN("id") OVER (%s, "place") AS "person" FROM (%s) AS q' % (same, ranked)


def _duties(db, is_sqlite):
    key = 'INTEGER NOT NULL PRIMARY KEY' if is_sqlite else 'SERIAL NOT NULL PRIMARY KEY'
    db.execute_sql(
        'CREATE TABLE "duty" ("id" %s, "operator_id" INTEGER NOT NULL REFERENCES "operator" ("id") ON DELETE CASCADE,'
        ' "booth_id" INTEGER NOT NULL REFERENCES "booth" ("id") ON DELETE CASCADE, "known_as" INTEGER NOT NULL,'
        ' "withdrawn_at" BIGINT)' % key
    )
    db.execute_sql('CREATE INDEX "duty_operator_id" ON "duty" ("operator_id")')
    db.execute_sql('CREATE UNIQUE INDEX "duty_booth_id_known_as" ON "duty" ("booth_id", "known_as")')


def _newest(db):
    """The largest number that SQLite ever gave to an operator."""
    found = db.execute_sql('SELECT seq FROM sqlite_sequence WHERE name = \'operator\'').fetchone()
    return found[0] if found else 0


def _make_again(db, newest):
    db.execute_sql('DROP INDEX IF EXISTS "operator_booth_id"')
    db.execute_sql('ALTER TABLE "operator" RENAME TO "operator_before"')
    db.execute_sql(
        'CREATE TABLE "operator" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,'
        ' "county_id" INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE, "name" VARCHAR(255) NOT NULL,'
        ' "unit" VARCHAR(255) NOT NULL, "pin_salt" VARCHAR(32) NOT NULL, "pin_hash" VARCHAR(64) NOT NULL,'
        ' "pin_iterations" INTEGER NOT NULL, "pin_resets" INTEGER NOT NULL, "archived_at" BIGINT)'
    )
    db.execute_sql(
        'INSERT INTO "operator" SELECT o."id", p."county_id", o."name", \'\', o."pin_salt", o."pin_hash",'
        ' o."pin_iterations", 0, NULL FROM "operator_before" AS o JOIN "operator_people" AS p ON p."person" = o."id"'
        ' AND p."id" = o."id" ORDER BY o."id"'
    )
    db.execute_sql('DROP TABLE "operator_before"')
    db.execute_sql('CREATE INDEX "operator_county_id" ON "operator" ("county_id")')
    _never_again(db, newest)


def _never_again(db, newest):
    """A person who became one with an earlier one, and one who was deleted, leave their numbers to nobody."""
    db.execute_sql('DELETE FROM sqlite_sequence WHERE name IN (\'operator\', \'operator_before\')')
    db.execute_sql('INSERT INTO sqlite_sequence (name, seq) VALUES (\'operator\', ?)', (newest,))


def _alter(db):
    db.execute_sql(
        'DELETE FROM "operator" AS o USING "operator_people" AS p WHERE p."id" = o."id" AND p."person" <> o."id"'
    )
    for column in (
        '"county_id" INTEGER REFERENCES "county" ("id") ON DELETE CASCADE',
        '"unit" VARCHAR(255) NOT NULL DEFAULT \'\'',
        '"pin_resets" INTEGER NOT NULL DEFAULT 0',
        '"archived_at" BIGINT',
    ):
        db.execute_sql('ALTER TABLE "operator" ADD COLUMN %s' % column)
    db.execute_sql(
        'UPDATE "operator" AS o SET "county_id" = p."county_id" FROM "operator_people" AS p WHERE p."id" = o."id"'
    )
    db.execute_sql('ALTER TABLE "operator" ALTER COLUMN "county_id" SET NOT NULL')
    for column in ('unit', 'pin_resets'):
        db.execute_sql('ALTER TABLE "operator" ALTER COLUMN "%s" DROP DEFAULT' % column)
    db.execute_sql('ALTER TABLE "operator" DROP COLUMN "booth_id"')
    db.execute_sql('CREATE INDEX "operator_county_id" ON "operator" ("county_id")')


def down(migrator, db):
    """Each duty is an operator again. Of a person at several booths one keeps the number, the others get new ones."""
    is_sqlite = isinstance(db, SqliteDatabase)
    newest = _newest(db) if is_sqlite else 0
    rows = db.execute_sql(
        'SELECT t."known_as", t."booth_id", o."name", o."pin_salt", o."pin_hash", o."pin_iterations"'
        ' FROM "duty" AS t JOIN "operator" AS o ON o."id" = t."operator_id"'
        ' WHERE t."withdrawn_at" IS NULL ORDER BY t."known_as", t."id"'
    ).fetchall()
    db.execute_sql('DROP TABLE "duty"')
    if is_sqlite:
        db.execute_sql('DROP TABLE "operator"')
        db.execute_sql(
            'CREATE TABLE "operator" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "booth_id" INTEGER NOT NULL,'
            ' "name" VARCHAR(255) NOT NULL, "pin_salt" VARCHAR(32) NOT NULL, "pin_hash" VARCHAR(64) NOT NULL,'
            ' "pin_iterations" INTEGER NOT NULL,'
            ' FOREIGN KEY ("booth_id") REFERENCES "booth" ("id") ON DELETE CASCADE)'
        )
        _never_again(db, newest)
    else:
        db.execute_sql('DELETE FROM "operator"')
        for column in ('county_id', 'unit', 'pin_resets', 'archived_at'):
            db.execute_sql('ALTER TABLE "operator" DROP COLUMN "%s"' % column)
        db.execute_sql(
            'ALTER TABLE "operator" ADD COLUMN "booth_id" INTEGER NOT NULL REFERENCES "booth" ("id") ON DELETE CASCADE'
        )
    db.execute_sql('CREATE INDEX "operator_booth_id" ON "operator" ("booth_id")')
    _fill_again(db, rows, '?' if is_sqlite else '%s')


def _fill_again(db, rows, mark):
    columns = ('"booth_id"', '"name"', '"pin_salt"', '"pin_hash"', '"pin_iterations"')
    insert = 'INSERT INTO "operator" (%s) VALUES (%s)'
    given, again = set(), []
    for row in rows:
        if row[0] in given:
            again.append(row[1:])
        else:
            given.add(row[0])
            db.execute_sql(insert % (', '.join(('"id"', *columns)), ', '.join([mark] * 6)), row)
    for row in again:
        db.execute_sql(insert % (', '.join(columns), ', '.join([mark] * 5)), row)
