"""B14: a day's 600 facts synced at 400 kbit/s and 400 ms, against one bare request of as many bytes."""

import tempfile
from pathlib import Path
from statistics import median

from bench import chromium, kiosk
from bench.measure import ms
from bench.report import Figure
from bench.server import serving
from bench.world import World, build

FACTS, DRAINED, BYTES_UP = 600, 4.0, 25 * 1024  # seconds, bytes
# From the tap on "Sync now" until nothing is unsent.
WATCH = """() => { globalThis.drained = new Promise((resolve) => {
  const start = performance.now()
  const line = document.querySelector("#line")
  const look = () => line.dataset.unsent === "0" && resolve((performance.now() - start) / 1000)
  new MutationObserver(look).observe(line, { attributes: true })
}) }"""
BARE = """async (size) => {
  const body = new Uint8Array(size)
  const start = performance.now()
  await (await fetch("/kiosk/snapshot", { method: "POST", body })).text()
  return (performance.now() - start) / 1000
}"""


def run(small: bool = False) -> list[Figure]:
    """Give a tablet a day's facts while it is offline, connect it by a slow link, and let it sync."""
    if not chromium.find():
        return [Figure("B14", "a day's facts synced", "not measured: no Chromium", "–", None)]
    count, rounds = (40, 1) if small else (FACTS, 3)
    with tempfile.TemporaryDirectory() as folder:
        days = [_day(Path(folder) / str(n), count) for n in range(rounds)]
    seconds, sent, bare = (median(column) for column in zip(*days, strict=True))
    what = f"{count} facts of one tablet synced at 400 kbit/s, 400 ms"
    return [
        Figure("B14", what, ms(seconds), f"{seconds / bare:.1f} × one request of as many bytes ({ms(bare)})",
               seconds <= DRAINED),
        Figure("B14", "the bytes that went up for them", f"{sent / 1024:.1f} KB", f"{sent / BYTES_UP:.0%} of 25 KB",
               sent <= BYTES_UP),
    ]  # fmt: skip


def _day(folder: Path, count: int) -> tuple[float, int, float]:
    """Return (seconds, bytes of all bodies that went up, seconds of a bare request of as many)."""
    folder.mkdir()
    world: World = build(folder, vacancies=5)
    profile = folder / "profile"
    with serving(world.url) as server:
        kiosk.prepare(profile, server, world, (0, count))
        with chromium.browsing(profile, chromium.TABLET) as context:
            page = context.pages[0]
            context.set_offline(True)
            page.goto(f"http://127.0.0.1:{server.port}/kiosk")
            page.wait_for_selector(kiosk.READY, timeout=kiosk.PATIENCE)
            page.wait_for_selector(f"#line[data-unsent='{count}']", timeout=kiosk.PATIENCE)
            lengths: list[int] = []
            session = chromium.slow(page, times=1, network=chromium.SLOW_NETWORK)
            session.on("Network.requestWillBeSentExtraInfo", lambda event: lengths.append(_length(event["headers"])))
            context.set_offline(False)
            session.send("Network.emulateNetworkConditions", chromium.SLOW_NETWORK)
            page.evaluate(WATCH)
            kiosk.sync(page)
            seconds = page.evaluate("globalThis.drained")
            sent = sum(lengths)
            return seconds, sent, page.evaluate(BARE, sent)


def _length(headers: dict[str, str]) -> int:
    return int({name.lower(): value for name, value in headers.items()}.get("content-length", 0))
