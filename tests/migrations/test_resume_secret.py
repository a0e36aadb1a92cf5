"""Migration 0002 adds to a database in use: a tablet enrolled before it is still that tablet."""

from importlib import import_module

from playhouse.migrate import SchemaMigrator

from models.base.database import db
from models.market.tablet import Tablet


def test_tablets_and_their_facts_outlive_the_migration(database, fair, enrol, operation):
    migrator = SchemaMigrator.from_database(db.obj)
    # Since 0021 the secret is a device's, and since 0038 a lost device has a record.
    later = [import_module(f"migrations.{name}") for name in ("0038_papers", "0021_device")]
    migration = import_module("migrations.0002_resume_and_loss")
    down, up = [one.down for one in later], [one.up for one in reversed(later)]
    tablet = enrol(fair.desk)
    tablet.sync(operation(1, "tally.counted", topic="leaflet", count=1))
    for step in (*down, migration.down, migration.up, *up):
        with db.atomic():
            step(migrator, db.obj)

    kept = Tablet.get_by_id(tablet.tablet.id)
    assert (kept.acknowledged, kept.device.resume_hash, kept.lost) == (1, None, None)
    assert tablet.sync(operation(2, "tally.counted", topic="leaflet", count=1)).json["acknowledged"] == 2
