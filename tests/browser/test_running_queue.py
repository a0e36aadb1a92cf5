"""A queue before the booth: the camera stays on, the next pass closes the last receipt, nothing moves under a hand."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, expect

from models.base.database import db, writing
from models.market.operator import Operator
from tests.browser.finger import Finger
from tests.browser.ground import market_today, new_vacancy, one_booth
from tests.browser.tablet import PATIENCE, Tablet

SIZES = [(800, 1280), (1280, 800), (360, 740)]
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
COUNT_TAPS = "() => { globalThis.taps = 0; addEventListener('pointerdown', () => { taps += 1 }, true) }"
# Whatever moves from here on, also right after a tap. The list of today grows at its top, where one looks for it;
# the receipt, and what a form asks, lie over the page and change as a whole, but "next" below it stays.
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
  const ofNote = parts.filter(({ part }) => part.closest("#next") || !part.closest("#today, #dock, #form-asked"))
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
    tablet = Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(30))
    tablet.context.add_init_script(CAMERA)
    tablet.page.reload()
    expect(tablet.find(".viewfinder")).to_have_attribute("data-camera", "open", timeout=PATIENCE)
    tablet.expect_ready()
    tablet.context.set_offline(True)
    yield tablet
    tablet.context.close()


def bottom_of(part: Locator) -> float:
    box = part.bounding_box()
    return box["y"] + box["height"]


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
    tablet.find("#stage-hired").click()  # the place is the vacancy's own
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


def test_at_a_pinned_vacancy_a_person_costs_no_tap_by_camera_and_by_scanner(tablet, market):
    tablet.find(f"#pin-{market.welder.number}").click()
    expect(tablet.find("#pinned")).to_contain_text(market.welder.title)
    tablet.page.evaluate(COUNT_TAPS)
    for show in (hold, lambda tablet, number: tablet.type_fast(number), hold):
        number = next(tablet._passes)
        show(tablet, number)
        receipt(tablet, "new", f"{number[:3]} {number[3:6]} {number[6:]}")
        hold(tablet, None)
    assert len(tablet.facts("check_in.recorded")) == 3
    assert tablet.page.evaluate("taps") == 0


def test_the_first_screen_has_vacancies_and_today_in_sight_and_the_keys_behind_a_button(tablet, market):
    for _ in range(5):
        tablet.show_pass()
        tablet.tie(market.welder)
        tablet.home()
    if tablet.find("#keypad").is_visible():
        tablet.find("#keypad-open").click()
    expect(tablet.find("#keypad")).to_be_hidden()
    tablet.page.evaluate("() => scrollTo(0, 0)")
    last_of = {"pins": tablet.find(".pins-tiles .pinnable").last, "today": tablet.find("#today .today-row").first}
    height = tablet.page.viewport_size["height"]
    assert {name: bottom for name, part in last_of.items() if (bottom := bottom_of(part)) > height} == {}


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


class Watcher:
    """Does one thing after the other and notes what moved: ``moved`` has the size and the act of each."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.moved, self.where = tablet, {}, ""

    def hold(self, size: tuple[int, int]) -> None:
        self.where = f"{size[0]}x{size[1]}"
        self.tablet.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))

    def act(self, name: str, what: object, then: Callable[[], None]) -> None:
        """Tap on a selector, or call what is given, and wait for what it leads to."""
        page = self.tablet.page
        if isinstance(what, str):
            self.tablet.find(what).first.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        page.wait_for_timeout(200)
        page.evaluate(WATCH)
        self.tablet.find(what).first.click() if isinstance(what, str) else what()
        then()
        if moved := page.evaluate(SHIFTED):
            self.moved[f"{self.where} {name}"] = moved


def walk_of_the_queue(tablet: Tablet, market: SimpleNamespace, watch: Watcher) -> None:
    """Codes that are none, a pinned vacancy, the keys: what is done on the first screen."""
    said = lambda text: lambda: expect(tablet.find("#number-fault")).to_have_text(tablet.say(text))  # noqa: E731
    pinned, kind = tablet.find("#pinned"), lambda kind: lambda: receipt(tablet, kind)
    watch.act("foreign code", lambda: tablet.type_fast("https://other.example/p/1000005069"), said("code.foreign"))
    unreachable = tablet.say("line.unreachable")
    watch.act("no server", tablet.sync, lambda: expect(tablet.find("#told")).to_contain_text(unreachable))
    watch.act("pin", f"#pin-{market.welder.number}", lambda: expect(pinned).to_be_visible())
    watch.act("pinned scan", lambda: tablet.type_fast(next(tablet._passes)), kind("new"))
    watch.act("pinned undo", "#undo", kind("undone"))
    watch.act("unpin", "#unpin", lambda: expect(pinned).to_be_hidden())
    watch.act("keys", tablet.open_keypad, lambda: expect(tablet.find("#keypad")).to_be_visible())
    tablet.find("#number").fill("1234567890")
    watch.act("wrong number", lambda: tablet.find("#number").press("Enter"), said("code.check_digit"))
    tablet.find("#number-clear").click()


def walk_of_a_person(tablet: Tablet, market: SimpleNamespace, watch: Watcher) -> None:
    """Tie, once more, undo; consent, stages by the sheet and by a row."""
    kind = lambda kind: lambda: receipt(tablet, kind)  # noqa: E731
    welder = f"#vacancy-{market.welder.number}"
    number = tablet.show_pass()
    watch.act("tie", welder, kind("new"))
    watch.act("tie again", welder, kind("again"))
    watch.act("shown already", lambda: tablet.type_fast(number), lambda: expect(tablet.find("#said")).to_be_visible())
    watch.act("undo", "#undo", kind("undone"))
    watch.act("tie once more", welder, kind("new"))
    tablet.home()
    tablet.show_pass(number)
    tablet.find(welder).click()
    watch.act("hired", "#stage-hired", lambda: receipt(tablet, "new", tablet.say("stage.hired")))
    tablet.home()
    tablet.row(number).click()
    tablet.find("#stage-correct").click()
    watch.act("put right", "#stage-interviewed", lambda: receipt(tablet, "new", tablet.say("stage.interviewed")))
    watch.act("undo of it", "#undo", kind("undone"))


def walk_of_a_registration(tablet: Tablet, market: SimpleNamespace, watch: Watcher) -> None:
    """Registered and tied, consent, data corrected, consent taken back; the same name once more; a visit taken back."""
    kind = lambda kind: lambda: receipt(tablet, kind)  # noqa: E731
    tablet.fill_in(name=f"王{watch.where}", birth_year="1975", phone="13800006677")
    tablet.find(f"#offer-{market.welder.number}").click()
    tablet.find("#registration-save").click()
    receipt(tablet, "new")
    watch.act("consent", "#consent", lambda: expect(tablet.find("#consent")).to_be_hidden())
    tablet.find("#person-data").click()
    tablet.find("#find-correct").click()
    tablet.find("#find-name").fill(f"汪{watch.where}")
    tablet.find("#find-save").click()
    receipt(tablet, "new")
    watch.act("correction undone", "#undo", kind("undone"))
    watch.act("consent taken back", "#find-consents button", kind("undone"))
    tablet.find("#find-back").click()
    tablet.home()

    tablet.find("#register-walk-in").click()
    twin = lambda: expect(tablet.find("#twins .notice")).to_be_visible()  # noqa: E731
    watch.act("registered already", lambda: tablet.find("#form-name").fill(f"王{watch.where}"), twin)
    watch.act("vacancy", f"#offer-{market.welder.number}", lambda: None)
    tablet.find("#twins button").click()
    tablet.home()
    number = tablet.show_pass()
    tablet.find("#visit").click()
    tablet.find("#find-open").click()
    tablet.find("#find-text").fill(number[-4:])
    tablet.find("#find-results .find-row").click()
    watch.act("visit taken back", "#find-visits button", kind("undone"))
    watch.act("visit restored", "#undo", kind("undone"))
    tablet.find("#find-back").click()
    tablet.find("#find-back").click()


def walk_of_a_form_with_faults(tablet: Tablet, market: SimpleNamespace, watch: Watcher) -> None:
    """What a form says beside its fields, and what it asks: age, whose phone, whose pass. The same in a correction."""
    find = tablet.find
    seen = lambda selector: lambda: expect(find(selector)).to_be_visible()  # noqa: E731
    gone = lambda selector: lambda: expect(find(selector)).to_be_hidden()  # noqa: E731
    write = lambda field, text: lambda: find(field).fill(text)  # noqa: E731

    def year(text: str) -> Callable[[], None]:
        return lambda: (find("#form-birth_year").fill(""), find("#form-birth_year").press_sequentially(text))

    owned, free = next(tablet._passes), next(tablet._passes)
    tablet.home()
    tablet.show_pass(owned)
    find("#register-person").click()
    find("#form-name").fill(f"赵{watch.where}")
    find("#form-birth_year").fill("1980")
    find("#notice-read").click()
    find("#registration-save").click()
    receipt(tablet, "new")
    tablet.home()

    find("#register-walk-in").click()
    expect(find("#registration-title")).to_be_visible()
    watch.act("empty form", "#registration-save", seen("#name-fault"))
    watch.act("name", write("#form-name", f"钱{watch.where}"), gone("#name-fault"))
    watch.act("no year", year("3000"), seen("#birth_year-fault"))
    watch.act("a year that asks", year(str(market_today().year - 16)), seen("#turned-16"))
    was = find("#turned-no").bounding_box()
    watch.act("not yet 16", "#turned-no", seen("#under-16"))
    assert find("#turned-no").bounding_box() == was
    watch.act("16 already", "#turned-yes", gone("#under-16"))
    watch.act("another year", year("1975"), gone("#birth_year-fault"))
    number = f"138{watch.where.split('x')[0]:0>7}"  # of nobody else, and a digit too short
    watch.act("phone", write("#form-phone", number), lambda: expect(find(".field-phone_owner")).to_be_enabled())
    watch.act("phone too short", "#registration-save", seen("#phone-fault"))
    watch.act("somebody's pass", lambda: tablet.type_fast(owned), seen("#form-asked .given"))
    shows_it = lambda: expect(find("#form-pass")).to_contain_text(free[-4:])  # noqa: E731
    watch.act("a free pass", lambda: tablet.type_fast(free), shows_it)
    watch.act("without it", "#drop-form-pass", gone("#form-pass"))
    watch.act("notice read", "#notice-read", gone("#notice_at-fault"))
    find("#registration-save").click()
    receipt(tablet, "new")
    find("#person-data").click()
    find("#find-correct").click()
    find("#find-birth_year").fill("")
    find("#find-name").fill("")
    watch.act("a correction that cannot be", "#find-save", seen("#find-name-fault"))
    for _ in range(2):
        find("#find-back").click()
    tablet.home()


def test_nothing_moves_under_a_finger_whatever_is_done(tablet, market):
    """Every act that has a receipt, and a form with faults, held in both ways and in one hand."""
    tablet.sign_in("周敏", "2580")
    watch = Watcher(tablet)
    for size in SIZES:
        watch.hold(size)
        for walk in (walk_of_the_queue, walk_of_a_person, walk_of_a_registration, walk_of_a_form_with_faults):
            walk(tablet, market, watch)
    assert not watch.moved, json.dumps(watch.moved, ensure_ascii=False, indent=1)
