"""Hand scanners and the number field in a real Chromium: a code goes where a pass belongs, whatever has the cursor."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.ground import OneBooth, market_today, one_booth
from tests.browser.tablet import PATIENCE, Tablet

# A camera whose picture moves; `refused` is the name of the error with which it does not open.
CAMERA = """
globalThis.refused = null
const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
const draw = () => canvas.getContext("2d").fillRect(0, 0, 640, 480)
setInterval(draw, 100)
navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput", deviceId: "back", label: "back" }]
navigator.mediaDevices.getUserMedia = async () => {
  if (refused) throw new DOMException("", refused)
  draw()
  return canvas.captureStream(5)
}
"""
END = """(name) => {
  refused = name
  document.querySelector("#camera").srcObject.getVideoTracks()[0].stop()
}"""


@pytest.fixture(scope="module")
def chromium(whole_chromium: object) -> object:
    return whole_chromium


@pytest.fixture(scope="module")
def market(live_server) -> OneBooth:
    """A market day of this module's own."""
    return one_booth(live_server.database, market_today())


@pytest.fixture(scope="module")
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    tablet = Tablet(chromium, live_server.url, market.code(), market.take(20))
    yield tablet
    tablet.context.close()


def test_a_scan_into_the_form_is_the_pass_and_leaves_the_name_alone(tablet, market):
    number = market.take(1)[0]
    tablet.fill_in(name="王师傅", birth_year="1975")
    tablet.scan_into("#form-name", f"{tablet.url}/p/{number}")
    expect(tablet.find("#form-name")).to_have_value("王师傅")
    expect(tablet.find("#registration")).to_contain_text(f"{number[:3]} {number[3:6]} {number[6:]}")
    assert tablet.facts("candidate.registered") == []  # Enter was the scanner's
    tablet.find("#registration-save").click()
    expect(tablet.find("#person")).to_be_visible()
    (fact,) = tablet.facts("candidate.registered")
    assert fact["data"]["name"] == "王师傅" and number in fact["data"]["pass"]
    tablet.home()


def test_a_sentence_about_a_code_leaves_the_receipt_in_sight(tablet, market):
    """Upright and on its side; what it is about is another county's pass, held up while somebody is shown."""
    tablet.show_pass()
    tablet.tie(market.welder)
    for width, height in ((800, 1280), (1280, 800)):
        tablet.page.set_viewport_size({"width": width, "height": height})
        tablet.type_fast("https://other-county.example/p/1000005069")
        expect(tablet.find("#said")).to_contain_text(tablet.say("code.foreign"))
        said, receipt, following = (tablet.find(part).bounding_box() for part in ("#said", "#receipt", "#next"))
        assert said["y"] + said["height"] <= min(receipt["y"], following["y"])
        assert said["y"] >= 0
    tablet.page.set_viewport_size({"width": 800, "height": 1280})
    tablet.home()


def test_a_camera_that_ends_is_said_and_tried_again_by_itself(tablet):
    tablet.context.add_init_script(CAMERA)
    tablet.page.reload()
    finder = tablet.find(".viewfinder")
    expect(finder).to_have_attribute("data-camera", "open", timeout=PATIENCE)
    tablet.page.evaluate(END, "NotReadableError")
    expect(finder).to_have_attribute("data-camera", "lost", timeout=PATIENCE)
    expect(finder.locator(".viewfinder-none p:visible")).to_have_count(1)
    expect(tablet.find("#keypad")).to_be_visible()  # in the camera's place
    tablet.page.evaluate("refused = null")
    expect(finder).to_have_attribute("data-camera", "open", timeout=PATIENCE)

    tablet.page.evaluate(END, "NotAllowedError")
    expect(finder).to_have_attribute("data-camera", "forbidden", timeout=PATIENCE)
    tablet.page.evaluate("refused = null")
    tablet.find("#camera-again").click()
    expect(finder).to_have_attribute("data-camera", "open", timeout=PATIENCE)


@pytest.mark.parametrize("typed", ["13800130060", "10000100069999", "12a"])
def test_the_number_field_reads_what_it_shows(tablet, typed):
    tablet.open_keypad()
    tablet.find("#number").press_sequentially(typed, delay=80)
    expect(tablet.find("#number")).to_have_value(typed)
    tablet.find("#number").press("Enter")
    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.length"))
    expect(tablet.find("#person")).to_be_hidden()
    tablet.find("#number").fill("")
