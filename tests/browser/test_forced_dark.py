"""Browsers that darken every page (Android's "dark theme for all sites"): a code stays black on white."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page

from tests.browser.conftest import FLAGS, program
from tests.browser.pages import phone_pages, visit

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
    assert read(blank, BEFORE.read_bytes()) == []
    context.close()
