"""The wall in the Chromium of an old television box."""

from tests.browser.server import Server
from tests.browser.wall_ground import CODE, WallGround
from tests.engines.builds import chromium
from tests.engines.devtools import Browser, Page
from tests.engines.tablet import KNOWN

SIZES = [(1280, 720), (720, 1280)]
CUT = """Array.from(document.querySelectorAll(".slide:not([hidden]) *")).filter((part) => {
  const box = document.querySelector(".slides").getBoundingClientRect()
  const { right, bottom } = part.getBoundingClientRect()
  return right > box.right + 1 || bottom > box.bottom + 1
}).length"""


def test_a_television_box_of_2020_shows_the_wall(server: Server, tmp_path):
    WallGround(server.database)
    browser = Browser(chromium(80), tmp_path / "box")
    try:
        page = Page(browser, *SIZES[0])
        page.goto(f"{server.url}/w/{CODE}")
        for width, height in SIZES:
            page.resize(width, height)
            page.wait("/^1 .* [1-9]/.test(document.querySelector('[data-place]').textContent)")
            assert page.evaluate("/^[0-9]{2}:[0-9]{2}$/.test(document.querySelector('[data-clock]').textContent)")
            assert page.evaluate(CUT) == 0
        assert [error for error in browser.errors if KNOWN not in error] == []
    finally:
        browser.kill()
