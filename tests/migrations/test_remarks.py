"""Migration 0010 fills the remarks of a database in use: what was shown stays shown, also after the next facts."""

from importlib import import_module
from uuid import uuid4

from playhouse.migrate import SchemaMigrator

from models.base.database import db, fetch
from models.log.remark import Remark
from models.schema import Operation


def remarks() -> list[tuple]:
    return sorted(Remark.select(Remark.log, Remark.seq, Remark.reason).tuples())


def test_reasons_become_remarks_and_hidden_ones_are_found_again(database, fair, enrol, operation):
    migration = import_module("migrations.0010_remarks")
    migrator = SchemaMigrator.from_database(db.obj)
    person = {"name": "王芳", "birth_year": 1980}
    first, late = enrol(fair.desk), enrol(fair.clothing)
    somebody = str(uuid4())
    first.sync(
        operation(1, "candidate.registered", **person, pass_=fair.passes[0]),
        operation(2, "umbrella.lent", colour="red"),
        operation(3, "visit.recorded", candidate="nobody"),
    )
    late.sync(operation(1, "candidate.registered", id=somebody, **person, pass_=fair.passes[0]))
    shown, stood = fetch("SELECT tablet_id, seq, outcome, reason FROM operation"), remarks()
    assert (late.tablet.id, 1, "pass_bound_twice") in stood and len(stood) == 3
    for step in (migration.down, migration.up):
        with db.atomic():
            step(migrator, db.obj)

    assert remarks() == stood
    assert fetch("SELECT tablet_id, seq, outcome, reason FROM operation") == shown
    late.sync(operation(2, "candidate.amended", id=somebody, name="王小芳", based_on=1))
    assert Operation.get(log=late.tablet.log, seq=1).reason == "pass_bound_twice"
