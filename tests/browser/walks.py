"""Walks past every page with a camera: the phone's, the office's, the kiosk's screens, and what is printed."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.browser.album import HELD, LANGUAGES, THEMES, WIDTHS, Album
from tests.browser.pages import empty_pages, office_pages, phone_pages, signed_in, visit
from tests.browser.paper import Paper
from tests.browser.server import Server
from tests.browser.tablet import OPEN_KEYPAD

BOOTH = "3"
HERE = {"timezone_id": "Asia/Shanghai"}
COMING = "/m/2"  # the market day that the demo has still to come
SHEETS = 3  # of what is printed
CITY = "city"  # who reads the totals of all counties
# A camera that sees a card on a table.
LENS = """
const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
const camera = (deviceId) => ({ kind: "videoinput", deviceId, label: deviceId })
navigator.mediaDevices.enumerateDevices = async () => [camera("front"), camera("back")]
const draw = () => {
  const pen = canvas.getContext("2d")
  const card = [["#fffdf8", 170, 120, 300, 240], ["#e3d9c6", 190, 320, 260, 24]]
  for (const [colour, ...box] of [["#8d8577", 0, 0, 640, 480], ...card]) {
    pen.fillStyle = colour
    pen.fillRect(...box)
  }
}
setInterval(draw, 100) // a camera whose picture stands still counts as frozen
navigator.mediaDevices.getUserMedia = async () => {
  draw()
  const stream = canvas.captureStream(5)
  const [track] = stream.getVideoTracks()
  track.getSettings = () => ({ deviceId: "back" })
  track.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 4 } })
  track.applyConstraints = async () => {}
  return stream
}
"""
STATES = ("opening", "loading", "new", "vanished", "stranger", "revoked", "second", "broken", "insecure")
DAY = "/organiser/market-days/1"
PRINTED = {
    "poster": f"{DAY}/posters?booth=1",
    "booth-poster": f"{DAY}/posters?per=booth&booth=2&booth=11",
    "market-day-poster": f"{DAY}/posters?per=market_day",
    "passes": f"{DAY}/passes/1",
    "checklist": f"{DAY}/checklist/sheet",
    "market-days": "/organiser/market-days",
    "employers": "/organiser/employers",
    "market-rules": "/organiser/market-rules",
    "campaign": "/organiser/campaigns/1",
    "booth": f"{DAY}/booths/1",
    "loudspeaker-list": f"{DAY}/loudspeaker",
    "summary": f"{DAY}/summary",
}


def walk_phone(browser: Browser, server: Server, album: Album) -> None:
    """Photograph the phone's pages, in usual letters and in large ones."""
    for language, locale in LANGUAGES.items():
        for text in ("normal", "large"):
            context = browser.new_context(base_url=server.url, locale=locale, **HERE, viewport=_size("phone"))
            context.add_cookies([{"name": "text", "value": text, "url": server.url}])
            page = context.new_page()
            for kind, path in phone_pages(context.request, COMING).items():
                visit(page, kind, path)
                variant = language if text == "normal" else f"{language}-large"
                if text == "normal":
                    album.take_in_all_widths(page, "phone", _name(kind), variant)
                else:
                    album.take(page, "phone", _name(kind), f"{variant}-phone")
            _photograph_refusals(page, album, f"{language}-{text}-phone")
            context.close()


def _photograph_refusals(page: Page, album: Album, variant: str) -> None:
    """Photograph the form that was sent empty, and the kind no to a child."""
    vacancy = re.search(r'href="(/v/\d{7})"', page.request.get(COMING).text())[1]
    page.context.clear_cookies(name="ganchang_me")
    for name, year in (("form-empty", ""), ("too-young", "2015")):
        page.goto(vacancy)
        if year:
            page.locator("[name=name]").fill("王小明")
            page.locator("[name=birth_year]").fill(year)
        page.locator("#want .button-main").last.click()
        album.take(page, "phone", name, variant)


def walk_office(browser: Browser, server: Server, album: Album) -> None:
    """Photograph the pages of a signed-in organiser."""
    for language, locale in LANGUAGES.items():
        context = browser.new_context(base_url=server.url, locale=locale, **HERE, viewport=_size("desk"))
        page = signed_in(context, server.login, server.password)
        for kind, path in (office_pages(context.request) | empty_pages(context.request)).items():
            page.goto(path)
            album.take_in_all_widths(page, "office", _name(kind), language)
        for menu, name in ((".page-nav .page-menu", "menu of pages"), (".page-who", "menu of the account")):
            page.goto("/organiser/devices")
            page.locator(f"{menu} > summary").click()
            album.take_in_all_widths(page, "office", name, language)
        context.close()
        _photograph_the_city(browser, server, album, language, locale)


def _photograph_the_city(browser: Browser, server: Server, album: Album, language: str, locale: str) -> None:
    """Photograph the totals of all counties, which the city's own account alone sees."""
    if language == next(iter(LANGUAGES)):
        server.command("user", "add", CITY, "--role", "city", "--password", server.password)
    context = browser.new_context(base_url=server.url, locale=locale, **HERE, viewport=_size("desk"))
    page = signed_in(context, CITY, server.password)
    page.goto("/")
    album.take_in_all_widths(page, "office", "city", language)
    context.close()


def walk_kiosk(browser: Browser, server: Server, album: Album) -> None:
    """Photograph the kiosk's screens and those of practice, in both themes, upright and on their side."""
    for language, locale in LANGUAGES.items():
        context = browser.new_context(base_url=server.url, locale=locale, **HERE, viewport=_size("tablet"))
        context.add_init_script(LENS)
        page = context.new_page()
        page.goto(server.command("enrol", "--booth", BOOTH))
        page.wait_for_selector("html[data-state=ready]", state="attached")
        page.wait_for_selector("#offline-ready", state="attached")
        for place, (name, act) in enumerate(_screens(pass_numbers(browser, server))):
            act(page)
            _in_both_themes(page, album, f"{place:02} {name}", language)
        page.goto("/kiosk")
        page.wait_for_selector("html[data-state=ready]", state="attached")
        page.evaluate("document.body.append(document.querySelector('#part-states').content.cloneNode(true))")
        for state in STATES:
            page.evaluate("(state) => { document.documentElement.dataset.state = state }", state)
            _in_both_themes(page, album, f"state {state}", language)
        context.close()


def walk_paper(browser: Browser, server: Server, album: Album) -> None:
    """Photograph what comes out of the printer, the first sheets of each."""
    for language, locale in LANGUAGES.items():
        context = browser.new_context(base_url=server.url, locale=locale, **HERE)
        page = signed_in(context, server.login, server.password)
        page.emulate_media(media="print")
        for name, path in PRINTED.items():
            page.goto(path)
            with TemporaryDirectory() as folder:
                pictures = Paper(page, Path(folder) / "printed.pdf").pngs(SHEETS)
            for number, picture in enumerate(pictures, start=1):
                album.place("paper", name, f"{language}-{number}").write_bytes(picture)
        context.close()


def pass_numbers(browser: Browser, server: Server) -> list[str]:
    """Return numbers of paper passes of the coming market day, which nobody has used."""
    context = browser.new_context(base_url=server.url, locale="zh-CN")
    page = signed_in(context, server.login, server.password)
    coming = context.request.get("/organiser/market-days.json").json()[0]["id"]
    page.goto(f"/organiser/market-days/{coming}/passes")
    sheets = page.locator("main a[href*='/passes/']").first.get_attribute("href")
    numbers = re.findall(r'data-pass="(\d{10})"', context.request.get(sheets).text())
    context.close()
    return numbers


def _screens(passes: list[str]) -> list[tuple[str, Callable[[Page], None]]]:
    """Return the kiosk's screens in the order in which one leads to the next."""
    def press(*selectors: str) -> Callable[[Page], None]:
        return lambda page: [page.locator(selector).first.click(timeout=3_000) for selector in selectors]

    def type_number(number: str, then: str) -> Callable[[Page], None]:
        def act(page: Page) -> None:
            page.evaluate(OPEN_KEYPAD)
            page.locator("#number").fill(number)
            page.locator("#number").press("Enter")
            page.wait_for_selector(then, timeout=5_000)
        return act

    def close(then: Callable[[Page], None]) -> Callable[[Page], None]:
        def act(page: Page) -> None:
            page.keyboard.press("Escape")
            then(page)
        return act

    def tie(page: Page) -> None:
        page.locator("#vacancies .tile").first.click(timeout=3_000)
        page.wait_for_selector("#receipt:visible", timeout=5_000)

    def close_booth(page: Page) -> None:
        page.locator("#lock-without").click(timeout=3_000)
        press("#menu-open", "#close-booth")(page)

    def practise(page: Page) -> None:
        press("#menu-open", "#practise")(page)
        page.wait_for_selector("#practice-pass:visible", timeout=10_000)

    return [
        ("gate", lambda page: page.wait_for_selector("#gate-open", timeout=3_000)),
        ("scan", lambda page: (page.locator("#gate-open").count() and page.locator("#gate-open").click(),
                               page.wait_for_selector("#scan", timeout=5_000))),
        ("wrong number", type_number(passes[0][:-1] + str((int(passes[0][-1]) + 1) % 10), "#number-fault:visible")),
        ("person", type_number(passes[0], "#person:visible")),
        ("receipt", tie),
        ("receipt again", tie),
        ("back with a row of today", press("#next")),
        ("filter", press("#filter-interested")),
        ("stage", press("#filter-interested", "#today .today-row")),
        ("stage put right", press("#stage-correct")),
        ("registration", close(press("#register-walk-in"))),
        ("registration refused", press("#registration-save")),
        ("operator", lambda page: (page.locator("#registration-leave").click(), page.locator("#operator").click())),
        ("tray", close(press("#tray-open"))),
        ("menu", close(press("#menu-open"))),
        ("hand-over", press("#hand-over")),
        ("lock", close(press("#menu-open", "#lock-now"))),
        ("closing", close_booth),
        ("agreed", press("#closing-agreed")),
        ("closed", close(press("#closing-close"))),
        ("practice", practise),
        ("practice person", press("#practice-pass")),
        ("practice receipt", press("#vacancy-1000019")),
        ("practice registration", press("#next", "#register-walk-in", "#practice-fill")),
        ("practice stage", press("#notice-read", "#registration-save", "#next", "#today [data-stage=interested]")),
        ("practice end", press("#stage-interviewed", "#tally-leaflet")),
    ]  # fmt: skip


def _in_both_themes(page: Page, album: Album, name: str, language: str) -> None:
    for theme in THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        album.take_in_all_widths(page, "kiosk", name, f"{language}-{theme}", HELD)


def _name(kind: str) -> str:
    """Return a kind of page as the name of a folder."""
    return re.sub(r"[^\w#]+", "-", kind.replace("/organiser", "")).strip("-") or "home"


def _size(name: str) -> dict[str, int]:
    width, height = WIDTHS[name]
    return {"width": width, "height": height}
