"""Random mornings of two market days that offer the same vacancies: whichever log comes first, the state is one.

Each tablet keeps what it is told, and in the end knows of vacancies what one enrolled now would be told: the places
that are left, and what was closed, also by facts of the other day.
"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.kiosk.record import changes_for, ground_for
from models.kiosk.set_up import keep_vacancy, offer_vacancies
from models.schema import Booth, MarketDay, Tablet
from tests.effort import examples
from tests.properties.mornings import market_mornings
from tests.properties.state import heard, kept, state
from tests.properties.test_convergence import REST, deliver, orders


@pytest.fixture
def two_days(fair) -> list[Tablet]:
    """Tablets at the factory's booth of one day, and at the factory's booth and the desk of the next market day."""
    fair.sewing.openings = fair.ironing.openings = 1
    for vacancy in (fair.sewing, fair.ironing):
        keep_vacancy(vacancy)
    day = MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    stand = Booth.create(market_day=day, number=1, name="山城制衣厂", employer=fair.factory)
    desk = Booth.create(market_day=day, number=3, name="维权服务台", kind="desk")
    offer_vacancies([fair.sewing, fair.ironing], stand)
    places = zip((fair.clothing, stand, desk), "ABC", strict=True)
    tablets = [Tablet.enlist(booth, letter=letter) for booth, letter in places]
    state()  # makes the keys that tablets are told of
    return tablets


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_in_whatever_order_two_days_are_told_of_the_state_is_one(data, fair, two_days):
    logs = data.draw(market_mornings(fair))
    states = []
    for order in (data.draw(orders()), data.draw(orders())):
        with db.atomic() as transaction:
            told = _run(two_days, logs, order)
            assert [_vacancies(store) for store in told] == [_vacancies(heard(tablet)) for tablet in two_days]
            states.append(state())
            transaction.rollback()

    assert states[0] == states[1]


def _run(tablets: list[Tablet], logs: list[list[dict]], order: list[tuple[int, int, str]]) -> list[dict]:
    """Send the batches in an order; return what each tablet keeps of what it was told after each of them."""
    sent, cursors = [0] * len(logs), [0] * len(logs)
    stores = [kept({}, ground_for(tablet)) for tablet in tablets]
    for who, size, way in [*order, *REST]:
        sent[who] += deliver(tablets[who], logs[who][sent[who] : sent[who] + size], way)
        for place, tablet in enumerate(tablets):
            more = True
            while more:
                changes, cursors[place], more = changes_for(tablet, cursors[place], own=True)
                stores[place] = kept(stores[place], changes)
    return stores


def _vacancies(store: dict) -> dict:
    return {key: data for (kind, key), data in store.items() if kind == "vacancy"}
