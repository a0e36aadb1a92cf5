"""The states of a market day, and which moves lead on from each."""

from datetime import UTC, datetime, timedelta

import pytest

from models.figures.version import NotBegun, NotHeld, NotPublished, close
from models.kiosk import cancellation, postponement, publication
from models.kiosk.in_use import InUse
from models.market.life import CLOCK, MOVES, STATES, NotPossible, moves_from, require, state_of
from models.schema import AuditEntry, MarketDay
from models.vocabulary.event import DAY_STATES

BEFORE, AT_NINE, AFTER = (datetime(2026, 2, day, 1, tzinfo=UTC) for day in (23, 24, 25))


@pytest.fixture
def day(fair):
    """Return a function that reads the cast's market day anew."""
    return lambda: MarketDay.get_by_id(fair.day.id)


def test_every_state_has_a_word_and_every_move_leads_between_states():
    assert tuple(DAY_STATES) == STATES
    for move in MOVES.values():
        assert set(move.starts) <= set(STATES) and (move.end is None or move.end in STATES)
    assert [name for name, move in MOVES.items() if move.by == CLOCK] == ["open"]
    assert not {"close", "sign", "postpone"} & set(moves_from("draft"))
    assert moves_from("signed") == ("close", "unsign")


def test_a_day_lives_from_draft_to_signed(day):
    MarketDay.update(published_at=None).execute()
    assert state_of(day(), BEFORE) == state_of(day(), AFTER) == "draft"
    with pytest.raises(NotPublished):
        close(day(), "chen", now=AFTER)

    publication.publish(day(), "chen")
    assert [state_of(day(), now) for now in (BEFORE, AT_NINE, AFTER)] == ["published", "open", "open"]
    with pytest.raises(NotBegun):
        close(day(), "chen", now=BEFORE)

    close(day(), "chen", now=AFTER)
    assert state_of(day(), AFTER) == "closed"
    signing = publication.sign(day(), "chen", "陈晓、王强", day().date)
    assert (state_of(day(), AFTER), signing.version, signing.who) == ("signed", 1, "chen")
    with pytest.raises(NotPossible):
        cancellation.cancel(day(), "chen", "大雨")

    close(day(), "chen", "补传", now=AFTER + timedelta(hours=1))
    assert state_of(day(), AFTER) == "closed"  # version 2 is not signed
    publication.sign(day(), "chen", "陈晓", day().date)
    publication.unsign(day(), "chen")
    assert state_of(day(), AFTER) == "closed"
    said = [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)]
    assert said == ["day_published", "day_closed", "day_signed", "day_closed", "day_signed", "day_signature_taken_back"]


def test_a_cancelled_day_goes_back_to_what_it_was(day):
    MarketDay.update(published_at=None).execute()
    cancellation.cancel(day(), "chen", "大雨")
    assert state_of(day(), BEFORE) == "cancelled"
    with pytest.raises(NotHeld):
        close(day(), "chen", now=AFTER)
    cancellation.take_cancellation_back(day(), "chen")
    assert state_of(day(), BEFORE) == "draft"


def test_a_day_is_a_draft_again_only_while_nothing_was_recorded(day, fair, enrol, operation, monkeypatch):
    monkeypatch.setattr("models.market.life.utcnow", lambda: BEFORE)
    publication.withdraw(day(), "chen")
    assert state_of(day(), BEFORE) == "draft"
    publication.publish(day(), "chen")
    enrol(fair.clothing).sync(operation(1, "visit.recorded", pass_=fair.passes[0], channel="card"))
    with pytest.raises(InUse):
        publication.withdraw(day(), "chen")


def test_a_postponed_day_is_open_on_its_new_date_only(day):
    postponement.postpone(day(), day().date + timedelta(days=3), "chen", "大雨")
    moved = day()
    assert (moved.date.day, moved.postponed_from.day, moved.postponed_why) == (27, 24, "大雨")
    assert [state_of(moved, AFTER + timedelta(days=days)) for days in (0, 2)] == ["postponed", "open"]
    postponement.postpone(day(), moved.date + timedelta(days=3), "chen", "还在下")
    assert (day().postponed_from.day, day().postponed_why) == (24, "还在下")  # the posters say the first date


def test_a_cancelled_day_for_which_a_date_was_found_is_held_on_it(day):
    cancellation.cancel(day(), "chen", "大雨")
    postponement.postpone(day(), day().date + timedelta(days=3), "chen", "大雨，改期")
    assert state_of(day(), BEFORE) == "postponed" and day().cancelled_why == ""


def test_a_move_that_does_not_lead_on_is_refused_with_the_state(day):
    with pytest.raises(NotPossible) as refused:
        require(day(), "publish", BEFORE)
    assert (refused.value.move, refused.value.state) == ("publish", "published")


def test_a_night_market_is_open_past_midnight(day):
    MarketDay.update(opens_at="18:00", closes_at="01:00").execute()
    assert state_of(day(), datetime(2026, 2, 24, 9, 59, tzinfo=UTC)) == "published"
    assert state_of(day(), datetime(2026, 2, 24, 16, 30, tzinfo=UTC)) == "open"  # half past midnight
