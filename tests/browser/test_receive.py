"""The office reads a hand-over from a tablet's screen: a camera, moving codes, and a server that is away at first."""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from tests.browser.conftest import FLAGS, program
from tests.browser.film import film_codes
from tests.browser.ground import market_today, new_day
from tests.browser.pages import signed_in
from tests.sealing import sealed

FACTS = 60
READ = 30_000  # ms for a film of a few dozen codes on a busy machine


@pytest.fixture(scope="module")
def broken(live_server) -> SimpleNamespace:
    """A market day of this module's own, whose tablet found no network all morning."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        day = new_day(market_today() - timedelta(days=1))
        booth = models.Booth.create(market_day=day, number=1, name="维权服务台", kind="desk")
        tablet = models.Tablet.enlist(booth, letter="A")
        facts = [_leaflet(seq) for seq in range(1, FACTS + 1)]
        box = sealed(tablet, facts)
    return SimpleNamespace(box=box, path=f"/organiser/market-days/{day.id}/hand-overs/camera", day=day.id)


def _leaflet(seq: int) -> dict:
    at = f"2026-02-26T09:{seq % 60:02d}:00+08:00"
    data = {"topic": "leaflet", "count": 1}
    return {"seq": seq, "id": str(uuid4()), "kind": "tally.counted", "at": at, "operator": None, "data": data}


@pytest.fixture
def laptop(playwright, live_server, broken, tmp_path) -> Iterator[object]:
    """A page of the organiser's laptop, before whose camera the tablet is held. It misses every third code."""
    command = ["node", Path(__file__).parent / "frames.mjs", "1", "60", json.dumps({"tablet": "A", "facts": FACTS})]
    done = subprocess.run(command, input=broken.box, capture_output=True, check=True)
    count, *texts = done.stdout.decode().splitlines()
    assert int(count) > 10
    film_codes([text for place, text in enumerate(texts) if place % 3], tmp_path / "screen.y4m")
    browser = playwright.chromium.launch(
        executable_path=program("chromium", "chromium-browser", "google-chrome"),
        args=[
            *FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'screen.y4m'}",
        ],
    )  # fmt: skip
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    yield signed_in(context, live_server.login, live_server.password)
    browser.close()


def facts_in_the_summary(page, broken) -> int:
    return page.request.get(f"/organiser/market-days/{broken.day}/summary.json").json()["tallies"].get("leaflet", 0)


def test_moving_codes_are_read_whole_and_wait_for_a_server_that_is_away(laptop, broken):
    laptop.route("**/hand-overs", lambda route: route.abort())
    laptop.goto(broken.path)

    receive = laptop.locator("#receive")
    expect(receive).to_have_attribute("data-state", "unreachable", timeout=READ)
    assert facts_in_the_summary(laptop, broken) == 0
    with laptop.expect_download() as saving:
        laptop.locator("#save").click()
    assert Path(saving.value.path()).read_bytes() == broken.box
    assert saving.value.suggested_filename.startswith(f"ganchang-{broken.day}-A-")

    laptop.unroute("**/hand-overs")
    laptop.locator("#send-again").click()

    expect(receive).to_have_attribute("data-state", "sent")
    expect(laptop.locator("#progress-label")).to_have_text(f"平板A，{FACTS}条记录")
    have, count = laptop.locator("#progress-words").inner_text().split(" / ")
    assert have == count
    expect(laptop.locator("#results .notice-success")).to_have_count(1)
    expect(laptop.locator("#results")).to_contain_text(f"共{FACTS}条记录，全部是新的。")
    assert facts_in_the_summary(laptop, broken) == FACTS

    laptop.goto(broken.path)  # the next tablet, which is the same one: nothing counts twice
    expect(receive).to_have_attribute("data-state", "sent", timeout=READ)
    expect(laptop.locator("#results .notice")).to_have_count(1)
    expect(laptop.locator("#results")).to_contain_text("此前都已收到")
    assert facts_in_the_summary(laptop, broken) == FACTS


def test_without_a_camera_the_page_says_what_to_do(organiser, broken):
    organiser.goto(broken.path)

    expect(organiser.locator("#receive")).to_have_attribute("data-state", "missing")
    expect(organiser.locator('[data-when="missing"]')).to_be_visible()
    expect(organiser.locator('[data-when="forbidden"]')).to_be_hidden()
    organiser.get_by_role("link", name="接收文件").click()
    expect(organiser.locator("#field-file")).to_be_visible()
