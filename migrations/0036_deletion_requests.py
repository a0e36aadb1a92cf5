"""Deletions that were asked for on a phone and wait for the office, because the person has more registrations."""

from peewee import *


def up(migrator, db):
    class County(Model):
        class Meta:
            database = db
            table_name = 'county'

    class DeletionRequest(Model):
        candidate = CharField(max_length=36, primary_key=True)
        county = ForeignKeyField(County, on_delete='CASCADE')
        at = BigIntegerField()
        class Meta:
            database = db
            table_name = 'deletion_request'
    db.create_tables([DeletionRequest])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('deletion_request'))
