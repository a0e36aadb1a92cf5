"""Candidates: found by person without reading everybody who was ever registered."""

# Every check-in asks for the registrations of its persons (models/derived/announcement.py).
INDEX = 'candidate_person'


def up(migrator, db):
    db.execute_sql('CREATE INDEX "%s" ON "candidate" ("person")' % INDEX)


def down(migrator, db):
    db.execute_sql('DROP INDEX "%s"' % INDEX)
