"""The main job in the browsers of cheap tablets, which are never updated: offline, the server gone, counted once."""

import json
from collections.abc import Iterator

import pytest

from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.server import Server
from tests.effort import DEEP
from tests.engines.office import Office
from tests.engines.processes import left_over
from tests.engines.tablet import KNOWN, OldTablet

VERSIONS = (80, 88, 92, 112) if DEEP else (80, 92)  # by night the ones between too


@pytest.fixture
def tablet(request, server, tmp_path) -> Iterator[OldTablet]:
    tablet = OldTablet(request.param, tmp_path / "profile", server.url)
    yield tablet
    tablet.browser.kill()
    assert left_over(tmp_path / "profile") == []


@pytest.mark.parametrize("tablet", VERSIONS, indirect=True, ids=lambda version: f"Chromium {version}")
def test_every_fact_of_an_offline_morning_is_counted_exactly_once(server, tablet):
    ground = one_booth(server.database, market_today())
    tablet.enrol(ground.code())
    tablet.open_booth()
    tablet.switch_off()

    server.kill()
    tablet.switch_on()
    tablet.open_kiosk()
    tablet.show_pass(ground.take(1)[0])
    tablet.tie()
    tablet.page.wait("document.querySelector('#receipt').dataset.where === 'local'")
    tablet.page.click("#next")
    tablet.fill_in("李大山")
    tablet.page.click("#registration-save")
    tablet.page.wait("document.querySelector('#person-name').textContent.includes('李大山')")
    tablet.tie()
    tablet.expect_unsent(3)

    tablet.pull_the_plug()
    tablet.switch_on()
    tablet.open_kiosk()
    tablet.expect_unsent(3)

    server.start()
    tablet.sync()
    tablet.expect_unsent(0)
    _expect_counted_once(server, ground)
    tablet.switch_off()
    assert [error for error in tablet.errors if KNOWN not in error] == []


def _expect_counted_once(server: Server, ground: OneBooth) -> None:
    found = Office(server).json(f"{ground.path}/summary.json")
    assert (found["persons"], found["visits"], found["registered"]) == (2, 2, 1), json.dumps(found)
    assert (found["check_ins"], found["persons_checked_in"]) == (2, 2)
    assert found["complete"] is True
