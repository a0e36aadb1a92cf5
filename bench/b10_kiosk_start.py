"""B10: cold start of the kiosk without server, 6x slower, against the same start at full speed."""

import tempfile
from pathlib import Path
from statistics import median

from bench import chromium, kiosk
from bench.measure import ms
from bench.report import Figure
from bench.server import serving
from bench.world import build

READY = 1.5  # seconds
# Seconds from the navigation until the screen says ready and has been painted.
WATCH = """globalThis.readyAfter = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.state !== "ready") return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() / 1000)))
  }).observe(document, { subtree: true, attributes: true, childList: true })
})"""


def run(small: bool = False) -> list[Figure]:
    """Start the browser anew for each round, slowed down and not, with the server gone."""
    if not chromium.find():
        return [Figure("B10", "kiosk's cold start", "not measured: no Chromium", "–", None)]
    rounds, size = (1, (3, 5)) if small else (5, (kiosk.CANDIDATES, kiosk.FACTS))
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), vacancies=5)
        profile = Path(folder) / "profile"
        with serving(world.url) as server:
            kiosk.prepare(profile, server, world, size)
            address = f"http://127.0.0.1:{server.port}/kiosk"
        pairs = [(_start(profile, address, chromium.SLOWDOWN), _start(profile, address, 1))
                 for _ in range(rounds)]  # fmt: skip
    slow, fast = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    what = f"kiosk offline, cold start at 6 × CPU, {size[0]} candidates, {size[1]} facts"
    return [Figure("B10", what, ms(slow), f"{slow / fast:.1f} × at full speed ({ms(fast)})", slow <= READY)]


def _start(profile: Path, address: str, times: int) -> float:
    with chromium.browsing(profile, chromium.TABLET) as context:
        page = context.pages[0]
        context.set_offline(True)
        page.add_init_script(WATCH)
        chromium.slow(page, times)
        page.goto(address, wait_until="commit")
        return page.evaluate("globalThis.readyAfter")
