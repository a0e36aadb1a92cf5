"""People in the office: keys by which a county's candidates are searched, and who the office says is one person.

The keys are filled by `flask migrate` itself (models/derived/person_key.py), for it reads names in pinyin.
"""

from peewee import *


def up(migrator, db):
    text = '' if isinstance(db, SqliteDatabase) else ' COLLATE "C"'  # beginnings are found by bytes
    county = 'INTEGER NOT NULL REFERENCES "county" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "person_key" ("county_id" %s, "key" VARCHAR(48)%s NOT NULL, "candidate" VARCHAR(36) NOT NULL,'
        ' PRIMARY KEY ("county_id", "key", "candidate"))' % (county, text)
    )
    db.execute_sql('CREATE INDEX "person_key_candidate" ON "person_key" ("candidate")')
    log = 'INTEGER NOT NULL REFERENCES "log" ("id") ON DELETE CASCADE'
    db.execute_sql(
        'CREATE TABLE "same_person" ("tablet_id" %s, "seq" INTEGER NOT NULL, "one" VARCHAR(36) NOT NULL,'
        ' "other" VARCHAR(36) NOT NULL, "is_one" BOOLEAN NOT NULL, "effective_ms" BIGINT NOT NULL,'
        ' PRIMARY KEY ("tablet_id", "seq"))' % log
    )
    for column in ('one', 'other'):
        db.execute_sql('CREATE INDEX "same_person_%s" ON "same_person" ("%s")' % (column, column))


def down(migrator, db):
    db.execute_sql('DROP TABLE "same_person"')
    db.execute_sql('DROP TABLE "person_key"')
