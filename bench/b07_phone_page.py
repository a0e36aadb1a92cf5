"""B7: first visit of the phone's vacancy page at 400 kbit/s, 400 ms and 6x, against an empty page."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import chromium
from bench.measure import ms
from bench.report import Figure
from bench.server import Server, serving
from bench.world import build

BYTES, USABLE = 14_336, 1.5  # 14 KB compressed; seconds
# When the form can be read and tapped: parsed and painted, whichever is later.
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation")
  const paint = performance.getEntriesByName("first-contentful-paint")[0]
  const asked = performance.getEntriesByType("resource")
  const blocking = asked.filter((entry) => entry.renderBlockingStatus === "blocking")
  return { usable: Math.max(page.domInteractive, paint?.startTime ?? 0) / 1000,
           requests: 1 + asked.length, blocking: blocking.length, bytes: page.encodedBodySize }
}"""


@dataclass(frozen=True)
class Visit:
    """A first visit: seconds until usable, bytes of all that was asked for, and how many there were."""

    usable: float
    bytes: int
    requests: int
    blocking: int


def run(small: bool = False) -> list[Figure]:
    """Visit both pages in turn, each time as a phone that was never here."""
    if not chromium.find():
        return [Figure("B7", "phone's vacancy page", "not measured: no Chromium", "–", None)]
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        path = f"/v/{world.stands[0].vacancies[0]}"
        with serving(world.url, until=path) as server:
            pages, empty = _visits(Path(folder), server, path, rounds=1 if small else 5)
    usable, bare = median(v.usable for v in pages), median(v.usable for v in empty)
    visit = pages[-1]
    size = f"{visit.bytes / 1024:.1f} KB, {visit.requests} request(s), {visit.blocking} of them blocking"
    return [
        Figure("B7", "phone's vacancy page, first visit, in all", size,
               f"{visit.bytes / BYTES:.0%} of 14 KB", visit.bytes <= BYTES and not visit.blocking),
        Figure("B7", "the same usable at 400 kbit/s, 400 ms, 6 × CPU", ms(usable),
               f"{usable / bare:.2f} × an empty page ({ms(bare)})", usable <= USABLE),
    ]  # fmt: skip


def _visits(folder: Path, server: Server, path: str, rounds: int) -> tuple[list[Visit], list[Visit]]:
    pages, empty = [], []
    for n in range(rounds):
        with chromium.browsing(folder / f"phone-{n}", chromium.PHONE) as context:
            empty.append(_visit(context, server, "/healthz"))
        with chromium.browsing(folder / f"phone-{n}-page", chromium.PHONE) as context:
            pages.append(_visit(context, server, path))
    return pages, empty


def _visit(context: object, server: Server, path: str) -> Visit:
    page = context.new_page()
    received: list[int] = []
    session = chromium.slow(page, network=chromium.SLOW_NETWORK)
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"http://127.0.0.1:{server.port}{path}", wait_until="load")
    page.wait_for_timeout(500)
    seen = page.evaluate(TIMES)
    travelled = [size for size in received if size]  # the browser's own pictures of an audio bar are data: addresses
    return Visit(seen["usable"], int(sum(travelled)), len(travelled), seen["blocking"])
