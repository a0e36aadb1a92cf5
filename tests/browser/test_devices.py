"""A device is enrolled once and works on three market days at three booths, without a scan in between.

Time goes on by the set-up: all market days move one day nearer, which is the next day for server and tablet.
"""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db, writing
from models.market.assignment import assign
from models.market.tablet import Tablet as Log
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

SOMEBODY = "欧阳菊花"  # known at the first day's booth


@pytest.fixture
def days(live_server) -> list[OneBooth]:
    """Three market days in a row, today the first, each with a booth; the markets close late."""
    days = [one_booth(live_server.database, market_today() + timedelta(days=days)) for days in range(3)]
    with db.connection_context(), writing():
        for number, market in enumerate(days, start=1):
            hours = models.MarketDay.update(opens_at="00:00", closes_at="23:59")
            hours.where(models.MarketDay.id == market.day.id).execute()
            models.Booth.update(number=number).where(models.Booth.id == market.booth.id).execute()
    return days


def a_night_passes(days: list[OneBooth]) -> None:
    """Move the three market days one day nearer."""
    with db.connection_context(), writing():
        for market in days:
            day = models.MarketDay.get_by_id(market.day.id)
            models.MarketDay.update(date=day.date - timedelta(days=1)).where(models.MarketDay.id == day.id).execute()


def work(tablet: Tablet, market: OneBooth, people: int) -> list[dict]:
    """Tie people to the booth's vacancy, and return the facts that the tablet then holds."""
    for number in market.take(people):
        tablet.show_pass(number)
        tablet.tie(market.welder)
        tablet.home()
    return tablet.facts()


def close(tablet: Tablet) -> None:
    tablet.choose("#close-booth")
    tablet.find("#closing-close").click()
    expect(tablet.find("#closing-done")).to_be_visible()


def test_three_days_three_booths_one_enrolment(chromium, live_server, days):
    first, second, third = days
    tablet = Tablet(chromium, live_server.url, first.code(), [])
    with db.connection_context():
        device = Log.select().join(models.Log).where(models.Log.booth == first.booth.id).get().device
        for market in (second, third):
            assign(device, market.booth)

    made = {first.day.id: work(tablet, first, 3)}
    tablet.put_record("candidate", str(uuid4()), {"name": SOMEBODY, "passes": []})
    of_the_first = [SOMEBODY, *(fact["data"]["pass"] for fact in made[first.day.id])]
    assert all(name in tablet.kept() for name in of_the_first)
    close(tablet)
    a_night_passes(days)
    tablet.page.reload()
    expect(tablet.find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    _arrive(tablet, second)
    assert not [name for name in of_the_first if name in tablet.kept()]
    made[second.day.id] = work(tablet, second, 4)

    tablet.context.set_offline(True)  # the evening before the third day there is no network
    made[second.day.id] = work(tablet, second, 1)
    close(tablet)
    a_night_passes(days)
    tablet.page.reload()
    expect(tablet.find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    assert tablet.meta("market_day") == second.day.id  # without network it stays where it is
    tablet.context.set_offline(False)  # at the market
    _arrive(tablet, third)
    assert not [fact for fact in made[second.day.id] if fact["data"]["pass"] in tablet.kept()]
    made[third.day.id] = work(tablet, third, 2)
    tablet.sync()
    expect(tablet.find("#line")).to_have_attribute("data-unsent", "0", timeout=PATIENCE)

    with db.connection_context():
        for market in days:
            rows = models.Operation.select().where(models.Operation.market_day == market.day.id)
            found = [{"seq": row.seq} | json.loads(row.body) for row in rows.order_by(models.Operation.seq)]
            assert found == made[market.day.id]
            assert {row.outcome for row in rows} == {"applied"}
    assert [len(facts) for facts in made.values()] == [3, 5, 2]
    tablet.context.close()


def _arrive(tablet: Tablet, market: OneBooth) -> None:
    """Wait until the tablet went to a market day's booth by itself, and open it."""
    for _ in range(PATIENCE // 250):
        tablet.page.wait_for_timeout(250)
        if tablet.find("#gate").is_visible() and tablet.meta("market_day") == market.day.id:
            break
    expect(tablet.find("#gate-place")).to_contain_text(f"{market.booth.name} ")
    tablet.expect_ready()
    tablet.open_booth()
