"""A tablet without network hands over what is unsent: as a sealed file, and as codes that another tablet reads."""

import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from models import schema as models
from models.base.database import db
from models.figures.summary import figures
from tests.browser.conftest import FLAGS, program
from tests.browser.film import film_codes
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

DAY = market_today() - timedelta(days=1)
# A screenshot as grey pixels: (width, height, bytes in base64).
PIXELS = """async (png) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  let grey = ""
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at])
  return [image.width, image.height, btoa(grey)]
}"""
# Whether the store has no sealed box any more, after so many ms at the latest.
DELIVERED = """async (patience) => {
  const answered = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result) })
  const db = await answered(indexedDB.open("ganchang"))
  const count = () => answered(db.transaction("sealed").objectStore("sealed").count())
  const until = Date.now() + patience
  while ((await count()) && Date.now() < until) await new Promise((again) => setTimeout(again, 50))
  const left = await count()
  db.close()
  return left === 0
}"""


@pytest.fixture(scope="module")
def market(live_server) -> OneBooth:
    """A market day of this module's own."""
    return one_booth(live_server.database, DAY)


@pytest.fixture
def enrol(chromium, live_server, market) -> Iterator[object]:
    """Return a function that enrols one more tablet at the booth, in a browser of its own if one is given."""
    tablets = []

    def enrol(browser: object = chromium, **place: object) -> Tablet:
        tablets.append(Tablet(browser, live_server.url, market.code(), market.take(5), **place))
        return tablets[-1]

    yield enrol
    for tablet in tablets:
        tablet.context.close()


@pytest.fixture
def eye(chromium) -> Iterator[Page]:
    """A page that turns screenshots into pixels, for a decoder that is not the kiosk's."""
    page = chromium.new_page()
    yield page
    page.close()


def cut_off(tablet: Tablet, market: OneBooth, facts: int) -> None:
    """Let a tablet without network make facts."""
    tablet.context.set_offline(True)
    for _ in range(facts):
        tablet.show_pass()
        tablet.tie(market.welder)
        tablet.home()


def saved(tablet: Tablet) -> tuple[str, bytes]:
    with tablet.page.expect_download() as saving:
        tablet.find("#rescue-file").click()
    return saving.value.suggested_filename, Path(saving.value.path()).read_bytes()


def read_codes(tablet: Tablet, eye: Page, most: int = 80) -> Iterator[str]:
    """Photograph the screen again and again and read what stands on it."""
    for _ in range(most):
        width, height, grey = eye.evaluate(PIXELS, b64encode(tablet.page.screenshot()).decode())
        image = memoryview(b64decode(grey)).cast("B", (height, width))
        yield from (found.text for found in zxingcpp.read_barcodes(image))


def gather(texts: list[str]) -> bytes:
    """Return what the codes' texts add up to; nothing while some are missing."""
    command = ["node", Path(__file__).parent / "gather.mjs"]
    return b64decode(subprocess.run(command, input="\n".join(texts), text=True, capture_output=True, check=True).stdout)


def read_until_whole(tablet: Tablet, eye: Page) -> tuple[list[str], bytes]:
    """Return the texts that were read and the bytes that they add up to."""
    texts: list[str] = []
    for text in read_codes(tablet, eye):
        if text not in texts:
            texts.append(text)
            if whole := gather(texts):
                return texts, whole
    raise AssertionError(f"{len(texts)} codes were not enough")


def show_codes(tablet: Tablet) -> None:
    tablet.choose("#hand-over")
    tablet.find("#rescue-codes").click()
    expect(tablet.find("#rescue-picture")).to_be_visible()


def test_the_file_and_the_codes_hold_the_same_bytes(enrol, market, eye):
    tablet = enrol()
    cut_off(tablet, market, 2)
    tablet.choose("#hand-over")
    expect(tablet.find("#rescue-count")).to_have_text("2")
    name, box = saved(tablet)
    assert re.fullmatch(rf"ganchang-{market.day.id}-[A-Z]+-\d{{4}}\.sealed", name)

    tablet.find("#rescue-codes").click()
    texts, whole = read_until_whole(tablet, eye)
    assert whole == box
    assert all(text.startswith("GCHO1:") for text in texts)
    tablet.find("#rescue-stop").click()
    expect(tablet.find("#rescue-picture")).to_be_hidden()
    tablet.find("#rescue-close").click()
    expect(tablet.find("#rescue")).to_have_count(0)
    tablet.expect_unsent(2)


def test_another_tablet_reads_the_codes_keeps_them_and_delivers(enrol, market, eye, playwright, tmp_path):
    broken = enrol()
    letter = broken.find("#tablet strong").text_content()
    cut_off(broken, market, 3)
    show_codes(broken)
    texts, _ = read_until_whole(broken, eye)
    film_codes(texts, tmp_path / "screen.y4m")
    before = _counted(market)

    browser = playwright.chromium.launch(
        executable_path=program("chromium", "chromium-browser", "google-chrome"),
        args=[
            *FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'screen.y4m'}",
        ],
    )  # fmt: skip
    helper = enrol(browser)
    expect(helper.find("#receiving")).to_be_visible(timeout=PATIENCE)
    expect(helper.find("#receiving-done")).to_be_visible(timeout=PATIENCE)
    kept = helper.say("receiving.kept").replace("{n}", "3").replace("{tablet}", letter)
    expect(helper.find("#receiving-word")).to_have_text(kept)
    have, count = re.findall(r"\d+", helper.find("#receiving-count").inner_text())
    assert have == count
    helper.find("#receiving-done").click()
    expect(helper.find("#register-walk-in")).to_be_visible()

    assert helper.page.evaluate(DELIVERED, PATIENCE)
    assert _counted(market) == before + 3
    broken.find("#rescue-stop").click()
    broken.find("#rescue-close").click()
    broken.context.set_offline(False)
    broken.expect_unsent(0)
    assert _counted(market) == before + 3
    browser.close()


def _counted(market: OneBooth) -> int:
    with db.connection_context():
        return figures(models.MarketDay.get_by_id(market.day.id))["check_ins"]


def test_with_nothing_unsent_there_is_nothing_to_hand_over(enrol):
    tablet = enrol()
    tablet.expect_unsent(0)
    tablet.choose("#hand-over")
    expect(tablet.find("#rescue-none")).to_be_visible()
    tablet.page.keyboard.press("Escape")
    expect(tablet.find("#rescue")).to_have_count(0)


def test_a_grave_problem_leads_to_the_hand_over_and_so_does_the_end_of_the_day(enrol, market):
    tablet = enrol()
    tablet.context.route("**/sync?*", lambda route: route.fulfill(status=409, json={"error": "other_content"}))
    tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()
    tablet.find("#problem-hand-over").click()
    expect(tablet.find("#rescue-count")).to_have_text("1")
    tablet.find("#rescue-close").click()
    tablet.choose("#close-booth")
    tablet.find("#closing-hand-over").click()
    expect(tablet.find("#rescue-count")).to_have_text("1")


def test_a_tablet_signed_off_can_still_hand_over(enrol, market, organiser):
    tablet = enrol()
    cut_off(tablet, market, 1)
    letter = tablet.find("#tablet strong").text_content()
    with db.connection_context():
        row = models.Log.get(market_day=market.day, letter=letter)
    assert organiser.context.request.post(f"{market.path}/tablets/{row.id}/delete", max_redirects=0).status == 303
    tablet.context.set_offline(False)
    expect(tablet.find("html[data-state=revoked]")).to_be_visible(timeout=PATIENCE)
    tablet.find("[data-for=revoked] .hand-over").click()
    expect(tablet.find("#rescue-count")).to_have_text("1")
    assert len(saved(tablet)[1]) > 100


def test_the_codes_are_as_large_as_the_screen_and_their_speed_can_be_chosen(enrol, market):
    tablet = enrol()
    cut_off(tablet, market, 1)
    show_codes(tablet)
    for size in ((800, 1280), (1280, 800), (360, 740)):
        tablet.page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(tablet.find("#rescue-stop")).to_be_in_viewport()
        tablet.page.wait_for_function(f"""() => {{
          const {{ width, height }} = document.querySelector("#rescue-picture").getBoundingClientRect()
          return width === height && width <= {min(size)} && width > {0.7 * min(size)}
        }}""")
    expect(tablet.find("#rescue-speed")).to_have_text("7")
    tablet.find("#rescue-faster").click()
    expect(tablet.find("#rescue-speed")).to_have_text("9")
    for _ in range(5):
        tablet.find("#rescue-slower").click()
    expect(tablet.find("#rescue-speed")).to_have_text("3")
