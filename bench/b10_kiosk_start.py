"""B10: cold start of the kiosk without server, 6x slower, against full speed and against an earlier checkout."""

import tempfile
from pathlib import Path
from statistics import median

from bench import chromium, kiosk
from bench.measure import ms
from bench.prepared import Prepared, prepared
from bench.report import Figure

READY, TIMES = 1.5, 2  # seconds; or times the same start at full speed
OWN_START = 3_000  # ms for the browser's own start, which is not the kiosk's and takes both cores
HALF = 0.5  # of the earlier checkout's start
# Seconds from the navigation until the screen says ready and has been painted, and until today's rows have.
WATCH = """{
  const painted = (isThere) => new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!isThere()) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() / 1000)))
    }).observe(document, { subtree: true, attributes: true, childList: true })
  })
  globalThis.started = Promise.all([
    painted(() => document.documentElement && document.documentElement.dataset.state === "ready"),
    painted(() => document.querySelector("#today .today-row")),
  ])
}"""


def run(small: bool = False, before: Path | None = None) -> list[Figure]:
    """Start each browser anew for each round, slowed down and not, with the server gone; ``before`` is a checkout."""
    if not chromium.find():
        return [Figure("B10", "kiosk's cold start", "not measured: no Chromium", "–", None)]
    rounds, size = (1, (3, 5)) if small else (7, (kiosk.CANDIDATES, kiosk.FACTS))
    figures = []
    for program in chromium.programs():
        with tempfile.TemporaryDirectory() as folder:
            own = prepared(Path(folder) / "own", program, size)
            earlier = before and prepared(Path(folder) / "before", program, size, before)
            figures += _compare(own, earlier, rounds, size)
    return figures


def _compare(own: Prepared, earlier: Prepared | None, rounds: int, size: tuple[int, int]) -> list[Figure]:
    """Alternate the starts, so that a busy machine slows all of them."""
    starts = [(own, chromium.SLOWDOWN), (own, 1)]
    if earlier:
        starts.append((earlier, chromium.SLOWDOWN))
    found = [[_start(*start) for start in starts] for _ in range(rounds)]
    ready = [median(start[place].ready for start in found) for place in range(len(starts))]
    slow, fast = ready[:2]
    first = found[0][0]
    what = f"kiosk offline, cold start at 6 × CPU, {size[0]} candidates, {size[1]} facts, Chromium {first.version}"
    met = slow <= READY or slow <= TIMES * fast
    rows = median(start[0].rows for start in found)
    figures = [
        Figure("B10", what, ms(slow), f"{slow / fast:.1f} × at full speed ({ms(fast)})", met),
        Figure("B10", "the same until today's rows are painted", ms(rows), f"{rows / slow:.1f} × the start", None),
    ]
    if not earlier:
        return [*figures, Figure("B10", "DOM nodes at that start", f"{first.nodes:,}", "–", None)]
    then, nodes = ready[2], found[0][2].nodes
    pairs = [start[0].ready / start[2].ready for start in found]
    spread = f"{median(pairs):.2f} [{min(pairs):.2f}–{max(pairs):.2f}] × the earlier checkout ({ms(then)})"
    return [
        *figures,
        Figure("B10", "the same start beside an earlier checkout's", ms(slow), spread, median(pairs) <= HALF),
        Figure("B10", "DOM nodes at that start", f"{first.nodes:,}", f"{first.nodes / nodes:.2f} × {nodes:,}", None),
    ]


class _Started:
    """One start: seconds until ``ready`` and until ``rows`` were painted, the page's ``nodes``, the ``version``."""

    def __init__(self, page: object, session: object) -> None:
        self.ready, self.rows = page.evaluate("globalThis.started")
        self.version = chromium.version(page)
        session.send("HeapProfiler.collectGarbage")
        self.nodes = session.send("Memory.getDOMCounters")["nodes"]


def _start(own: Prepared, times: int) -> _Started:
    with chromium.browsing(own.profile, chromium.TABLET, own.program) as context:
        page = context.pages[0]
        page.add_init_script(WATCH)
        session = chromium.slow(page, times)
        page.wait_for_timeout(0 if chromium.is_quick() else OWN_START)
        chromium.open_offline(page, own.address)
        return _Started(page, session)
