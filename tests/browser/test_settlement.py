"""The way of a fact that needs attention: from the booth to the organiser, and the answer back to the tablet."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from models.people.candidate_pass import numbered
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

NEVER_PRINTED = numbered(777_000_124)


@pytest.fixture
def market(live_server) -> OneBooth:
    """A market day of this test's own."""
    return one_booth(live_server.database, market_today() - timedelta(days=1))


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    tablet = Tablet(chromium, live_server.url, market.code(), market.take(1))
    yield tablet
    tablet.context.close()


def test_what_the_organiser_accepts_waits_no_more_on_the_tablet(tablet, organiser, market):
    for number, kind in ((NEVER_PRINTED, "attention"), (market.passes[0], "new")):
        tablet.show_pass(number)
        tablet.tie(market.welder, kind)
        tablet.home()
    tablet.expect_unsent(0)
    expect(tablet.find("#tray-open")).to_have_attribute("data-count", "1")

    organiser.goto(f"/organiser/market-days/{market.day.id}")
    organiser.locator("#tab-quarantine").click()
    expect(organiser.locator("#quarantine tbody tr")).to_have_count(1)
    organiser.locator("#quarantine button[value=accepted]").click()
    expect(organiser.locator("#quarantine .empty")).to_be_visible()

    tablet.sync()
    expect(tablet.find("#tray-open")).to_have_attribute("data-count", "0", timeout=PATIENCE)
    tablet.find("#tray-open").click()
    expect(tablet.find("#tray .tray-entry")).to_have_attribute("data-settled", "accepted")
    expect(tablet.find("#tray .tray-entry")).to_contain_text("采纳")
