"""Migration 0002 adds to a database in use: a tablet enrolled before it is still that tablet."""

from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models.base.database import db
from models.market.tablet import Tablet


def test_tablets_and_their_facts_outlive_the_migration(database, fair, enrol, operation):
    migration = import_module("migrations.0002_resume_and_loss")
    migrator = SchemaMigrator.from_database(db.obj)
    tablet = enrol(fair.desk)
    tablet.sync(operation(1, "tally.counted", topic="leaflet", count=1))
    with db.atomic():
        migration.down(migrator, db.obj)
    with db.atomic():
        migration.up(migrator, db.obj)

    kept = Tablet.get_by_id(tablet.tablet.id)
    assert (kept.acknowledged, kept.resume_hash, kept.lost) == (1, None, None)
    assert tablet.sync(operation(2, "tally.counted", topic="leaflet", count=1)).json["acknowledged"] == 2
