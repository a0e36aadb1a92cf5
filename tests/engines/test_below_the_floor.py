"""A browser that is too old for the kiosk says so in two languages, and leaves the enrolment code as it was."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.ground import market_today, one_booth
from tests.effort import DEEP
from tests.engines.builds import chromium
from tests.engines.devtools import Browser, Page
from tests.engines.processes import left_over
from tests.engines.tablet import OldTablet

TOO_OLD = (73, 78) if DEEP else (78,)
FLOOR = 80
# The form as somebody would send it who does not look at the sentence, or cannot see that the form is gone.
SEND_ANYHOW = """(code) => {
  const form = document.querySelector("#enrolment")
  form.elements.code.value = code
  form.elements.enrol.click()
}"""


@pytest.fixture
def open_page(server, tmp_path) -> Iterator[Callable[[int], Page]]:
    """Return a function that starts a Chromium of a version, with an empty page."""
    browsers = []

    def open_page(version: int) -> Page:
        browsers.append(Browser(chromium(version), tmp_path / f"chromium-{version}"))
        return Page(browsers[-1])

    yield open_page
    for browser in browsers:
        browser.kill()
        assert left_over(browser.profile) == []


@pytest.fixture
def code(server) -> str:
    """A new enrolment code of a booth."""
    return one_booth(server.database, market_today()).code()


@pytest.mark.parametrize("version", TOO_OLD, ids=lambda version: f"Chromium {version}")
def test_the_code_stays_good_in_a_browser_that_is_too_old(server, open_page, code, tmp_path, version):
    page = open_page(version)
    page.goto(f"{server.url}/enrol#{code}")
    expect_sentence(page)
    assert page.evaluate("document.documentElement.dataset.lacks").split()[0] == "syntax"
    page.evaluate(f"({SEND_ANYHOW})('{code}')")
    assert page.evaluate("location.pathname + location.hash") == f"/enrol#{code}"

    newer = OldTablet(FLOOR, tmp_path / "newer", server.url)
    newer.page.goto(f"{server.url}/enrol#{code}")
    newer.expect_state("ready")
    newer.browser.kill()


@pytest.mark.parametrize("version", TOO_OLD, ids=lambda version: f"Chromium {version}")
def test_the_kiosk_says_it_too_and_nothing_else(server, open_page, version):
    page = open_page(version)
    page.goto(f"{server.url}/kiosk")
    expect_sentence(page)


@pytest.mark.parametrize("path", ["/enrol", "/kiosk"])
def test_without_scripts_the_page_says_what_to_do(server, open_page, path):
    page = open_page(FLOOR)
    page.browser.call("Emulation.setScriptExecutionDisabled", value=True)
    page.goto(f"{server.url}{path}")
    expect_sentence(page)
    assert "JavaScript" in page.evaluate("document.querySelector('#floor').innerText")


def expect_sentence(page: Page) -> None:
    """Wait for the sentences, in both languages, within the width of a phone, and for nothing beside them."""
    page.resize(360, 740)
    page.wait("document.readyState === 'complete'")
    page.wait_for("#floor")
    seen = page.evaluate("document.body.innerText")
    assert "这个浏览器太旧" in seen and "登记码没有用掉" in seen, seen
    assert "This browser is too old" in seen and "The enrolment code was not used" in seen, seen
    others = "Array.from(document.body.children).filter((one) => one.id !== 'floor' && one.getClientRects().length)"
    assert page.evaluate(f"{others}.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
