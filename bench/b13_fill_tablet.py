"""B13: filling an empty tablet on a market day of 10,000 known candidates, at 2 Mbit/s, against as many bare bytes."""

import random
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench import chromium, facts, kiosk
from bench.measure import ms
from bench.report import Figure
from bench.server import Server, post, serving
from bench.world import Stand, World, build, connected
from models.market.booth import Booth
from models.market.enrolment import Enrolment
from models.market.tablet import Tablet

CANDIDATES, BOOTHS, VACANCIES = 10_000, 30, 2  # 60 vacancies in all
RECORDS_A_REQUEST, BYTES, FILLED = 5_000, 300 * 1024, 3.0  # seconds
NETWORK = {"offline": False, "latency": 60, "downloadThroughput": 250_000, "uploadThroughput": 250_000}
SNAPSHOT = "/kiosk/snapshot"
# From the first request of the load until the screen says ready.
WATCH = """globalThis.filled = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.state !== "ready") return
    observer.disconnect()
    const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/kiosk/snapshot"))
    requestAnimationFrame(() => setTimeout(() => resolve((performance.now() - asked[0].startTime) / 1000)))
  }).observe(document, { subtree: true, attributes: true, childList: true })
})"""
BARE = """async (path) => {
  const start = performance.now()
  await (await fetch(path, { cache: "no-store" })).arrayBuffer()
  return (performance.now() - start) / 1000
}"""


@dataclass(frozen=True)
class Fill:
    """One first load: seconds, requests, bytes that travelled, records that came."""

    seconds: float
    requests: int
    bytes: int
    records: int


def run(small: bool = False) -> list[Figure]:
    """Let a service desk's new tablet, which sees the most, load the day; the page itself is there already."""
    if not chromium.find():
        return [Figure("B13", "filling a tablet", "not measured: no Chromium", "–", None)]
    count, booths, rounds = (60, 3, 1) if small else (CANDIDATES, BOOTHS, 3)
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder), booths=booths, vacancies=VACANCIES)
        with serving(world.url) as server:
            _register(server, world, count)
            desk = _desk(world)
            fills, bare = zip(*(_fill(Path(folder) / f"t{n}", server, desk) for n in range(rounds)), strict=True)
    fill, seconds, baseline = fills[-1], median(f.seconds for f in fills), median(bare)
    most = -(-fill.records // RECORDS_A_REQUEST)
    what = f"empty tablet of a desk, {count} known candidates, {booths * VACANCIES} vacancies: {fill.records} records"
    size = f"{fill.requests} request(s), {fill.bytes / 1024:.0f} KB"
    return [
        Figure("B13", what, size, f"{fill.bytes / BYTES:.0%} of 300 KB",
               fill.requests <= most and fill.bytes <= BYTES),
        Figure("B13", "the same at 2 Mbit/s, 60 ms", ms(seconds),
               f"{seconds / baseline:.1f} × asking for the bytes ({ms(baseline)})", seconds <= FILLED),
    ]  # fmt: skip


def _register(server: Server, world: World, count: int) -> None:
    """Register as many people at each booth."""
    draw, at = random.Random(13), datetime.now(UTC)
    share = count // len(world.stands)
    for stand in world.stands:
        log = [_candidate(seq, draw, at, stand) for seq in range(1, share + 1)]
        for batch in facts.batches(log, 500):
            post(server.connection(), stand.token, facts.body(batch))


def _candidate(seq: int, draw: random.Random, at: datetime, stand: Stand) -> dict:
    data = {"name": "".join(draw.choices(facts.NAMES, k=3)), "birth_year": draw.randrange(1960, 2005),
            "trades": ["sewing"], "wanted_place": "county", "work_kinds": ["full_time"],
            "registered_by": "operator", "groups": []}  # fmt: skip
    return {"seq": seq, "id": facts.uuid7(draw, at), "kind": "candidate.registered", "at": at.isoformat(),
            "operator": None, "data": data}  # fmt: skip


def _desk(world: World) -> Booth:
    """Make the first booth a service desk: it sees the whole day's vacancies, and the people who came to it."""
    with connected():
        booth = Tablet.get_by_id(world.stands[0].tablet).booth
        booth.kind = "desk"
        booth.save()
        return booth


def _fill(profile: Path, server: Server, booth: Booth) -> tuple[Fill, float]:
    with connected():
        code = Enrolment.open(booth)
    with chromium.browsing(profile, chromium.TABLET) as context:
        page = context.pages[0]
        page.goto(f"http://127.0.0.1:{server.port}/kiosk")  # the page and its files are in the browser now
        page.wait_for_load_state("networkidle")
        asked, received = [], {}
        session = chromium.slow(page, times=1, network=NETWORK)
        session.on("Network.requestWillBeSent", lambda event: _note(event, asked))
        session.on("Network.loadingFinished", lambda e: received.update({e["requestId"]: e["encodedDataLength"]}))
        page.add_init_script(WATCH)
        page.goto(f"http://127.0.0.1:{server.port}/enrol#{code}")
        page.wait_for_selector(kiosk.READY, timeout=kiosk.PATIENCE)
        seconds = page.evaluate("globalThis.filled")
        page.wait_for_timeout(300)
        fill = Fill(seconds, len(asked), int(sum(map(received.get, asked))), page.evaluate(kiosk.COUNT_RECORDS))
        return fill, page.evaluate(BARE, SNAPSHOT)


def _note(event: dict, asked: list[str]) -> None:
    if SNAPSHOT in event["request"]["url"]:
        asked.append(event["requestId"])
