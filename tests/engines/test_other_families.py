"""Kiosk, phone and office in Firefox and WebKitGTK: each page works, and none of them throws.

Not tried here: the camera (neither has a film for one), and an offline start (WebKitGTK under WebDriver keeps
nothing on disk; Firefox's is the same code as in tests/engines/test_market_day.py).
"""

import re
import time
from collections.abc import Iterator
from glob import glob
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.conftest import program
from tests.browser.ground import OneBooth, market_today, one_booth
from tests.engines.builds import miss
from tests.engines.processes import left_over
from tests.engines.webdriver import ENTER, PATIENCE, Driver, Firefox, WebKit


def start_firefox(folder: Path) -> Driver:
    return Firefox(program("firefox-esr", "firefox"), folder)


def start_webkit(folder: Path) -> Driver:
    programs = {name: program(name) for name in ("WebKitWebDriver", "Xvfb")}
    browsers = glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
    if not browsers:
        miss("MiniBrowser is not installed (Debian: webkit2gtk-driver): WebKitGTK was NOT tested")
    return WebKit(programs | {"MiniBrowser": max(browsers)}, folder)


FAMILIES = {"Firefox": start_firefox, "WebKitGTK": start_webkit}


@pytest.fixture(scope="module", params=FAMILIES)
def browser(request, tmp_path_factory) -> Iterator[Driver]:
    with FAMILIES[request.param](tmp_path_factory.mktemp(request.param)) as browser:
        yield browser
    assert left_over(browser.folder) == []


@pytest.fixture
def ground(server) -> OneBooth:
    return one_booth(server.database, market_today())


def test_the_kiosk_enrols_and_ties_a_number(server, browser, ground):
    browser.goto(f"{server.url}/enrol#{ground.code()}")
    browser.wait("document.documentElement.dataset.state === 'ready'")
    browser.listen()
    browser.wait_for("#gate-open")
    browser.click_until("#gate-open", "#number")
    browser.type("#number", ground.take(1)[0] + ENTER)
    browser.wait_for("#person")
    browser.click("#vacancies .tile")
    browser.wait("document.querySelector('#receipt').dataset.kind === 'new'")
    browser.wait("document.querySelector('#line').dataset.unsent === '0'")
    assert browser.errors() == []


def test_a_phone_shows_a_vacancy_and_registers_for_it(server, browser):
    with urlopen(f"{server.url}/m/2") as page:
        vacancy = re.search(r'href="(/v/\d{7})"', page.read().decode())[1]
    browser.goto(server.url + vacancy)
    browser.wait_for("h1")
    browser.type("[name=name]", "李大山")
    browser.type("[name=birth_year]", "1968")
    browser.click("#want .button-main")
    browser.wait("document.body.innerText.includes('李大山')")
    browser.listen()
    assert browser.errors() == []


def test_an_organiser_signs_in_and_opens_a_market_day(server, browser):
    browser.goto(f"{server.url}/sign-in")
    browser.type("[name=login]", server.login)
    browser.type("[name=password]", server.password + ENTER)
    # A page that is left while it loads runs scripts without those that they need.
    browser.wait("location.pathname.startsWith('/organiser') && document.readyState === 'complete'")
    browser.goto(f"{server.url}/organiser/market-days/1")
    browser.wait_for("main a[href*='/booths/']")
    assert browser.errors() == []


def test_what_a_page_throws_is_noticed(server, browser):
    """The last one, because Firefox tells it for good."""
    browser.goto(f"{server.url}/sign-in")
    browser.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    browser.wait("document.readyState === 'complete'")
    until = time.monotonic() + PATIENCE
    while not browser.errors() and time.monotonic() < until:
        time.sleep(0.1)
    assert ["on purpose" in error for error in browser.errors()] == [True]
