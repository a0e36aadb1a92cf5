"""Practice: all that an operator does, with nobody's data; after it tablet and server are as they were."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, expect

from models import schema as models
from models.base.database import db, writing
from tests.browser.ground import OneBooth, market_now, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

# All that the browser keeps for this origin: every store, what is noted beside it, and the mirror.
KEPT = """async () => {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open("ganchang")
    opening.onsuccess = () => resolve(opening.result)
  })
  const all = (store) => new Promise((resolve) => {
    const tx = db.transaction(store).objectStore(store)
    const [keys, values] = [tx.getAllKeys(), tx.getAll()]
    tx.transaction.oncomplete = () => resolve([store, keys.result, values.result])
  })
  const stores = await Promise.all([...db.objectStoreNames].map(all))
  db.close()
  const mirror = await caches.open("ganchang-mirror")
  const copyOf = async (key) => [key.url, await (await mirror.match(key)).text()]
  const copies = await Promise.all((await mirror.keys()).map(copyOf))
  return JSON.stringify([stores, copies.sort(), { ...localStorage }, { ...sessionStorage }, document.cookie,
    (await indexedDB.databases()).map(({ name }) => name), (await caches.keys()).sort()])
}"""
FILES = r"""async () => {
  const page = await caches.match("/kiosk/practice?lang=zh", { ignoreVary: true })
  return [...(await page.text()).matchAll(/"(\/static\/[^"#']+\.(?:css|js))"/g)].map(([, file]) => file)
}"""
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def market(live_server) -> OneBooth:
    """A market day that opens two minutes before midnight: until then there is time to practise."""
    market = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        market.day.opens_at, market.day.closes_at = "23:58", "23:59"
        market.day.save()
    return market


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    """A tablet whose booth is open, which has practice for days without network."""
    tablet = Tablet(chromium, live_server.url, market.code(), market.passes)
    tablet.wait_until_kept("/kiosk/practice?lang=zh")
    tablet.wait_until_kept(*tablet.page.evaluate(FILES))
    yield tablet
    tablet.context.close()


def practise(tablet: Tablet) -> None:
    tablet.choose("#practise")
    expect(tablet.find("#lesson")).to_be_visible()


def expect_step(tablet: Tablet, name: str) -> None:
    expect(tablet.find("body")).to_have_attribute("data-step", name)
    expect(tablet.find("#practice-bar")).to_be_in_viewport()


def practise_all(tablet: Tablet) -> None:
    """Do what the lesson says, from the first scan to the last tally."""
    for step, act in (
        ("scan", "#practice-pass"), ("tie", "#vacancy-1000019"), ("next", "#next"), ("walk_in", "#register-walk-in"),
    ):  # fmt: skip
        expect_step(tablet, step)
        tablet.find(act).click()
    expect_step(tablet, "register")
    for act in ("#practice-fill", "#notice-read", "#registration-save"):
        tablet.find(act).click()
    expect(tablet.find("#person")).to_be_visible()
    expect_step(tablet, "stage")
    tablet.find("#next").click()
    tablet.find("#today .today-row[data-stage=interested]").click()
    assert "练习" in tablet.page.evaluate("getComputedStyle(document.querySelector('#stage'), '::before').content")
    tablet.find("#stage-interviewed").click()
    expect_step(tablet, "tally")
    tablet.find("#tally-leaflet").click()
    expect_step(tablet, "end")
    expect(tablet.find("#today-count")).to_have_text("2")


def stored(market: OneBooth) -> int:
    with db.connection_context():
        return models.Operation.select().join(models.Log).where(models.Log.market_day == market.day).count()


def test_after_a_whole_practice_the_store_the_marker_and_the_server_are_as_they_were(tablet, market):
    tablet.context.set_offline(True)
    tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()
    tablet.find("#register-walk-in").click()
    tablet.find("#form-name").fill("陈秀英")  # half written: it must be there again
    tablet.find("#registration-leave").click()
    market_ground = tablet.page.evaluate(GROUND)
    practise(tablet)
    tablet.context.set_offline(False)  # whatever could reach the server now, may
    before, facts = tablet.page.evaluate(KEPT), stored(market)
    with pytest.raises(Error, match="Failed to fetch"):
        tablet.page.evaluate("fetch('/healthz')")
    assert tablet.page.evaluate(GROUND) != market_ground
    asked = []
    tablet.page.on("request", lambda request: asked.append((request.method, request.url)))

    practise_all(tablet)
    tablet.type_fast(f"{tablet.url}/p/{market.passes[9]}")  # a real pass serves as well
    expect(tablet.find("#person-name")).to_contain_text(market.passes[9][-4:])
    assert tablet.page.evaluate(KEPT) == before
    assert all(method == "GET" and "/static/" in url for method, url in asked)
    assert stored(market) == facts

    tablet.context.set_offline(True)
    tablet.find("#practice-leave").click()
    tablet.expect_ready()
    expect(tablet.find("#today-count")).to_have_text("1")
    tablet.find("#register-walk-in").click()
    expect(tablet.find("#form-name")).to_have_value("陈秀英")
    assert [fact["kind"] for fact in tablet.facts()] == ["check_in.recorded"]


def test_practice_opens_from_the_check_without_network_and_ends_when_the_booth_opens(tablet):
    tablet.context.set_offline(True)
    tablet.choose("#close-booth")
    tablet.find("#closing-close").click()
    tablet.find("#closing-open").click()
    tablet.find("#gate-practise").click()
    expect(tablet.find("#lesson")).to_be_visible()
    assert "until=23:58" in tablet.page.url
    tablet.find("#practice-pass").click()
    expect_step(tablet, "tie")

    tablet.page.clock.install(time=market_now().replace(hour=23, minute=57, second=0))
    tablet.page.reload()
    expect(tablet.find("#lesson")).to_be_visible()
    tablet.page.clock.fast_forward(50_000)
    expect(tablet.find("#lesson")).to_be_visible()
    tablet.page.clock.fast_forward(15_000)
    expect(tablet.find("#closing-open")).to_be_visible(timeout=PATIENCE)
    assert tablet.page.url.endswith("/kiosk")


def test_practice_that_nobody_goes_on_with_ends_by_itself(tablet):
    tablet.page.clock.install()
    tablet.page.goto("/kiosk/practice?lang=en")
    expect(tablet.find("#lesson")).to_be_visible()
    tablet.page.clock.fast_forward(4 * 60_000)
    tablet.find("#practice-skip").click()
    expect_step(tablet, "tie")
    tablet.page.clock.fast_forward(4 * 60_000)
    expect_step(tablet, "tie")
    tablet.page.clock.fast_forward(2 * 60_000)
    expect(tablet.find("#scan")).to_be_visible(timeout=PATIENCE)
    expect(tablet.find("#lesson")).to_have_count(0)
