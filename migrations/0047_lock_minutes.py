"""After how many minutes without a touch a county's tablets lock themselves."""

from peewee import *


def up(migrator, db):
    db.execute_sql('ALTER TABLE "county" ADD COLUMN "lock_minutes" INTEGER NOT NULL DEFAULT 5')


def down(migrator, db):
    """The release before locks after five minutes."""
    db.execute_sql('ALTER TABLE "county" DROP COLUMN "lock_minutes"')
