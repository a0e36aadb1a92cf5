"""Migration 0002 adds to a database in use: a tablet enrolled before it is still that tablet."""

from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models.base.database import db
from models.market.tablet import Tablet


def test_tablets_and_their_facts_outlive_the_migration(database, fair, enrol, operation):
    later, migrator = import_module("migrations.0021_device"), SchemaMigrator.from_database(db.obj)
    migration = import_module("migrations.0002_resume_and_loss")
    tablet = enrol(fair.desk)
    tablet.sync(operation(1, "tally.counted", topic="leaflet", count=1))
    for step in (later.down, migration.down, migration.up, later.up):  # since 0021 the secret is a device's
        with db.atomic():
            step(migrator, db.obj)

    kept = Tablet.get_by_id(tablet.tablet.id)
    assert (kept.acknowledged, kept.device.resume_hash, kept.lost) == (1, None, None)
    assert tablet.sync(operation(2, "tally.counted", topic="leaflet", count=1)).json["acknowledged"] == 2
