"""Tablets: the secret with which one takes its log up again, and how many facts it said it lost."""

from peewee import *


def up(migrator, db):
    # Nullable, so that SQLite adds the columns without building the table anew under its foreign keys.
    migrator.migrate(
        migrator.add_column('tablet', 'resume_hash', CharField(max_length=64, null=True)),
        migrator.add_column('tablet', 'lost', IntegerField(null=True)),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column('tablet', 'resume_hash'),
        migrator.drop_column('tablet', 'lost'),
    )
