"""Browsers that darken every page (Android's "dark theme for all sites"): codes on screens stay black on white."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.browser.conftest import FLAGS, program
from tests.browser.ground import market_today, one_booth
from tests.browser.pages import OFFICE, phone_pages, signed_in, visit
from tests.browser.tablet import Tablet

BEFORE = Path(__file__).parents[1] / "data/cases/pass-in-forced-dark.png"  # of a pass whose ground was darkened
DARKENING = ["--enable-features=WebContentsForceDark", "--blink-settings=forceDarkModeEnabled=true"]
GREY = """async (png) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob())
  const { width, height } = picture
  const pen = new OffscreenCanvas(width, height).getContext("2d")
  pen.drawImage(picture, 0, 0)
  const { data } = pen.getImageData(0, 0, width, height)
  let grey = ""
  for (let at = 0; at < data.length; at += 4)
    grey += String.fromCharCode((data[at] * 2 + data[at + 1] * 5 + data[at + 2]) >> 3)
  return [width, height, btoa(grey)]
}"""


@pytest.fixture(scope="module")
def darkening(playwright) -> Iterator[object]:
    """A Chromium that darkens what does not ask it not to."""
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=[*FLAGS, *DARKENING])
    yield browser
    browser.close()


def read(page: Page, png: bytes) -> list[str]:
    """Return the codes that zxing reads in a screenshot, black on white or the other way round."""
    width, height, grey = page.evaluate(GREY, base64.b64encode(png).decode())
    picture = memoryview(base64.b64decode(grey)).cast("B", (height, width))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def brightness(page: Page, png: bytes) -> float:
    """Return how bright a picture is on average, 0 to 255."""
    grey = base64.b64decode(page.evaluate(GREY, base64.b64encode(png).decode())[2])
    return sum(grey) / len(grey)


def test_the_phones_pass_can_be_scanned_in_forced_dark(darkening, live_server):
    context = darkening.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    blank, page = context.new_page(), context.new_page()  # the last one is in front, and drawn
    visit(page, "/me/#", phone_pages(context.request)["/me/#"])
    head, code = page.locator("h1").first.screenshot(), page.locator(".pass").screenshot()

    assert brightness(blank, head) < 96 < brightness(blank, code)  # it does darken, only not this
    assert [text.split("/p/")[0] for text in read(blank, code)] == [live_server.url]
    page.goto(f"{page.url}/card")
    assert [text.split("/p/")[0] for text in read(blank, page.locator(".pass-card").screenshot())] == [live_server.url]
    assert read(blank, BEFORE.read_bytes()) == []
    context.close()


def test_the_offices_codes_can_be_scanned_in_forced_dark(darkening, live_server):
    """Of a tablet's enrolment, and of posters before they are printed."""
    market = one_booth(live_server.database, market_today())
    context = darkening.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    eye, page = context.new_page(), signed_in(context, live_server.login, live_server.password)
    page.goto(f"{market.path}/booths/{market.booth.number}")
    page.locator("form[action$='/tablets'] button").click()
    head, code = page.locator("h1").first.screenshot(), page.locator(".enrolment-code").screenshot()
    assert brightness(eye, head) < 96
    assert [text.split("#")[0] for text in read(eye, code)] == [f"{live_server.url}/enrol"]

    page.goto(f"{OFFICE}/{market.day.id}/posters?per=vacancy")
    (poster,) = read(eye, page.locator(".poster-code").first.screenshot())
    assert poster == f"{live_server.url}/v/{market.welder.number}"
    context.close()


def test_a_hand_over_can_be_scanned_in_forced_dark(darkening, live_server):
    market = one_booth(live_server.database, market_today() - timedelta(days=1))
    tablet = Tablet(darkening, live_server.url, market.code(), market.take(1))
    eye = darkening.new_context().new_page()
    tablet.page.bring_to_front()
    tablet.context.set_offline(True)
    tablet.show_pass()
    tablet.tie(market.welder)
    tablet.choose("#hand-over")
    tablet.find("#rescue-codes").click()
    picture = tablet.find("#rescue-picture")
    expect(picture).to_be_visible()
    assert any(read(eye, picture.screenshot()) for _ in range(20))  # one may be caught between two frames
    eye.context.close()
    tablet.context.close()
