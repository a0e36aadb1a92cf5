"""Migration 0026: names typed at each booth become people of the county, and past facts keep whose they were."""

from importlib import import_module

import pytest
from playhouse.migrate import SchemaMigrator
from playhouse.schema_diff import diff_models

from models import schema as models
from models.base.database import db, execute_many, fetch

MIGRATION = import_module("migrations.0026_operators")
COPIED = ("李工", "c2FsdA==", "aGFzaA==", 60_000)
OTHER_PIN = ("李工", "b3RoZXI=", "b3RoZXI=", 60_000)


def step(which) -> None:
    with db.atomic():
        which(SchemaMigrator.from_database(db.obj), db.obj)


@pytest.fixture
def before(database, fair):
    """The tables as they were, and a function that puts rows in: (id, booth, (name, salt, hash, iterations))."""
    step(MIGRATION.down)

    def fill(*rows: tuple) -> None:
        execute_many(
            "INSERT INTO operator (id, booth_id, name, pin_salt, pin_hash, pin_iterations) VALUES (?, ?, ?, ?, ?, ?)",
            [(id, booth.id, *person) for id, booth, person in rows],
        )
        step(MIGRATION.up)

    return fill


def duties() -> list[tuple]:
    return fetch("SELECT known_as, operator_id, booth_id, withdrawn_at FROM duty ORDER BY known_as")


def test_copies_of_one_another_become_one_person_and_each_booth_keeps_its_number(before, fair):
    before((11, fair.clothing, COPIED), (12, fair.kitchen, COPIED), (13, fair.desk, OTHER_PIN))
    assert duties() == [(11, 11, fair.clothing.id, None), (12, 11, fair.kitchen.id, None), (13, 13, fair.desk.id, None)]
    people = {o.id: (o.name, o.pin_salt, o.pin_hash, o.pin_iterations) for o in models.Operator.select()}
    assert people == {11: COPIED, 13: OTHER_PIN}
    assert {(o.county_id, o.unit, o.archived_at, o.pin_resets) for o in models.Operator.select()} == {
        (fair.county.id, "", None, 0)
    }


def test_nobody_is_joined_across_counties_by_another_name_or_at_one_booth(before, fair):
    before(
        (11, fair.clothing, COPIED), (12, fair.other_booth, COPIED), (13, fair.kitchen, ("李 工", *COPIED[1:])),
        (14, fair.clothing, COPIED), (15, fair.desk, COPIED),
    )  # fmt: skip
    assert [row[:2] for row in duties()] == [(11, 11), (12, 12), (13, 13), (14, 14), (15, 11)]
    assert models.Operator.get_by_id(12).county_id == fair.elsewhere.id


def test_the_number_of_one_who_was_joined_is_not_given_again(before, fair):
    before((11, fair.clothing, COPIED), (29, fair.kitchen, COPIED))
    if not db.get_columns("operator") or db.obj.__class__.__name__.startswith("Postgres"):
        db.execute_sql("SELECT setval('operator_id_seq', 29)")  # where the rows above came from
    assert models.Operator.create(county=fair.county, name="王工").id > 29


def test_it_goes_back_and_forth(before, fair):
    before((11, fair.clothing, COPIED), (12, fair.kitchen, COPIED))
    step(MIGRATION.down)
    assert [row[0] for row in fetch("SELECT id FROM operator ORDER BY id")] == [11, 12]
    step(MIGRATION.up)
    assert [row[:2] for row in duties()] == [(11, 11), (12, 11)]
    assert not diff_models(db.obj, models.MODELS)


def test_a_person_at_two_booths_goes_back_as_two(database, fair):
    li = models.Operator.enlist(fair.clothing, "李工", "2468")
    models.Duty.create(operator=li, booth=fair.kitchen, known_as=li.id)
    step(MIGRATION.down)
    rows = fetch("SELECT id, booth_id, name FROM operator ORDER BY id")
    assert rows[0] == (li.id, fair.clothing.id, "李工") and rows[1][1:] == (fair.kitchen.id, "李工")
    step(MIGRATION.up)
    assert models.Operator.select().count() == 1
