"""The kiosk's screens in old Chromium: whole, within the screen, every control large enough for a thumb."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.ground import OneBooth, market_today, one_booth
from tests.effort import DEEP
from tests.engines.processes import left_over
from tests.engines.tablet import OldTablet

VERSIONS = (80, 88, 92) if DEEP else (80,)  # by night those between too
SIZES = ((800, 1280), (360, 740))
PICTURES = os.environ.get("PICTURES")  # a folder, for somebody who wants to look
AT_REST = "!document.getAnimations || document.getAnimations().every((one) => one.playState !== 'running')"
# Of what can be touched: smaller than a thumb, out of the screen, or under something else wherever it is scrolled to.
FAULTS = """(() => {
  const top = document.querySelector("dialog[open]") || document.body
  const found = []
  const say = (fault, part) => found.push(fault + ": " + part.outerHTML.replace(/\\s+/g, " ").slice(0, 110))
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push("wider than the screen: " + scrollWidth)
  const isShown = (part) => part.getClientRects().length && getComputedStyle(part).visibility === "visible"
  const isFree = (face, block) => {
    face.scrollIntoView({ block })
    const { x, y, width, height } = face.getBoundingClientRect()
    return face.contains(document.elementFromPoint(x + width / 2, y + Math.min(height, 60) / 2))
  }
  const controls = [...top.querySelectorAll("button, a[href], input, select")].filter(isShown)
  for (const part of controls) {
    const face = part.closest("label") || part
    const { width, height, left, right } = face.getBoundingClientRect()
    if (width < 59.5 || height < 59.5) say(width + " x " + height, part)
    if (left < -1 || right > innerWidth + 1) say("out of the screen", part)
    if (!["nearest", "center", "start", "end"].some((block) => isFree(face, block))) say("never free", part)
  }
  scrollTo(0, 0)
  return controls.length ? found : ["nothing to touch"]
})()"""


@pytest.fixture
def ground(server) -> OneBooth:
    return one_booth(server.database, market_today())


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
    for screen, act in _screens(tablet, ground):
        act()
        look(screen)
    assert {screen: found for screen, found in faults.items() if found} == {}


def _screens(tablet: OldTablet, ground: OneBooth) -> list[tuple[str, Callable[[], object]]]:
    """Return the screens of a booth's day in their order, each with what leads to it."""
    page = tablet.page
    return [
        ("gate", lambda: page.wait_for("#gate-open")),
        ("scan", tablet.open_booth),
        ("person", lambda: tablet.show_pass(ground.take(1)[0])),
        ("receipt", tablet.tie),
        ("registration", lambda: (page.click("#next"), tablet.fill_in("李大山"))),
        ("person registered", lambda: (page.click("#registration-save"), page.wait_for("#person"))),
        ("menu", lambda: (page.click("#next"), page.click("#menu-open"), page.wait_for("#sync-now"))),
    ]
