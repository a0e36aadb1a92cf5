"""Every screen of the kiosk in old Chromium, one after the other as on a day: whole, within the screen, every control
large enough for a thumb, and none that throws.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import schema as models
from models.base.database import db, writing
from models.market.enrolment import Enrolment
from models.people.candidate_pass import numbered
from models.quarantine.decide import settle
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.effort import DEEP
from tests.engines.processes import left_over
from tests.engines.tablet import KNOWN, OldTablet

VERSIONS = (80, 88, 92) if DEEP else (80,)  # by night those between too
SIZES = ((800, 1280), (360, 740))
NAME, PIN = "何师傅", "2468"
NEVER_PRINTED = numbered(777_000_124)
PRACTICE = "connect-src 'none'"  # there nothing may be fetched, not even the large decoder
PICTURES = os.environ.get("PICTURES")  # a folder, for somebody who wants to look
AT_REST = "!document.getAnimations || document.getAnimations().every((one) => one.playState !== 'running')"
# Of what can be touched: smaller than a thumb, out of the screen, or under something else wherever it is scrolled to.
FAULTS = """(() => {
  const top = document.querySelector("dialog[open]") || document.body
  const found = []
  const say = (fault, part) => found.push(fault + ": " + part.outerHTML.replace(/\\s+/g, " ").slice(0, 110))
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push("wider than the screen: " + scrollWidth)
  const sheet = top.getBoundingClientRect() // a sheet follows the screen when that is turned
  const isOut = top !== document.body && (sheet.top < -1 || sheet.bottom > innerHeight + 1)
  if (isOut) say("sheet from " + sheet.top + " to " + sheet.bottom, top)
  const isShown = (part) => part.getClientRects().length && getComputedStyle(part).visibility === "visible"
  const isFree = (face, block) => {
    face.scrollIntoView({ block: block || "start" })
    if (!block) scrollBy(0, -innerHeight / 3) // between a high head and a full dock
    const { x, y, width, height } = face.getBoundingClientRect()
    return face.contains(document.elementFromPoint(x + width / 2, y + Math.min(height, 60) / 2))
  }
  const controls = [...top.querySelectorAll("button, a[href], input, select")].filter(isShown)
  for (const part of controls) {
    const face = part.closest("label") || part
    const { width, height, left, right } = face.getBoundingClientRect()
    if (width < 59.5 || height < 59.5) say(width + " x " + height, part)
    if (left < -1 || right > innerWidth + 1) say("out of the screen", part)
    if (!["nearest", "center", "start", "end", ""].some((block) => isFree(face, block))) say("never free", part)
  }
  scrollTo(0, 0)
  return controls.length ? found : ["nothing to touch"]
})()"""


@pytest.fixture
def ground(server) -> OneBooth:
    """A booth with an operator who has no PIN yet."""
    ground = one_booth(server.database, market_today())
    with db.connection_context(), writing():
        operator = models.Operator.create(county=ground.day.county, name=NAME)
        models.Duty.create(operator=operator, booth=ground.booth, known_as=NAME)
    return ground


@pytest.fixture
def tablet(request, server, ground, tmp_path) -> Iterator[OldTablet]:
    tablet = OldTablet(request.param, tmp_path / "profile", server.url)
    yield tablet
    tablet.browser.kill()
    assert left_over(tmp_path / "profile") == []


@pytest.mark.parametrize("tablet", VERSIONS, indirect=True, ids=lambda version: f"Chromium {version}")
def test_every_control_is_large_enough_and_within_the_screen(tablet, ground, request):
    page, faults = tablet.page, {}

    def look(screen: str) -> None:
        for width, height in SIZES:
            page.resize(width, height)
            page.wait(AT_REST)
            faults[f"{screen} {width}"] = page.evaluate(FAULTS)
            if PICTURES:
                page.screenshot(Path(PICTURES) / f"{request.node.callspec.id} {screen} {width}.png")
        page.resize(*SIZES[0])

    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]  # a button that is just flying in is small
    tablet.browser.call("Emulation.setEmulatedMedia", features=still)
    tablet.enrol(ground.code())
    for screens in (_morning, _people, _noon, _evening):
        for screen, act in screens(tablet, ground):
            act()
            look(screen)
    assert {screen: found for screen, found in faults.items() if found} == {}
    thrown = [error for error in tablet.browser.errors if KNOWN not in error and PRACTICE not in error]
    assert thrown == [], "\n".join(thrown)


Screens = list[tuple[str, Callable[[], object]]]  # in the order of a day, each with what leads to it


def _morning(tablet: OldTablet, ground: OneBooth) -> Screens:
    """From the check before the booth opens to the operator's own PIN."""
    return [
        ("gate", lambda: tablet.page.wait_for("#gate-open")),
        ("scan", tablet.open_booth),
        ("person", lambda: tablet.show_pass(ground.take(1)[0])),
        ("receipt", tablet.tie),
        ("operator", lambda: tablet.press("#next", "#operator", then=".pin-name")),
        ("new PIN", lambda: tablet.press(".pin-name", then="#pin-new")),
    ]


def _people(tablet: OldTablet, ground: OneBooth) -> Screens:
    """A walk-in in two breaths, found again and corrected; the stages of who was tied."""
    return [
        ("registration", lambda: (tablet.set_pin(PIN), tablet.fill_in("李大山", phone="13800006677"))),
        ("person registered", lambda: tablet.press("#registration-save", then="#person")),
        ("receipt of consent", lambda: (tablet.tie(), tablet.press("#consent", then=".receipt-consent"))),
        ("second breath", lambda: tablet.press("#ask-more", then="#more-form")),
        ("second breath, all of it", lambda: tablet.press("#more-trades", "#groups-agreed", then=".field-sensitive")),
        ("find", lambda: (tablet.press("#more-leave", "#next", "#find-open"), tablet.find("李", ".find-row"))),
        ("page of the person", lambda: tablet.press(".find-row", then="#find-consents li")),
        ("correction", lambda: tablet.press("#find-correct", then="#find-form")),
        ("twins", lambda: (tablet.press("#find-back", "#find-back", "#find-back"), tablet.fill_in("李大山", "#twins"))),
        ("stages", lambda: tablet.press("#registration-leave", ".today-row", then="#stage-next")),
        ("stage to put right", lambda: tablet.press("#stage-correct", then=".track-word strong")),
        ("hired", lambda: (tablet.press("#stage-correct", "#stage-hired"), tablet.expect_receipt("new"))),
    ]


def _noon(tablet: OldTablet, ground: OneBooth) -> Screens:
    """What the organiser looks at and settles, the menu, practice."""
    return [
        ("receipt of a strange pass", lambda: (tablet.show_pass(NEVER_PRINTED), tablet.tie("attention"))),
        ("what is settled", lambda: _settle(tablet, ground)),
        ("menu", lambda: tablet.press("#tray [data-back]", "#menu-open", then="#sync-now")),
        ("hand-over", lambda: tablet.press("#hand-over", then="#rescue")),
        ("practice", lambda: tablet.press("#rescue [data-back]", "#menu-open", "#practise", then="#practice-pass")),
        ("practice at a person", lambda: tablet.press("#practice-pass", then="#person")),
    ]


def _evening(tablet: OldTablet, ground: OneBooth) -> Screens:
    """Closing, with the list of those who agreed; then the tablet goes to a service desk, which sends somebody on."""
    digits = [f"#agreed .key:nth-child({digit})" for digit in PIN]  # the keys stand in the order of their digits
    return [
        ("closing", lambda: (tablet.leave_practice(), tablet.press("#menu-open", "#close-booth", then="#closing"))),
        ("list of those who agreed, shut", lambda: tablet.press("#closing-agreed", then="#agreed .key")),
        ("list of those who agreed", lambda: tablet.press(*digits, "#agreed #pin-enter", then=".agreed-row")),
        ("closed", lambda: tablet.press("#agreed-close", "#closing-close", then="#closing-done")),
        ("desk", lambda: (tablet.enrol(_desk(ground)), tablet.open_booth(), tablet.show_pass(ground.take(1)[0]))),
        ("referral", lambda: tablet.press("#refer", then=".refer-topics")),
        ("referral slip", lambda: tablet.press("#refer-training", then="#refer-said li")),
    ]


def _settle(tablet: OldTablet, ground: OneBooth) -> None:
    """Accept in the office what waits there, and look at it on the tablet."""
    tablet.press("#next")
    tablet.expect_unsent(0)
    with db.connection_context():
        waiting = models.Operation.select().where(models.Operation.market_day == ground.day.id)
        (fact,) = waiting.where(models.Operation.outcome == "attention")
        settle((fact.tablet_id, fact.seq), "accepted", "demo")
    tablet.sync()
    tablet.page.wait("document.querySelector('#tray-open').dataset.count === '0'")
    tablet.press("#tray-open", then=".tray-entry[data-settled=accepted]")


def _desk(ground: OneBooth) -> str:
    """Return a new enrolment code of a service desk of the same market day."""
    with db.connection_context(), writing():
        desk = models.Booth.create(
            market_day=ground.day, number=2, name="服务台", kind="desk", topics=["leaflet", "training"]
        )
        return Enrolment.open(desk)
