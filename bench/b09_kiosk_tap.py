"""B9: tap to painted receipt, offline, 6x slower, against one strict write and one painted frame."""

import tempfile
from pathlib import Path
from statistics import median

from bench import chromium, kiosk
from bench.measure import ms
from bench.prepared import Prepared, prepared
from bench.report import Figure

PAINTED, TIMES = 0.100, 4  # seconds; or times a strict write and a frame in the same page
# From the moment the finger lifts to the frame after the one in which the receipt was drawn.
WATCH = """() => { globalThis.tap = new Promise((resolve) => {
  addEventListener("click", ({ timeStamp }) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("#receipt[data-kind=new]")) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve((performance.now() - timeStamp) / 1000)))
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  }, { capture: true, once: true })
}) }"""
# Until the facts that were put into the store are in its mirror too: a morning's are when they are made.
MIRRORED = """async (count) => {
  const mirror = await caches.open("ganchang-mirror")
  while ((await mirror.keys()).length < count) await new Promise((resolve) => setTimeout(resolve, 200))
}"""
# The same page: one row written strictly, one mark drawn.
BASELINE = """async () => {
  const db = await new Promise((resolve) => {
    const opening = indexedDB.open("bench")
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { autoIncrement: true })
    opening.onsuccess = () => resolve(opening.result)
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  const start = performance.now()
  await new Promise((resolve) => {
    const tx = db.transaction("rows", "readwrite", { durability: "strict" })
    tx.objectStore("rows").add({ kind: "check_in.recorded", at: new Date().toISOString() })
    tx.oncomplete = resolve
  })
  document.body.dataset.bench = String(start)
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  db.close()
  return (performance.now() - start) / 1000
}"""


def run(small: bool = False) -> list[Figure]:
    """Let people show their passes one by one and tie each to the first vacancy, in each Chromium."""
    if not chromium.find():
        return [Figure("B9", "kiosk's receipt", "not measured: no Chromium", "–", None)]
    taps, size = (2, (3, 5)) if small else (11, (kiosk.CANDIDATES, kiosk.FACTS))
    figures = []
    for program in chromium.programs():
        with tempfile.TemporaryDirectory() as folder:
            tapped, bare, version = _tap(prepared(Path(folder) / "own", program, size), taps, size[1])
        figure, baseline = median(tapped[1:]), median(bare[1:])
        store = f"{size[0]} candidates, {size[1]} facts"
        what = f"kiosk offline, tap to painted receipt at 6 × CPU, {store}, Chromium {version}"
        ratio = f"{figure / baseline:.1f} × a strict write and a frame ({ms(baseline)})"
        met = figure <= PAINTED or figure <= TIMES * baseline
        figures.append(Figure("B9", what, f"{ms(figure)} (slowest {ms(max(tapped))})", ratio, met))
    return figures


def _tap(own: Prepared, taps: int, facts: int) -> tuple[list[float], list[float], str]:
    with chromium.browsing(own.profile, chromium.TABLET, own.program) as context:
        page = context.pages[0]
        chromium.open_offline(page, own.address)
        page.wait_for_selector(kiosk.READY, timeout=kiosk.PATIENCE)
        page.evaluate(MIRRORED, facts)
        chromium.slow(page)
        tapped, bare = [], []
        for number in own.cards[:taps]:
            bare.append(page.evaluate(BASELINE))
            tapped.append(_show_and_tie(page, number))
        return tapped, bare, chromium.version(page)


def _show_and_tie(page: object, number: str) -> float:
    page.locator("#number").fill(number)
    page.locator("#number").press("Enter")
    tile = page.locator("#vacancies .tile").first
    tile.wait_for(timeout=kiosk.PATIENCE)
    page.wait_for_timeout(700)  # the person is read before the tile is tapped
    page.evaluate(WATCH)
    tile.click()
    seconds = page.evaluate("globalThis.tap")
    page.wait_for_timeout(300)
    page.locator("#next").click()
    return seconds
