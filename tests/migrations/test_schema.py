"""The models and the migrations describe the same tables, on both databases."""

from playhouse.schema_diff import diff_models

from models import schema as models
from models.base.database import db, is_sqlite


def test_models_and_migrations_agree(database):
    assert not diff_models(db.obj, models.MODELS)


def test_sqlite_is_durable_and_waits_for_its_turn(database):
    if is_sqlite():
        settings = {
            name: db.execute_sql(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        assert settings == {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5_000,
        }  # fmt: skip
