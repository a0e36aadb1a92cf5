"""A booth's tablet in an old Chromium: what an operator does with it, by the page's stable names."""

from pathlib import Path

from tests.browser.server import PATIENCE
from tests.engines.builds import chromium
from tests.engines.devtools import Browser, Page, PageError

# Of what the worker keeps once the page is idle, the last one and the largest: then everything has arrived.
KEPT = """(async () => {
  const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
  const paths = [].concat(...keys).map(({ url }) => new URL(url).pathname)
  return ["manifest.webmanifest", ".wasm"].every((end) => paths.some((path) => path.endsWith(end)))
})()"""

# Chromium below 95 does not know this word of the page's rules, and says so on each page.
KNOWN = "'wasm-unsafe-eval''. It will be ignored."


class OldTablet:
    """A Chromium of an old version with a profile on disk. It can be switched off as people do, or hard."""

    def __init__(self, version: int, profile: Path, url: str) -> None:
        self._program, self._profile, self.url = chromium(version), profile, url
        self.errors: list[str] = []
        self._cookies: list[dict] = []
        self.switch_on()

    def switch_on(self) -> None:
        self.browser = Browser(self._program, self._profile)
        self.page = Page(self.browser)
        # This build of 112 writes none when it is closed.
        self.browser.call("Network.setCookies", cookies=self._cookies)

    def switch_off(self) -> None:
        """Close the browser as people do, with time to write down its cookies."""
        self.errors += self.browser.errors
        self._cookies = self.browser.call("Network.getAllCookies")["cookies"]
        self.browser.close()

    def pull_the_plug(self) -> None:
        """Kill the browser without a word, as an empty battery does."""
        self.errors += self.browser.errors
        self.browser.kill()

    def enrol(self, code: str) -> None:
        """Become a booth's tablet, and wait until everything is kept for days without network."""
        self.page.goto(f"{self.url}/enrol#{code}")
        self.expect_state("ready")
        self.page.wait_for("#offline-ready")
        self.page.wait(KEPT)

    def open_kiosk(self) -> None:
        """Open the kiosk anew, with a server or without. An old Chromium that was just switched on, on a busy machine,
        sometimes fails to start its service worker and shows its own page: then reload once, as people do."""
        try:
            self.page.goto(f"{self.url}/kiosk")
        except PageError:
            self.page.goto(f"{self.url}/kiosk")
        self.expect_state("ready")

    def expect_state(self, state: str) -> None:
        self.page.wait(f"document.documentElement.dataset.state === '{state}'", patience=2 * PATIENCE)

    def open_booth(self) -> None:
        self.page.click("#gate-open")
        self.page.wait_for("#scan")

    def show_pass(self, number: str) -> None:
        """Type a pass's number."""
        self.page.type("#number", number)
        self.page.press_enter()
        self.page.wait_for("#person")

    def tie(self, kind: str = "new") -> None:
        """Tie the person to the first vacancy."""
        self.page.click("#vacancies .tile")
        self.expect_receipt(kind)

    def expect_receipt(self, kind: str) -> None:
        self.page.wait(f"document.querySelector('#receipt').dataset.kind === '{kind}'")

    def fill_in(self, name: str, shown: str = "#notice-read", phone: str = "") -> None:
        """Open the walk-in's form and fill in what it must have. Wait for what it then shows."""
        self.page.click("#register-walk-in")
        self.page.type("#registration [name=name]", name)
        self.page.type("#registration [name=birth_year]", "1968")
        if phone:
            self.page.type("#registration [name=phone]", phone)
        self.page.click("#notice-read")
        self.page.wait_for(shown)

    def press(self, *selectors: str, then: str = "body") -> None:
        """Press one after the other, and wait until the last has shown what it leads to."""
        for selector in selectors:
            self.page.click(selector)
        self.page.wait_for(then)

    def find(self, text: str, shown: str) -> None:
        """Search for a person, until something is shown."""
        self.page.type("#find-text", text)
        self.page.wait_for(shown)

    def set_pin(self, pin: str) -> None:
        """Type a new PIN twice, once an operator is chosen."""
        for _ in range(2):
            self.page.wait("document.querySelector('#pin').value === ''")
            self.page.type("#pin", pin)
            self.page.click("#pin-enter")
        self.page.wait("!document.querySelector('dialog[open]')")

    def leave_practice(self) -> None:
        self.page.click("#practice-leave")
        self.page.wait("location.pathname === '/kiosk'")
        self.expect_state("ready")
        self.page.wait_for("#scan")

    def sync(self) -> None:
        self.page.click("#menu-open")
        self.page.click("#sync-now")

    def expect_unsent(self, number: int) -> None:
        self.page.wait(f"document.querySelector('#line').dataset.unsent === '{number}'")
