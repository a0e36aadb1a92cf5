"""What an operator can set on a tablet: theme, sound, camera, its light and zoom. And how little a person costs."""

from collections.abc import Iterator
from time import perf_counter
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.base.database import db, writing
from tests.browser.ground import market_today, new_vacancy, one_booth
from tests.browser.tablet import PATIENCE, SCANNER, Tablet

# Two cameras: the front one can do nothing, the back one has a light and a zoom. And what was felt, and played.
DEVICES = """
const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
const draw = () => canvas.getContext("2d").fillRect(0, 0, 640, 480)
setInterval(draw, 100) // a camera whose picture stands still counts as frozen
const cameras = { front: {}, back: { torch: true, zoom: { min: 1, max: 3.2, step: 0.1 } } }
globalThis.asked = []
navigator.mediaDevices.enumerateDevices = async () =>
  Object.keys(cameras).map((deviceId) => ({ kind: "videoinput", deviceId, label: deviceId }))
navigator.mediaDevices.getUserMedia = async ({ video }) => {
  draw()
  const stream = canvas.captureStream(5)
  const [track] = stream.getVideoTracks()
  const deviceId = video.deviceId?.exact ?? "front"
  track.getSettings = () => ({ deviceId })
  track.getCapabilities = () => cameras[deviceId]
  track.applyConstraints = async ({ advanced }) => { asked.push(Object.assign({}, ...advanced)) }
  return stream
}
globalThis.felt = []
navigator.vibrate = (pattern) => felt.push(pattern.join(" "))
globalThis.played = 0
const Oscillator = OscillatorNode
globalThis.OscillatorNode = class extends Oscillator { constructor(...given) { super(...given); played += 1 } }
requestAnimationFrame(() => { globalThis.firstTheme = document.documentElement.dataset.theme ?? "light" })
"""
LENS = 'performance.getEntriesByType("resource").find(({ name }) => /\\/lens-\\w+\\.js$/.test(name)).name'
TAPS = """addEventListener("click", ({ isTrusted, detail }) => {
  if (isTrusted && detail) sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1)
}, { capture: true })"""
COUNT = "Number(sessionStorage.getItem('taps'))"


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth that counts leaflets, with a vacancy and another one that is closed."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        found.booth.topics = "leaflet"
        found.booth.save()
        closed = new_vacancy(found.booth, 8, "保安")
        closed.closed = True
        closed.save()
    return SimpleNamespace(welder=found.welder, full=closed, passes=iter(found.passes), code=found.code)


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    tablet = Tablet(chromium, live_server.url, market.code(), [next(market.passes) for _ in range(12)])
    tablet.context.add_init_script(DEVICES)
    tablet.page.reload()
    expect(tablet.find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    tablet.find("#scan-hint").click()  # sound is allowed after a touch
    yield tablet
    tablet.context.close()


def reload(tablet: Tablet) -> None:
    tablet.page.reload()
    expect(tablet.find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)


def test_light_and_zoom_are_there_where_the_camera_has_them_and_stay_as_they_were_chosen(tablet):
    expect(tablet.find(".viewfinder")).to_have_attribute("data-camera", "open")
    expect(tablet.find("#next-camera")).to_be_visible()
    expect(tablet.find("#torch")).to_be_hidden()
    expect(tablet.find("#zoom")).to_be_hidden()

    tablet.find("#next-camera").click()
    tablet.find("#torch").click()
    expect(tablet.find("#torch")).to_have_attribute("aria-pressed", "true")
    for times in ("1.5×", "2×"):
        tablet.find("#zoom").click()
        expect(tablet.find("#zoom .figure")).to_have_text(times)
    assert tablet.page.evaluate("asked").pop() == {"zoom": 2, "torch": True}

    tablet.context.set_offline(True)
    tablet.wait_until_kept(tablet.page.evaluate(LENS))
    reload(tablet)
    expect(tablet.find("#zoom .figure")).to_have_text("2×")
    expect(tablet.find("#torch")).to_have_attribute("aria-pressed", "true")
    assert {"zoom": 2, "torch": True} in tablet.page.evaluate("asked")
    for times in ("3×", "1×"):  # 4 is more than it has: from the beginning
        tablet.find("#zoom").click()
        expect(tablet.find("#zoom .figure")).to_have_text(times)


def test_the_theme_is_light_until_somebody_chooses_and_there_before_the_first_frame(tablet):
    assert tablet.page.evaluate("firstTheme") == "light"
    tablet.page.emulate_media(color_scheme="dark")  # an evening's setting of the system is no word about the sun
    tablet.choose("#theme")
    expect(tablet.find("html")).to_have_attribute("data-theme", "dark")
    tablet.context.set_offline(True)
    reload(tablet)
    assert tablet.page.evaluate("firstTheme") == "dark"
    tablet.page.keyboard.press("Escape")
    tablet.choose("#theme")
    reload(tablet)
    assert tablet.page.evaluate("firstTheme") == "light"


def test_a_pass_a_new_tie_one_again_and_one_to_look_at_feel_and_sound_apart_at_every_receipt(tablet, market):
    felt = {}

    def feel(name: str) -> None:
        tablet.page.wait_for_function("() => felt.length === 1")
        felt[name] = tablet.page.evaluate("felt.splice(0)[0]")

    tablet.page.evaluate("felt.splice(0)")
    number = tablet.show_pass()
    feel("seen")
    tablet.tie(market.welder)
    feel("new")
    tablet.tie(market.welder, kind="again")
    feel("again")
    tablet.tie(market.full, kind="attention")
    feel("attention")
    assert len(set(felt.values())) == 4
    others = (("#undo", "again"), ("#next", ""), ("#tally-leaflet", "new"), ("#tally-leaflet-undo", "again"))
    for act, kind in others:
        tablet.find(act).click()
        if kind:
            feel("other")
            assert felt["other"] == felt[kind], act
    tablet.row(number).filter(has_text=market.welder.title).click()
    tablet.find("#stage-introduced").click()
    feel("other")
    assert felt["other"] == felt["new"]

    assert tablet.page.evaluate("played") > 0
    tablet.choose("#sound")
    reload(tablet)
    tablet.find("#scan-hint").click()
    tablet.show_pass()
    feel("seen")  # it still vibrates
    assert tablet.page.evaluate("played") == 0


def test_a_person_costs_a_practised_hand_one_tap_and_little_of_the_machines_time(tablet, market):
    tablet.context.set_offline(True)
    tablet.page.evaluate(TAPS)
    tablet.page.evaluate("sessionStorage.removeItem('taps')")
    seconds = []
    tablet.context.new_cdp_session(tablet.page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    for _ in range(5):
        number = next(tablet._passes)
        start = perf_counter()
        tablet.type_fast(f"{tablet.url}/p/{number}")
        tablet.tile(market.welder).click()
        expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")
        seconds.append(perf_counter() - start)
    assert tablet.page.evaluate(COUNT) == 5
    assert len(tablet.facts("check_in.recorded")) == 5
    print(f"a hand that never waits, CPU / 6: {sorted(seconds)[2]:.2f} s a person, slowest {max(seconds):.2f} s")


def test_from_the_enrolment_code_to_the_first_tie_are_two_taps_on_four_screens(chromium, live_server, market):
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 800, "height": 1280}, locale="zh-CN")
    context.add_init_script(TAPS)
    page = context.new_page()
    seen = []
    page.goto(f"/enrol#{market.code()}")  # what the tablet's camera read from the organiser's screen
    seen.append("enrol")
    for screen, act in (("#gate", "#gate-open"), ("#scan", None), ("#person", f"#vacancy-{market.welder.number}")):
        expect(page.locator(screen)).to_be_visible(timeout=PATIENCE)
        seen.append(screen)
        if act:
            page.locator(act).click()
        else:
            page.evaluate(SCANNER, [*f"{live_server.url}/p/{next(market.passes)}", "Enter"])
    expect(page.locator("#receipt")).to_have_attribute("data-kind", "new")
    assert page.evaluate(COUNT) == 2
    assert len(seen) == 4
    context.close()


def test_back_closes_what_is_open_step_by_step_and_never_leaves_the_kiosk(tablet):
    tablet.show_pass()
    tablet.find("#menu-open").click()
    expect(tablet.find("#sync-now")).to_be_visible()
    tablet.page.go_back()
    expect(tablet.find("#sync-now")).to_be_hidden()
    expect(tablet.find("#person")).to_be_visible()
    tablet.page.go_back()
    expect(tablet.find("#scan")).to_be_visible()
    tablet.page.go_back()
    expect(tablet.find("#scan")).to_be_visible()
    assert tablet.page.url.endswith("/kiosk")
