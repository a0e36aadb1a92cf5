"""A queue before the booth: the camera stays on, the next pass closes the last receipt, nothing moves under a hand."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.base.database import db, writing
from models.market.operator import Operator
from tests.browser.finger import Finger
from tests.browser.ground import market_today, new_vacancy, one_booth
from tests.browser.tablet import PATIENCE, Tablet

# A camera before which `held` is held up: what a frame shows is said by the page, not drawn and read.
CAMERA = """
globalThis.held = null
const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
const draw = () => canvas.getContext("2d").fillRect(0, 0, 640, 480)
setInterval(draw, 100)
navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput", deviceId: "back", label: "back" }]
navigator.mediaDevices.getUserMedia = async () => (draw(), canvas.captureStream(10))
globalThis.Worker = class extends EventTarget {
  postMessage({ frame }) {
    if (!frame) return
    frame.close()
    this.dispatchEvent(new MessageEvent("message", { data: { text: held, decoder: "qr", ms: 1 } }))
  }
}
"""
# Whatever moves from here on, also right after a tap. The list of today grows at its top, where one looks for it;
# the receipt lies over the page and changes as a whole, but "next" below it stays.
WATCH = """() => {
  globalThis.shifts = []
  globalThis.watching?.disconnect()
  globalThis.watching = new PerformanceObserver((list) => shifts.push(...list.getEntries()))
  watching.observe({ type: "layout-shift", buffered: false })
}"""
SHIFTED = """() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  shifts.push(...watching.takeRecords())
  const boxes = shifts.flatMap(({ sources }) => [...sources]).filter(({ node }) => node?.isConnected)
  const parts = boxes.map(({ node, previousRect, currentRect }) =>
    ({ part: node.nodeType === 1 ? node : node.parentElement, box: [previousRect, currentRect] }))
  const ofNote = parts.filter(({ part }) => part.closest("#next") || !part.closest("#today, #dock"))
  resolve(ofNote.map(({ part, box }) => `${part.outerHTML.slice(0, 90)} ${JSON.stringify(box)}`))
}, 300)))"""


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth with a vacancy for many and one for a single person, and an operator."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        single = new_vacancy(found.booth, 1, "夜班保安")
        Operator.enlist(found.booth, "周敏", "2580")
    return SimpleNamespace(ground=found, welder=found.welder, single=single)


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    """A tablet with a camera, without network."""
    tablet = Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(14))
    tablet.context.add_init_script(CAMERA)
    tablet.page.reload()
    expect(tablet.find(".viewfinder")).to_have_attribute("data-camera", "open", timeout=PATIENCE)
    tablet.expect_ready()
    tablet.context.set_offline(True)
    yield tablet
    tablet.context.close()


def hold(tablet: Tablet, number: str | None) -> None:
    """Hold a pass before the camera, or none."""
    tablet.page.evaluate("(text) => { held = text }", number and f"{tablet.url}/p/{number}")


def shown(tablet: Tablet, number: str) -> None:
    expect(tablet.find("#person-name")).to_have_text(f"{number[:3]} {number[3:6]} {number[6:]}")
    expect(tablet.find("#person")).to_be_visible()


def receipt(tablet: Tablet, kind: str, words: str = "") -> None:
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", kind)
    expect(tablet.find("#receipt")).to_contain_text(words)


def test_the_next_pass_closes_the_last_receipt_and_costs_one_tap_by_camera_and_by_scanner(tablet, market):
    finger, tile = Finger(tablet.page), f"#vacancy-{market.welder.number}"
    for place in range(3):
        number = next(tablet._passes)
        hold(tablet, number)
        shown(tablet, number)
        if place:
            expect(tablet.find("#receipt")).to_be_hidden()
        finger.tap(tile)
        receipt(tablet, "new", market.welder.title)
    assert (finger.taps, finger.swipes) == (3, 0)

    expect(tablet.find("#said")).to_be_hidden()
    tablet.type_fast(number)  # still there: said, and the receipt stays
    expect(tablet.find("#said")).to_contain_text(tablet.say("scanned.shown"))
    receipt(tablet, "new")
    other = next(tablet._passes)
    tablet.type_fast(other)
    shown(tablet, other)
    finger.tap(tile)
    receipt(tablet, "new")
    assert finger.taps == 4
    assert len(tablet.facts("check_in.recorded")) == 4

    tablet.home()
    tablet.find("#menu-open").click()  # behind a sheet a pass waits
    third = next(tablet._passes)
    hold(tablet, third)
    tablet.page.wait_for_timeout(400)
    expect(tablet.find("#person")).to_be_hidden()
    tablet.page.keyboard.press("Escape")
    shown(tablet, third)


def test_a_pinned_vacancy_takes_everybody_without_a_tap_and_says_what_came_of_each(tablet, market):
    tablet.find(f"#pin-{market.single.number}").click()
    expect(tablet.find("#pinned")).to_contain_text(market.single.title)
    one, two = next(tablet._passes), next(tablet._passes)
    hold(tablet, one)
    receipt(tablet, "new", market.single.title)
    expect(tablet.find("#scan")).to_be_visible()
    tablet.type_fast(one)
    receipt(tablet, "again")
    tablet.find("#undo").click()
    receipt(tablet, "undone")
    hold(tablet, None)
    tablet.type_fast(two)
    receipt(tablet, "new")
    tablet.row(two).click()
    tablet.find("#stage-hired").click()
    tablet.find(".place-offered").click()
    receipt(tablet, "new", tablet.say("stage.hired"))
    tablet.type_fast(next(tablet._passes))
    receipt(tablet, "attention", tablet.say("reason.vacancy_full"))
    tablet.type_fast("5000000003")
    receipt(tablet, "attention", "500 000 0003")
    tablet.type_fast("https://other-county.example/p/1000005069")
    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.foreign"))
    assert len(tablet.facts("check_in.recorded")) == 4

    tablet.page.go_back()  # Android's Back means cancel
    expect(tablet.find("#pinned")).to_be_hidden()
    number = next(tablet._passes)
    tablet.type_fast(number)
    shown(tablet, number)


def test_four_digits_of_a_pass_are_enough_and_a_person_costs_six_taps(tablet, market):
    number = next(tablet._passes)
    tablet.open_keypad()  # once for the whole queue
    finger = Finger(tablet.page)
    for digit in number[-4:]:
        finger.tap(f"[data-key='{digit}']")
    shown(tablet, number)
    finger.tap(f"#vacancy-{market.welder.number}")
    receipt(tablet, "new")
    finger.tap("#next")
    expect(tablet.find("#keypad")).to_be_visible()
    assert (finger.taps, finger.swipes) == (6, 0)

    for digit in number[:9]:  # whoever types all ten is not taken for somebody else on the way
        tablet.find(f"[data-key='{digit}']").click()
    expect(tablet.find("#number")).to_have_value(f"{number[:3]} {number[3:6]} {number[6:9]}")
    tablet.find("#number-clear").click()
    expect(tablet.find("#number")).to_have_value("")
    wrong = str((int(number[-1]) + 1) % 10)
    for digit in number[-4:-1] + wrong:
        tablet.find(f"[data-key='{digit}']").click()
    expect(tablet.find("#scan-hint label")).to_have_text(tablet.say("number.unknown"))


def test_after_the_lock_the_pin_is_five_taps(tablet):
    tablet.sign_in("周敏", "2580")
    tablet.choose("#lock-now")
    expect(tablet.find("#lock #pin")).to_be_visible()
    finger = Finger(tablet.page)
    for digit in "2580":
        finger.tap(tablet.find("#lock .key").filter(has_text=digit))
    finger.tap("#lock #pin-enter")
    expect(tablet.find("#scan")).to_be_visible()
    assert finger.taps == 5


@pytest.mark.parametrize("size", [(800, 1280), (1280, 800)])
def test_nothing_on_the_main_screen_moves_whatever_is_said(tablet, market, size):
    page = tablet.page
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))

    def still(act: object, then: object) -> None:
        page.wait_for_timeout(200)
        page.evaluate(WATCH)
        act()
        then()
        assert page.evaluate(SHIFTED) == []

    said = lambda text: lambda: expect(tablet.find("#number-fault")).to_have_text(tablet.say(text))  # noqa: E731
    pinned = tablet.find("#pinned")
    still(lambda: tablet.type_fast("https://other.example/p/1000005069"), said("code.foreign"))
    still(tablet.sync, lambda: expect(tablet.find("#told")).to_contain_text(tablet.say("line.unreachable")))
    still(tablet.find(f"#pin-{market.welder.number}").click, lambda: expect(pinned).to_be_visible())
    still(lambda: tablet.type_fast(next(tablet._passes)), lambda: receipt(tablet, "new"))
    still(tablet.find("#undo").click, lambda: receipt(tablet, "undone"))
    still(tablet.find("#unpin").click, lambda: expect(pinned).to_be_hidden())
    still(tablet.find("#keypad-open").click, lambda: expect(tablet.find("#keypad")).to_be_visible())
    tablet.find("#number").fill("1234567890")
    still(lambda: tablet.find("#number").press("Enter"), said("code.check_digit"))
    tablet.find("#number-clear").click()

    number = tablet.show_pass()
    still(tablet.tile(market.welder).click, lambda: receipt(tablet, "new"))
    still(tablet.tile(market.welder).click, lambda: receipt(tablet, "again"))
    still(lambda: tablet.type_fast(number), lambda: expect(tablet.find("#said")).to_be_visible())
    still(tablet.find("#undo").click, lambda: receipt(tablet, "undone"))
    tablet.tie(market.single)
    tablet.row(number).filter(has_text=market.single.title).click()
    full = lambda: expect(tablet.tile(market.single)).to_have_attribute("data-state", "full")  # noqa: E731
    still(tablet.find("#stage-hired").click, full)  # the place is the vacancy's own
