"""The check of plans finds what it is for: a growing table that is read whole by a statement of the product."""

import sqlite3
from contextlib import closing

import pytest

from models.base.database import fetch
from models.log.change import changes_since
from models.schema import MODELS, Candidate
from tests import plans

TABLES = {model._meta.table_name for model in MODELS}


@pytest.mark.parametrize(("sql", "found"), [
    ("SELECT name FROM candidate WHERE name = ?", ["candidate"]),
    ("SELECT c.name FROM candidate AS c WHERE c.person IN (?, ?)", []),
    ("SELECT c.name FROM candidate AS c JOIN scan s ON s.id = c.name", ["candidate"]),
    ('SELECT "t1"."name" FROM "candidate" AS "t1" WHERE ("t1"."id" = ?)', []),
    ('SELECT COUNT(1) FROM (SELECT 1 FROM "candidate" AS "t1") AS "_wrapped"', ["candidate"]),
    ("UPDATE operation SET outcome = ? WHERE kind = ?", ["operation"]),
    ("DELETE FROM scan WHERE tablet_id = ? AND seq = ?", []),
    ("INSERT INTO tally SELECT market_day_id, ?, booth, 0, 1 FROM visit", ["visit"]),
    ("BEGIN IMMEDIATE", []),
])  # fmt: skip
def test_a_whole_table_is_seen_in_the_plan_by_whatever_name(empty_database, sql, found):
    with closing(sqlite3.connect(empty_database)) as connection:
        assert plans.scanned(connection, sql, TABLES) == found


@pytest.mark.parametrize(("sql", "found"), [
    ("SELECT name FROM candidate WHERE county_id = ? AND id IN (?)", ["candidate"]),
    ("SELECT name FROM candidate WHERE +county_id = ? AND id IN (?,?,?)", []),
    ("SELECT name FROM candidate WHERE county_id = ? AND +id IN (?)", []),  # always: that is what is asked for
])  # fmt: skip
def test_a_plan_that_becomes_worse_with_a_longer_list_is_seen(empty_database, sql, found):
    with closing(sqlite3.connect(empty_database)) as connection:
        assert plans.widened(connection, sql, TABLES) == found


def test_a_statement_that_the_product_sends_is_noted_and_one_of_a_test_is_not(fair):
    own = "SELECT name, 'only this test' FROM candidate"
    fetch(own)
    changes_since(fair.day.id, 1, 0, 0)
    list(Candidate.select(Candidate.name))

    assert own not in plans.heard()
    assert not any('SELECT "t1"."name" FROM "candidate"' in sql for sql in plans.heard())
    assert any(sql.startswith("SELECT position FROM market_day") for sql in plans.heard())


def test_all_tables_that_it_watches_exist():
    assert TABLES >= plans.GROWING
