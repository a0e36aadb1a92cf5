"""An employer's season: places are counted over all market days, and a vacancy's state follows from what was noted."""

from datetime import date, timedelta

import pytest

from models import schema as models
from models.figures.season import closes_on, days_for, season_of
from models.market.offer import Offer
from tests.cast import MARKET_DATE

TODAY = MARKET_DATE + timedelta(days=1)


@pytest.fixture
def next_booth(fair):
    """The factory's booth on a market day a week later, where the sewing is offered once more."""
    day = models.MarketDay.create(county=fair.county, town=fair.town, date=MARKET_DATE + timedelta(days=7))
    booth = models.Booth.create(market_day=day, number=2, name="山城制衣厂", employer=fair.factory)
    Offer.of(fair.sewing, booth)
    return booth


def row_of(fair, vacancy):
    return next(row for row in season_of(fair.factory, TODAY) if row.vacancy == vacancy)


def test_somebody_hired_on_two_days_takes_one_place(database, fair, next_booth, enrol, operation):
    card = models.PassRange.reserve(next_booth.market_day, 5).numbers()[0]
    name = {"name": "欧阳娜娜", "birth_year": 1970, "phone": "13900000000"}
    name |= {"trades": ["sewing"], "wanted_place": "town"}
    for booth, number in ((fair.clothing, fair.passes[0]), (next_booth, card)):
        scan = operation(2, "check_in.recorded", pass_=number, vacancy=fair.sewing.number)
        hired = operation(3, "check_in.progressed", check_in=scan["id"], stage="hired")
        enrol(booth).sync(operation(1, "candidate.registered", pass_=number, **name), scan, hired)
    row = row_of(fair, fair.sewing)
    assert models.CheckIn.select().where(models.CheckIn.reached >= 4).count() == 2
    assert (row.hired, row.left, row.beyond) == (1, 7, 0)
    assert [offer.booth for offer in row.offers] == [fair.clothing, next_booth]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"closed": False}, "open"),
        ({"draft": True}, "draft"),
        ({"closed": True}, "closed"),
        ({"openings": 0}, "full"),
        ({"valid_until": date(2026, 2, 24)}, "expired"),
        ({"valid_until": date(2026, 2, 25)}, "open"),
        ({"valid_until": date(2026, 2, 24), "closed": True}, "closed"),
    ],
    ids=str,
)
def test_a_state_follows_from_what_was_noted(database, fair, changes, state):
    models.Vacancy.update(**changes).where(models.Vacancy.id == fair.sewing.id).execute()
    assert row_of(fair, fair.sewing).state == state


def test_drafts_stand_first_and_what_was_closed_last(database, fair):
    models.Vacancy.update(closed=True).where(models.Vacancy.id == fair.sewing.id).execute()
    draft = models.Vacancy.create(
        county=fair.county, employer=fair.factory, number="1234566", title="裁剪工", trade="sewing", openings=1,
        draft=True,
    )  # fmt: skip
    assert [row.vacancy for row in season_of(fair.factory, TODAY)] == [draft, fair.ironing, fair.sewing]


def test_it_is_closed_on_the_next_day_that_is_held_else_on_the_last(database, fair, next_booth):
    assert closes_on(row_of(fair, fair.sewing)) == next_booth.market_day
    assert closes_on(row_of(fair, fair.ironing)) == fair.day
    models.MarketDay.update(cancelled_at=1).where(models.MarketDay.id == next_booth.market_day_id).execute()
    assert closes_on(row_of(fair, fair.sewing)) == fair.day


def test_it_can_be_offered_on_days_to_come_that_are_held(database, fair, next_booth):
    assert days_for(fair.factory, TODAY) == [next_booth]
    assert days_for(fair.factory, MARKET_DATE) == [fair.clothing, next_booth]
