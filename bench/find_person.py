"""FIND: a letter typed into 找人 among 2,000 people, offline, 6x slower, against one painted frame."""

import tempfile
from pathlib import Path
from statistics import median

from bench import chromium, kiosk
from bench.measure import ms
from bench.prepared import Prepared, prepared
from bench.report import Figure

FOUND = 0.050  # seconds until the rows of those who are found stand in the page
PEOPLE, FACTS = 2_000, 200
TYPED = ("w", "wa", "wan", "wang", "wang1", "wang19", "王1", "王12", "17", "170", "1700")
# From the event of the letter to the end of the task that changed the rows, and to the frame after it.
WATCH = """() => { globalThis.found = new Promise((resolve) => {
  addEventListener("input", ({ timeStamp }) => {
    const since = () => (performance.now() - timeStamp) / 1000
    setTimeout(() => {
      const listed = since()
      requestAnimationFrame(() => setTimeout(() => resolve([listed, since()])))
    })
  }, { capture: true, once: true })
}) }"""
BASELINE = """async () => {
  const start = performance.now()
  document.body.dataset.bench = String(start)
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return (performance.now() - start) / 1000
}"""


def run(small: bool = False) -> list[Figure]:
    """Open the search and type, letter by letter, in each Chromium."""
    if not chromium.find():
        return [Figure("FIND", "search of people", "not measured: no Chromium", "–", None)]
    size, times = ((3, 5), 1) if small else ((PEOPLE, FACTS), 3)
    figures = []
    for program in chromium.programs():
        with tempfile.TemporaryDirectory() as folder:
            found, bare, version = _type(prepared(Path(folder) / "own", program, size), times)
        listed, painted, frame = (median(some) for some in (*zip(*found, strict=True), bare))
        what = f"kiosk offline, a letter of a name to who is found, {size[0]} people, 6 × CPU, Chromium {version}"
        figures += [
            Figure("FIND", what, f"{ms(listed)} (slowest {ms(max(one for one, _ in found))})",
                   f"{listed / frame:.1f} × a frame ({ms(frame)})", listed <= FOUND),
            Figure("FIND", "the same until it is painted", ms(painted), f"{painted / frame:.1f} × a frame", None),
        ]  # fmt: skip
    return figures


def _type(own: Prepared, times: int) -> tuple[list[tuple[float, float]], list[float], str]:
    with chromium.browsing(own.profile, chromium.TABLET, own.program) as context:
        page = context.pages[0]
        chromium.open_offline(page, own.address)
        page.wait_for_selector(kiosk.READY, timeout=kiosk.PATIENCE)
        page.locator("#find-open").click()
        field = page.locator("#find-text")
        field.fill("w")
        page.locator("#find-results .find-row").first.wait_for(timeout=kiosk.PATIENCE)
        chromium.slow(page)
        found, bare = [], []
        for text in TYPED * times:
            page.wait_for_timeout(300)
            bare.append(page.evaluate(BASELINE))
            page.evaluate(WATCH)
            field.fill(text)
            found.append(tuple(page.evaluate("globalThis.found")))
        return found, bare, chromium.version(page)
