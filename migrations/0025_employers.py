"""Employers: a contact that is sealed, whom an agency hires for, and the visits that the office pays them."""

ADD = (
    '"sealed" TEXT NOT NULL DEFAULT \'\'',
    '"hires_for" TEXT NOT NULL DEFAULT \'\'',
)


def up(migrator, db):
    from peewee import SqliteDatabase

    for column in ADD:
        db.execute_sql('ALTER TABLE "employer" ADD COLUMN %s' % column)
    key = 'INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT' if isinstance(db, SqliteDatabase) else 'SERIAL NOT NULL PRIMARY KEY'
    db.execute_sql(
        'CREATE TABLE "employer_visit" ("id" %s, "employer_id" INTEGER NOT NULL REFERENCES "employer" ("id")'
        ' ON DELETE CASCADE, "day" DATE NOT NULL, "went" VARCHAR(255) NOT NULL, "met" VARCHAR(255) NOT NULL,'
        ' "needs" TEXT NOT NULL, "next_day" DATE, "noted_by" VARCHAR(255) NOT NULL)' % key
    )
    db.execute_sql('CREATE INDEX "employer_visit_employer_id" ON "employer_visit" ("employer_id")')


def down(migrator, db):
    db.execute_sql('DROP TABLE "employer_visit"')
    for column in reversed(ADD):
        db.execute_sql('ALTER TABLE "employer" DROP COLUMN %s' % column.split()[0])
