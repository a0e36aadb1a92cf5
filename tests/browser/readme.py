"""The README's few pictures, each small enough to be kept in the repository."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.browser.pages import signed_in
from tests.browser.paper import Paper
from tests.browser.server import Server
from tests.browser.walks import BOOTH, DAY, pass_numbers

MOST_BYTES = 150_000
PLACE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE, TABLET, DESK = ({"width": w, "height": h} for w, h in ((360, 640), (800, 1280), (1280, 800)))


def take_pictures(browser: Browser, server: Server, folder: Path) -> None:
    """Write poster, phone, kiosk, live page and summary as WebP into a folder, over the older ones."""
    for old in folder.glob("*.*"):
        old.unlink()
    office = browser.new_context(base_url=server.url, viewport=DESK, **PLACE)
    page = signed_in(office, server.login, server.password)
    coming = office.request.get("/organiser/market-days.json").json()[0]["id"]
    _keep(page, folder / "poster.webp", lambda: _show_printed(page, f"/organiser/market-days/{coming}/posters?booth=1", 0))
    _keep(page, folder / "summary.webp", lambda: _show_printed(page, f"{DAY}/summary", 0))
    _keep(page, folder / "live.webp", lambda: _show_live(page))
    office.close()
    walks = {"phone": (PHONE, _show_vacancy(coming)), "kiosk": (TABLET, _show_receipt(browser, server))}
    for name, (size, show) in walks.items():
        context = browser.new_context(base_url=server.url, viewport=size, **PLACE)
        page = context.new_page()
        _keep(page, folder / f"{name}.webp", lambda show=show, page=page: show(page))
        context.close()


def _keep(page: Page, path: Path, show: Callable[[], None]) -> None:
    """Show a page and keep what is seen of it: the best quality that is small enough."""
    show()
    for quality in (90, 80, 65, 50):
        asked = {"format": "webp", "quality": quality}
        data = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
        path.write_bytes(b64decode(data))
        if path.stat().st_size <= MOST_BYTES:
            return


def _show_printed(page: Page, path: str, sheet: int) -> None:
    """Show a sheet of paper as a picture, since a screen's page is not what a printer puts down."""
    page.emulate_media(media="print")
    page.goto(path)
    with TemporaryDirectory() as folder:
        png = b64encode(Paper(page, Path(folder) / "printed.pdf").pngs(sheet + 1)[sheet]).decode()
    page.goto("about:blank")  # away from the rules of the page that was printed
    page.set_viewport_size({"width": 620, "height": 877})
    page.set_content(f'<body style="margin:0"><img src="data:image/png;base64,{png}" style="width:100%;display:block">')
    page.emulate_media(media="screen")


def _show_live(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{DAY}/live")
    if page.url.endswith("/live") and page.locator("h1").count():
        return
    page.goto(DAY)


def _show_vacancy(day: int) -> Callable[[Page], None]:
    def show(page: Page) -> None:
        page.goto(f"/m/{day}")
        page.locator("main a[href*='/v/']").first.click()
        page.wait_for_load_state()

    return show


def _show_receipt(browser: Browser, server: Server) -> Callable[[Page], None]:
    """A booth's tablet just after somebody was tied to a vacancy."""

    def show(page: Page) -> None:
        number = pass_numbers(browser, server)[-1]
        page.goto(server.command("enrol", "--booth", BOOTH))
        page.wait_for_selector("html[data-state=ready]", state="attached")
        if page.locator("#gate-open").count():
            page.locator("#gate-open").click()
        page.locator("#number").fill(number)
        page.keyboard.press("Enter")
        page.locator("#vacancies .tile").first.click()
        page.wait_for_selector("#receipt[data-where=confirmed]")

    return show
