"""A booth's tablet in a browser of its own: what an operator does with it, by the page's stable names."""

import time
from itertools import count

from playwright.sync_api import Locator, expect

PATIENCE = 30_000  # ms, for a page on a busy machine
FACTS = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("ganchang")
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const asked = opening.result.transaction("operations").objectStore("operations").getAll()
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result) }
  }
})"""
PUT_RECORD = """(row) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("ganchang")
  opening.onsuccess = () => {
    const tx = opening.result.transaction("records", "readwrite")
    tx.objectStore("records").put(row)
    tx.oncomplete = () => { opening.result.close(); resolve() }
    tx.onerror = () => reject(tx.error)
  }
})"""
# Whatever is on the tablet outside the sealed boxes, as one text.
KEPT = """async () => {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open("ganchang")
    opening.onsuccess = () => resolve(opening.result)
  })
  const all = (store) => new Promise((resolve) => {
    const asked = db.transaction(store).objectStore(store).getAll()
    asked.onsuccess = () => resolve(asked.result)
  })
  const rows = await Promise.all(["operations", "results", "records", "meta"].map(all))
  db.close()
  const cache = await caches.open("ganchang-mirror")
  const kept = await Promise.all((await cache.keys()).map((key) => cache.match(key)))
  const copies = await Promise.all(kept.map((copy) => (copy || new Response()).text()))
  return JSON.stringify([rows, copies, { ...localStorage }])
}"""
OPEN_KEYPAD = """() => {
  if (!document.querySelector("#number").getClientRects().length) document.querySelector("#keypad-open").click()
}"""
# Resolves when everything is kept for days without network. A promise is no condition for wait_for_function.
ARE_KEPT = """async ([urls, patience]) => {
  const find = (url) => caches.match(url, { ignoreVary: true })
  const kept = async () => (await Promise.all(urls.map(find))).every(Boolean)
  for (const end = Date.now() + patience; !(await kept()); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end) throw new Error(`not kept: ${urls}`)
}"""
META = """(key) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("ganchang")
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const asked = opening.result.transaction("meta").objectStore("meta").get(key)
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result ?? null) }
  }
})"""
# Of whichever template has it: screens bring their own, and may still be on their way.
SENTENCE = """async ([code, patience]) => {
  const find = ({ content }) => JSON.parse(content.textContent)[code]
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = [...document.querySelectorAll("template[data-sentences]")].map(find).find(Boolean)
    if (found) return found
  }
  throw new Error(`no sentence for ${code}`)
}"""
# Two ms apart by their own times: a busy machine may hold the page up between two keys, and then no scanner typed them.
SCANNER = """(keys) => {
  const start = performance.now()
  for (const [place, key] of keys.entries()) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, "timeStamp", { value: start + 2 * place })
    document.body.dispatchEvent(event)
  }
}"""


class Tablet:
    """One browser context, enrolled with a one-time code, its booth open. ``passes`` are of nobody yet."""

    def __init__(self, browser: object, url: str, code: str, passes: list[str], **place: object) -> None:
        self._passes = map(passes.__getitem__, count())
        self.url = url
        place = {"viewport": {"width": 800, "height": 1280}, "locale": "zh-CN"} | place
        self.context = browser.new_context(base_url=url, **place)
        self.page = self.context.new_page()
        self.page.goto(f"/enrol#{code}")
        self.expect_ready()
        self.open_booth()

    def expect_ready(self) -> None:
        """Wait until the tablet works, and works without network."""
        expect(self.page.locator("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator("#offline-ready")).to_be_visible(timeout=PATIENCE)

    def wait_until_kept(self, *urls: str) -> None:
        """Wait until the tablet has these for days without network."""
        self.page.evaluate(ARE_KEPT, [list(urls), PATIENCE])

    def open_booth(self) -> None:
        """Open the booth, whatever the check before it says."""
        self.find("#gate-open").click()
        expect(self.find("#scan")).to_be_visible()

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def say(self, code: str) -> str:
        """Return the page's own sentence for a code."""
        return self.page.evaluate(SENTENCE, [code, PATIENCE])

    def facts(self, kind: str = "") -> list[dict]:
        """Return what the tablet's own log holds, of one kind or of all."""
        return [fact for fact in self.page.evaluate(FACTS) if kind in ("", fact["kind"])]

    def put_record(self, kind: str, key: str, data: dict) -> None:
        """Put a record into the tablet's store, as if the server had told it."""
        self.page.evaluate(PUT_RECORD, {"kind": kind, "id": key, "data": data})

    def kept(self) -> str:
        """Return all that can be read on the tablet outside the page."""
        return self.page.evaluate(KEPT)

    def meta(self, key: str) -> object:
        """Return a single value of the tablet's store."""
        return self.page.evaluate(META, key)

    def tile(self, vacancy: object) -> Locator:
        return self.find(f"#vacancy-{vacancy.number}")

    def row(self, pass_number: str) -> Locator:
        """Return the row of today of somebody known by a pass alone."""
        spaced = f"{pass_number[:3]} {pass_number[3:6]} {pass_number[6:]}"
        return self.find("#today .today-row").filter(has_text=spaced)

    def open_keypad(self) -> None:
        """Show the keys, unless they are there already: the camera may come or go at this moment."""
        self.page.evaluate(OPEN_KEYPAD)
        expect(self.find("#number")).to_be_visible()

    def show_pass(self, number: str | None = None) -> str:
        """Type a pass's number, of somebody new unless it is said whose."""
        number = number or next(self._passes)
        self.open_keypad()
        self.find("#number").fill(number)
        self.find("#number").press("Enter")
        expect(self.find("#person")).to_be_visible()
        return number

    def tie(self, vacancy: object, kind: str = "new") -> None:
        self.tile(vacancy).click()
        expect(self.find("#receipt")).to_have_attribute("data-kind", kind)

    def type_fast(self, text: str) -> None:
        """Type as a hand scanner does: into no field, without a pause, and Enter.

        The page itself makes the keys: Playwright's own come too slowly from a busy machine.
        """
        self.page.evaluate(SCANNER, [*text, "Enter"])

    def scan_into(self, selector: str, text: str) -> None:
        """Scan with the cursor in a field: real keys with a scanner's times, however slowly this machine sends them."""
        self.find(selector).focus()
        session = self.context.new_cdp_session(self.page)
        start = time.time()
        for place, key in enumerate([*text, "Enter"]):
            event = {"key": key, "timestamp": start + place * 0.005}
            typed = {"code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13} if key == "Enter" else {"text": key}
            session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event, **typed})
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
        session.detach()

    def home(self) -> None:
        """Go back to the first screen, whatever is open."""
        expect(self.find("#scan:visible, #person:visible, #registration:visible")).to_have_count(1)
        for leave in ("#next", "#registration-leave"):
            if self.find(leave).is_visible():
                self.find(leave).click()
        if self.find("#number").input_value():
            self.find("#number").fill("")
        expect(self.find("#scan")).to_be_visible()

    def fill_in(self, **fields: str) -> None:
        """Open the walk-in's form for somebody new and fill in what it must have, and what is given."""
        self.find("#register-walk-in").click()
        expect(self.find("#registration-title")).to_be_visible()
        if self.find("#left-empty").is_visible():
            self.find("#left-empty").click()
        for name, value in fields.items():
            self.find(f"#form-{name}").fill(value)
        if self.find("#notice-read").get_attribute("aria-checked") == "false":
            self.find("#notice-read").click()

    def sync(self) -> None:
        self.choose("#sync-now")

    def choose(self, act: str) -> None:
        """Do what stands in the menu."""
        self.find("#menu-open").click()
        self.find(act).click()

    def sign_in(self, name: str, pin: str) -> None:
        """Sign an operator in, by the button in the header or on the lock."""
        if not self.find("#lock").is_visible():
            self.find("#operator").click()
        self.type_pin(name, pin)
        expect(self.find("#operator")).to_have_text(name)

    def type_pin(self, name: str, pin: str) -> None:
        """Choose an operator and type a PIN, right or wrong."""
        self.find(".pin-name").filter(has_text=name).click()
        for digit in pin:
            self.find(".pin .key").filter(has_text=digit).click()
        self.find("#pin-enter").click()

    def expect_unsent(self, number: int) -> None:
        expect(self.find("#line")).to_have_attribute("data-unsent", str(number), timeout=PATIENCE)
