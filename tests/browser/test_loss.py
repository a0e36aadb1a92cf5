"""A real Chromium that loses what it kept: evicted, damaged, full. Nothing opens empty, nothing is lost unsaid."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db
from models.figures.summary import figures
from tests.browser.conftest import FLAGS, program
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

DAY = market_today() - timedelta(days=1)  # over, and its logs not closed yet
EVICTED = "indexeddb,cache_storage"  # what goes together when Chromium needs room; localStorage and cookies stay
MIRRORED = """async () => {
  const cache = await caches.open("ganchang-mirror")
  const noted = Object.keys(localStorage).filter((key) => key.startsWith("ganchang.mirror."))
  return [noted.length, (await cache.keys()).length]
}"""
COPIES = f"""async ([wanted, patience]) => {{
  const mirrored = {MIRRORED}
  const end = Date.now() + patience
  for (let found = ""; found !== wanted; await new Promise((resolve) => setTimeout(resolve, 50))) {{
    found = (await mirrored()).join()
    if (Date.now() > end) throw new Error(`the mirror holds ${{found}}, not ${{wanted}}`)
  }}
}}"""
FULL = "() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') } }"
DROP_COPY = """async (seq) => {
  const cache = await caches.open("ganchang-mirror")
  for (const key of await cache.keys()) if (key.url.endsWith("." + seq)) await cache.delete(key)
  for (const key of Object.keys(localStorage)) if (key.endsWith("." + seq)) localStorage.removeItem(key)
}"""


@pytest.fixture(scope="module")
def market(live_server) -> OneBooth:
    """A market day of this module's own."""
    return one_booth(live_server.database, DAY)


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    """A tablet with one fact at the server and three that only it has; the network is there again."""
    tablet = Tablet(chromium, live_server.url, market.code(), market.take(12))
    _tie(tablet, market)
    tablet.expect_unsent(0)
    tablet.context.set_offline(True)
    for _ in range(3):
        _tie(tablet, market)
    tablet.expect_unsent(3)
    _wait_for_copies(tablet, 3, 3)
    yield tablet
    tablet.context.close()


def _wait_for_copies(tablet: Tablet, noted: int, cached: int) -> None:
    """Wait until the mirror holds so many facts in localStorage and in the cache."""
    tablet.page.evaluate(COPIES, [f"{noted},{cached}", PATIENCE])


def _tie(tablet: Tablet, market: OneBooth) -> None:
    tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()


def _lose(tablet: Tablet, kinds: str, cookie: bool = False) -> None:
    """Throw away what the browser keeps for the kiosk while no page of it is open; then the network is there again."""
    tablet.page.goto("about:blank")
    session = tablet.context.new_cdp_session(tablet.page)
    session.send("Storage.clearDataForOrigin", {"origin": tablet.url, "storageTypes": kinds})
    if cookie:
        tablet.context.clear_cookies()
    tablet.context.set_offline(False)


def _letter(tablet: Tablet) -> str:
    return tablet.find("#tablet strong").text_content()


def _expect_counted(tablet: Tablet, market: OneBooth, facts: int, lost: int | None = None) -> None:
    """Let everything arrive: each fact is in this tablet's log on the server once, and the tablet says what is lost."""
    tablet.sync()
    tablet.expect_unsent(0)
    with db.connection_context():
        log = models.Log.get(market_day=market.day, letter=_letter(tablet))
        row = models.Tablet.get_by_id(log.id)
        stored = models.Operation.select().where(models.Operation.log == log)
        ids = [str(operation.uuid) for operation in stored]
        assert (len(ids), len(set(ids)), row.acknowledged, row.lost) == (facts, facts, facts, lost)
        assert figures(models.MarketDay.get_by_id(market.day.id))["visits"] > 0


def test_an_evicted_tablet_takes_its_log_up_again_by_itself(tablet, market):
    letter = _letter(tablet)
    _lose(tablet, EVICTED)
    tablet.page.goto("/kiosk")
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)

    assert _letter(tablet) == letter
    expect(tablet.find("#today-count")).to_have_text("4")
    _expect_counted(tablet, market, 4)
    tablet.open_booth()  # after such a morning the kiosk checks itself once more
    _tie(tablet, market)
    _expect_counted(tablet, market, 5)
    expect(tablet.find("#lost")).to_be_hidden()


def test_without_network_an_evicted_tablet_says_what_is_known_and_does_not_open_empty(tablet, market):
    _lose(tablet, "indexeddb")
    tablet.context.set_offline(True)
    tablet.page.goto("/kiosk")  # its page is still in the cache
    expect(tablet.find("html")).to_have_attribute("data-state", "vanished", timeout=PATIENCE)
    expect(tablet.find("#loss")).to_contain_text("3")

    tablet.context.set_offline(False)  # and then it goes on by itself
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    _expect_counted(tablet, market, 4)


def test_without_store_and_cookie_it_is_enrolled_again_as_the_same_tablet(tablet, market):
    letter = _letter(tablet)
    _lose(tablet, EVICTED, cookie=True)
    tablet.page.goto("/kiosk")
    expect(tablet.find("html")).to_have_attribute("data-state", "vanished", timeout=PATIENCE)
    expect(tablet.find("#loss")).to_contain_text(letter)
    tablet.find("[data-for=vanished] a[href='/enrol']").click()
    tablet.find("#code").fill(market.code())
    tablet.find("#enrolment button").click()
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)

    assert _letter(tablet) == letter
    _expect_counted(tablet, market, 4)


def test_a_cookie_that_is_gone_is_said_at_rest_and_stops_nobody(tablet, market):
    letter = _letter(tablet)
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    expect(tablet.find("html")).to_have_attribute("data-state", "stranger", timeout=PATIENCE)
    tablet.find("#stranger-read").click()
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    expect(tablet.find("#line")).to_have_attribute("data-problem", "stranger", timeout=PATIENCE)
    _tie(tablet, market)
    tablet.expect_unsent(4)
    tablet.page.goto(f"/enrol#{market.code()}")
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)

    assert _letter(tablet) == letter
    _expect_counted(tablet, market, 5)


def test_what_nobody_has_any_more_is_counted_said_once_and_told_to_the_server(tablet, market):
    tablet.page.evaluate(DROP_COPY, 3)
    _lose(tablet, "indexeddb")
    tablet.page.goto("/kiosk")
    expect(tablet.find("html")).to_have_attribute("data-state", "vanished", timeout=PATIENCE)
    expect(tablet.find("#loss")).to_contain_text("1")
    tablet.find("#loss-read").click()
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    expect(tablet.find("#lost")).to_contain_text("1")
    tablet.page.reload()
    expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)

    _expect_counted(tablet, market, 3, lost=1)


def test_a_full_disk_takes_no_fact_that_it_cannot_keep(tablet, market):
    before = tablet.facts()
    tablet.show_pass()
    tablet.page.evaluate(FULL)  # this Chromium does not hold IndexedDB to a quota that a test may set
    tablet.tile(market.welder).click()
    expect(tablet.find("#line")).to_have_attribute("data-problem", "store", timeout=PATIENCE)
    expect(tablet.find("#receipt")).not_to_have_attribute("data-kind", "new")
    assert tablet.facts() == before
    with tablet.page.expect_event("requestfailed"):
        tablet.sync()
    expect(tablet.find("#line[data-running=true]")).to_have_count(0, timeout=PATIENCE)
    expect(tablet.find("#line")).to_have_attribute("data-problem", "store")  # not "no network"

    tablet.page.reload()
    tablet.expect_unsent(3)
    tablet.context.set_offline(False)
    _tie(tablet, market)
    _expect_counted(tablet, market, 5)


def test_the_browser_sends_what_waits_when_no_page_is_open(tablet, market):
    letter = _letter(tablet)
    tablet.page.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.page.goto("/healthz")
    session = tablet.context.new_cdp_session(tablet.page)
    registrations = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    found = None
    for _ in range(PATIENCE // 50):  # the browser tells what it has a while after it is asked
        found = next((one["registrationId"] for one in registrations if one["scopeURL"].endswith("/kiosk")), None)
        if found:
            break
        tablet.page.wait_for_timeout(50)
    sync = {"origin": tablet.url, "registrationId": found, "tag": "ganchang-sync", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", sync)
    with db.connection_context():
        row = models.Log.get(market_day=market.day, letter=letter)
    _wait_for_copies(tablet, 3, 0)  # a worker reaches no localStorage
    with db.connection_context():
        assert models.Log.get_by_id(row.id).acknowledged == 4

    tablet.page.goto("/kiosk")
    _expect_counted(tablet, market, 4)
    _wait_for_copies(tablet, 0, 0)


def test_a_store_whose_files_are_damaged_is_built_anew_with_every_fact(playwright, live_server, market, tmp_path):
    profile = tmp_path / "profile"
    with _browser(playwright, profile, live_server.url) as context:
        tablet = Tablet(_Persistent(context), live_server.url, market.code(), market.take(6))
        letter = _letter(tablet)
        _tie(tablet, market)
        tablet.expect_unsent(0)
        tablet.context.set_offline(True)
        _tie(tablet, market)
        _tie(tablet, market)
        _wait_for_copies(tablet, 2, 2)
    files = [path for path in profile.glob("Default/IndexedDB/*.leveldb/*") if path.suffix in (".log", ".ldb", "")]
    assert any(path.name.startswith("MANIFEST") for path in files)
    for path in files:
        path.write_bytes(b"\x00rust" * 40)

    with _browser(playwright, profile, live_server.url) as context:
        tablet.context, tablet.page = context, context.pages[0]
        tablet.page.goto(f"{live_server.url}/kiosk")
        expect(tablet.find("html")).to_have_attribute("data-state", "ready", timeout=PATIENCE)
        assert _letter(tablet) == letter
        _expect_counted(tablet, market, 3)


class _Persistent:
    """A browser whose only context is on disk."""

    def __init__(self, context: object) -> None:
        self._context = context

    def new_context(self, **_: object) -> object:
        return self._context


def _browser(playwright: object, profile: Path, url: str) -> object:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=program("chromium"), args=FLAGS, base_url=url, locale="zh-CN",
        viewport={"width": 800, "height": 1280},
    )  # fmt: skip
