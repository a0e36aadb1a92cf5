"""The pictures of the printed guides, in both languages, small enough to be kept in the repository."""

from base64 import b64decode
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.album import LANGUAGES
from tests.browser.pages import signed_in
from tests.browser.server import Server
from tests.browser.tablet import OPEN_KEYPAD
from tests.browser.walks import BOOTH, DAY, LENS, pass_numbers

MOST_BYTES = 400_000  # of all together
QUALITY, SCALE = 55, 0.6
DESK, TABLET = {"width": 900, "height": 1080}, {"width": 640, "height": 768}


def take_guide_pictures(browser: Browser, server: Server, folder: Path) -> None:
    """Write the pictures of the guides as WebP into a folder, over the older ones."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    numbers = pass_numbers(browser, server)
    for language, locale in LANGUAGES.items():
        place = {"base_url": server.url, "locale": locale, "timezone_id": "Asia/Shanghai"}
        office = browser.new_context(viewport=DESK, **place)
        page = signed_in(office, server.login, server.password)
        for name in ("day", "live", "summary"):
            page.goto(DAY if name == "day" else f"{DAY}/{name}")
            _keep(page, folder / f"{language}-{name}.webp")
        office.close()
        booth = browser.new_context(viewport=TABLET, **place)
        booth.add_init_script(LENS)
        page = booth.new_page()
        page.goto(server.command("enrol", "--booth", BOOTH))
        page.wait_for_selector("html[data-state=ready]", state="attached")
        if page.locator("#gate-open").count():
            page.locator("#gate-open").click()
        _keep(page, folder / f"{language}-board.webp")
        page.evaluate(OPEN_KEYPAD)
        page.locator("#number").fill(numbers.pop())
        page.keyboard.press("Enter")
        page.locator("#vacancies .tile").first.wait_for()
        _keep(page, folder / f"{language}-person.webp")
        page.locator("#vacancies .tile").first.click()
        page.wait_for_selector("#receipt[data-where=confirmed]")
        _keep(page, folder / f"{language}-receipt.webp")
        booth.close()
    size = sum(path.stat().st_size for path in folder.glob("*.webp"))
    assert size < MOST_BYTES, f"the guides' pictures have {size} bytes"


def _keep(page: Page, path: Path) -> None:
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_timeout(500)  # for pictures of trades, and what rises into its place
    size = page.viewport_size
    asked = {"format": "webp", "quality": QUALITY, "clip": {"x": 0, "y": 0, **size, "scale": SCALE}}
    data = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
    path.write_bytes(b64decode(data))
