"""Tablets: found by their cookie in one statement, with all that a request of theirs needs."""

from datetime import UTC, datetime

import pytest

from models.base.database import db, is_sqlite
from models.base.secret import digest
from models.market.log import Log
from models.market.tablet import Tablet

MOMENT = datetime(2026, 2, 24, 1, 0, 3, 250_000, UTC)


@pytest.fixture
def tablet(fair) -> Tablet:
    """A tablet of the clothing factory's booth, revoked at a moment."""
    return Tablet.enlist(fair.clothing, name="红米", token_hash=digest("cookie"), revoked_at=MOMENT, unsent=3)


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The statements that the database is sent."""
    sent: list[str] = []
    execute = db.obj.execute_sql

    def heard(sql: str, *rest: object, **more: object) -> object:
        sent.append(sql)
        return execute(sql, *rest, **more)

    monkeypatch.setattr(db.obj, "execute_sql", heard)
    return sent


def test_its_cookie_brings_log_booth_day_and_county_in_one_statement(fair, tablet, asked):
    found = Tablet.by_token("cookie")
    assert found.booth.market_day.county and found.market_day and found.log
    assert len(asked) == 1

    stored = Tablet.get_by_id(tablet.id)
    assert found.__data__ == stored.__data__
    assert found.log.__data__ == stored.log.__data__
    assert found.revoked_at == MOMENT
    assert (found.letter, found.acknowledged, found.market_day_id) == ("A", 0, fair.day.id)
    assert found.booth.__data__ == stored.booth.__data__
    assert found.market_day.__data__ == stored.market_day.__data__
    assert found.market_day is found.booth.market_day
    assert found.market_day.county.__data__ == stored.market_day.county.__data__
    assert found.market_day.county.zone().key == "Asia/Shanghai"


def test_what_it_brings_can_be_saved_in_part(fair, tablet):
    found = Tablet.by_token("cookie")

    assert not any(row.is_dirty() for row in (found, found.log, found.booth, found.market_day, found.market_day.county))
    assert found.note_lost(2)
    kept = Tablet.get_by_id(tablet.id)
    assert (kept.lost, kept.revoked_at, kept.name) == (2, MOMENT, "红米")


@pytest.mark.parametrize("cookie", ["", "another"])
def test_a_cookie_that_nobody_gave_is_nobodys(tablet, cookie):
    assert Tablet.by_token(cookie) is None


def test_a_query_cannot_ask_the_tablet_for_what_its_log_knows(tablet):
    with pytest.raises(AttributeError, match="letter"):
        Tablet.select().where(Tablet.letter == "A")


def test_a_one_operation_sync_finds_tablet_and_assignment_in_a_statement_each(enrol, fair, operation, asked):
    tablet = enrol(fair.clothing)
    visit = operation(1, "visit.recorded", pass_=fair.passes[0])
    tablet.sync()  # whatever is only asked once
    asked.clear()

    assert tablet.sync(visit).json["results"] == [{"seq": 1, "outcome": "applied"}]
    named = ("county", "booth", "market_day.")
    found = [sql for sql in asked if sql.startswith("SELECT") and any(name in sql.split("WHERE")[0] for name in named)]
    assert len(found) == 2, "\n".join(asked)
    assert "token_hash" in found[0]
    assert is_sqlite() == ("?" in found[0])


def test_a_tablet_and_its_log_have_one_number(fair, tablet):
    assert Log.get(letter="A").id == tablet.id
    assert [row.id for row in Tablet.enrolled(fair.day)] == [tablet.id]
