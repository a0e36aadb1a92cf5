"""Migration 0016 keeps who signs in, operators and tokens, and gives the number of none of them a second time."""

from importlib import import_module

import pytest
from playhouse.migrate import SchemaMigrator

from models import schema as models
from models.base.database import db

MODELS = (models.Operator, models.Organiser, models.AccessToken)


@pytest.fixture
def people(fair):
    """One more of each, so that there is a newest; and what there is of each."""
    models.Operator.enlist(fair.clothing, "李工", "1234", b"0" * 16)
    models.AccessToken.issue(fair.county, "bureau")
    return {model: list(model.select().order_by(model.id).dicts()) for model in MODELS}


def test_rows_and_indexes_outlive_it_both_ways(database, people):
    migration, migrator = import_module("migrations.0016_accounts"), SchemaMigrator.from_database(db.obj)
    indexes = {model: sorted(index.name for index in db.get_indexes(model._meta.table_name)) for model in MODELS}
    for step in (migration.down, migration.up):
        with db.atomic():
            step(migrator, db.obj)
    assert {model: list(model.select().order_by(model.id).dicts()) for model in MODELS} == people
    assert {model: sorted(i.name for i in db.get_indexes(model._meta.table_name)) for model in MODELS} == indexes
    assert not [table for table in db.get_tables() if table.endswith("_before")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_number_of_the_newest_is_not_given_again(database, people, fair, model):
    newest = model.select().order_by(model.id.desc()).first()
    fields = {name: value for name, value in newest.__data__.items() if name != "id"}
    newest.delete_instance()
    assert model.create(**fields).id > newest.id
