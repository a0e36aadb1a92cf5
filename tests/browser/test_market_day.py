"""The main job, from the enrolment to the printed summary, with the network and the server gone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FLAGS, program
from tests.browser.film import film_card
from tests.browser.paper import Paper
from tests.browser.server import Server
from tests.browser.switched import Switched

BOOTH, OPERATOR, PIN = 1, "刘晓琴", "1101"


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


def test_every_fact_of_an_offline_morning_is_counted_exactly_once(server, playwright, tmp_path):
    desk = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
    office = desk.new_context(base_url=server.url, locale="zh-CN")
    day, number = _print_passes(server, office, tmp_path)
    tablet = Switched(playwright, tmp_path / "profile", tmp_path / "card.y4m")

    page = tablet.switch_on()
    page.goto(server.command("enrol", "--booth", str(BOOTH)))
    expect(page.locator("html[data-state=ready]")).to_be_visible(timeout=30_000)
    expect(page.locator("#offline-ready")).to_be_visible(timeout=30_000)
    page.locator("#gate-sign-in").click()
    page.locator(".pin-name").filter(has_text=OPERATOR).click()
    page.locator("#pin").fill(PIN)
    page.locator("#pin-enter").click()
    expect(page.locator("#operator")).to_have_text(OPERATOR)
    page.locator("#gate-open").click()
    expect(page.locator("#person-name")).to_contain_text(_grouped(number), timeout=30_000)
    tablet.switch_off()

    server.kill()
    page = tablet.switch_on()
    tablet.cut_off()
    page.goto(f"{server.url}/kiosk")
    expect(page.locator("html[data-state=ready]")).to_be_visible(timeout=30_000)
    page.reload()

    expect(page.locator("#person-name")).to_contain_text(_grouped(number), timeout=30_000)
    page.locator("#vacancies .tile").first.click()
    expect(page.locator("#receipt")).to_have_attribute("data-kind", "new")
    # An exchange that hangs is given up after half a minute (PATIENCE in sync.js).
    expect(page.locator("#receipt")).to_have_attribute("data-where", "local", timeout=40_000)
    _register_walk_in(page, "李大山")
    page.locator("#vacancies .tile").nth(1).click()
    expect(page.locator("#receipt")).to_have_attribute("data-kind", "new")
    expect(page.locator("#line")).to_have_attribute("data-unsent", "3")

    tablet.pull_the_plug()
    page = tablet.switch_on()
    tablet.cut_off()
    page.goto(f"{server.url}/kiosk")
    expect(page.locator("#line")).to_have_attribute("data-unsent", "3", timeout=30_000)

    server.start()
    tablet.connect()
    page.locator("#menu-open").click()
    page.locator("#sync-now").click()
    expect(page.locator("#line")).to_have_attribute("data-unsent", "0", timeout=30_000)

    _expect_counted_once(server, office, day, tmp_path)
    tablet.switch_off()
    desk.close()


def _print_passes(server: Server, office: object, folder: Path) -> tuple[int, str]:
    """Print the coming market day's first sheet of passes; return the day and the filmed number."""
    form = {"login": server.login, "password": server.password}
    assert office.request.post("/sign-in", form=form, max_redirects=0).status == 303
    day = office.request.get("/organiser/market-days.json").json()[0]["id"]
    page = office.new_page()
    page.goto(f"/organiser/market-days/{day}/passes")
    page.locator("input[name=count]").fill("10")
    page.locator("main form button").first.click()
    page.wait_for_url("**/passes/*")
    sheet = Paper(page, folder / "passes.pdf")
    number = sheet.codes()[0][0].text.rsplit("/", 1)[1]
    film_card(sheet.path, 0, folder / "card.y4m")
    page.close()
    return day, number


def _register_walk_in(page: object, walk_in: str) -> None:
    """Register somebody without a pass, and tie them to the second vacancy."""
    page.locator("#next").click()
    page.locator("#register-walk-in").click()
    page.locator("#registration [name=name]").fill(walk_in)
    page.locator("#registration [name=birth_year]").fill("1968")
    page.locator("#notice-read").click()
    page.locator("#registration-save").click()
    expect(page.locator("#person-name")).to_contain_text(walk_in)


def _expect_counted_once(server: Server, office: object, day: int, folder: Path) -> None:
    found = office.request.get(f"/organiser/market-days/{day}/summary.json").json()
    assert (found["persons"], found["visits"], found["registered"]) == (2, 2, 1), json.dumps(found)
    assert (found["check_ins"], found["persons_checked_in"]) == (2, 2)
    assert all(tablet["complete"] for tablet in found["tablets"])  # the day's other booths never had one
    page = office.new_page()
    page.goto(f"/organiser/market-days/{day}/summary")
    assert page.locator('[data-figure="persons"]').first.inner_text() == "2"
    assert len(Paper(page, folder / "summary.pdf").pages()) <= 3  # booths without a tablet are named one by one


def _grouped(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"
