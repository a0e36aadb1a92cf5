"""The way of a fact that needs attention: from the booth to the organiser, and the answer back to the tablet."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db, writing
from models.intake.ingest import ingest
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


def test_what_two_people_changed_stands_side_by_side_on_a_phone(organiser, market):
    second = parallel_edit(market)
    organiser.goto(f"{market.path}/quarantine/{second.id}/2")
    table = organiser.locator(".parallel .table-frame")
    for width in (360, 800):
        organiser.set_viewport_size({"width": width, "height": 740})
        assert table.evaluate("(frame) => frame.scrollWidth - frame.clientWidth") == 0
        first, other = (table.locator(".is-different td:not(.soft)").nth(n).bounding_box() for n in (0, 1))
        assert first["y"] == other["y"] and first["x"] + first["width"] <= other["x"] < width


def parallel_edit(market: OneBooth) -> models.Log:
    """Make two tablets change one person from the same version; return the log of the later one."""
    with db.connection_context():
        with writing():
            tablets = [models.Tablet.enlist(market.booth, letter=x, token_hash=uuid4().hex) for x in ("X", "Y")]
        person = {"name": "王师傅", "birth_year": 1975, "trades": ["welder"], "wanted_place": "town"}
        amended = {"id": str(uuid4()), "kind": "candidate.amended"}
        one = {**amended, "kind": "candidate.registered", "data": person}
        came = {"id": str(uuid4()), "kind": "visit.recorded", "data": {"candidate": one["id"]}}
        sides = ((one, "county", "王师傅"), (came, "outside", "欧阳建国（大足区龙水镇）"))
        for tablet, (begin, place, name) in zip(tablets, sides, strict=True):
            change = {**amended, "data": {"based_on": 1, "wanted_place": place, "name": name}}
            at = {"at": f"{market.day.date}T09:00:00+08:00", "operator": None}
            ingest(tablet.log, [{"seq": seq, **at, **fact} for seq, fact in enumerate((begin, change), 1)])
        return tablets[1].log
