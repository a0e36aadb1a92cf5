"""Kiosks: a browser enrolled as a booth's tablet, with people and facts in its store, then cut off."""

import random
from datetime import UTC, datetime
from pathlib import Path

from bench import chromium, facts
from bench.server import Server, post
from bench.world import Stand, World, connected
from models.market.enrolment import Enrolment
from models.market.tablet import Tablet

CANDIDATES, FACTS = 400, 1_000
MOST = 500  # operations of a batch
READY = "html[data-state=ready]"
OFFLINE = "#offline-ready:not([style*=none])"  # shown once the worker keeps the page
PATIENCE = 60_000  # ms, for a page on a busy machine

PUT_FACTS = """(facts) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("ganchang")
  opening.onsuccess = () => {
    const tx = opening.result.transaction("operations", "readwrite")
    for (const fact of facts) tx.objectStore("operations").put(fact)
    tx.oncomplete = () => { opening.result.close(); resolve() }
    tx.onerror = () => reject(tx.error)
  }
})"""

COUNT_RECORDS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("ganchang")
  opening.onsuccess = () => {
    const asked = opening.result.transaction("records").objectStore("records").count()
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result) }
  }
})"""


def prepare(profile: Path, server: Server, world: World, size: tuple[int, int]) -> None:
    """Enrol a browser while the server is there, and put ``size`` (candidates, facts) into its store."""
    stand, (candidates, count) = world.stands[0], size
    _register(server, world, candidates)
    with connected():
        code = Enrolment.open(Tablet.get_by_id(stand.tablet).booth)
    with chromium.browsing(profile, chromium.TABLET) as context:
        page = context.pages[0]
        page.goto(f"http://127.0.0.1:{server.port}/enrol#{code}")
        page.wait_for_selector(READY, timeout=PATIENCE)
        page.wait_for_selector(OFFLINE, state="attached", timeout=PATIENCE)
        page.locator("#gate-open").click()
        page.wait_for_selector("#scan", timeout=PATIENCE)
        page.wait_for_timeout(1_500)  # what the page fetches when it has nothing else to do
        context.set_offline(True)
        page.evaluate(PUT_FACTS, facts.morning(stand, world.passes[: len(world.passes) // 2], count))


def sync(page: object) -> None:
    """Ask the tablet to sync now."""
    page.locator("#menu-open").click()
    page.locator("#sync-now").click()


def cards(world: World, count: int) -> list[str]:
    """Return passes that nobody has shown to the tablet yet."""
    return world.passes[-count:]


def _register(server: Server, world: World, count: int) -> None:
    """Let the booth's other tablet register people, whom the new one then hears of."""
    stand, draw = world.stands[0], random.Random(7)
    at = datetime.now(UTC)
    people = [_candidate(seq, facts.uuid7(draw, at), at, stand) for seq in range(1, count + 1)]
    for first in range(0, len(people), MOST):
        post(server.connection(), stand.token, facts.body(people[first : first + MOST]))


def _candidate(seq: int, uuid: str, at: datetime, stand: Stand) -> dict:
    data = {"name": f"王{seq}", "birth_year": 1980, "trades": ["sewing"], "wanted_place": "county",
            "work_kinds": ["full_time"], "registered_by": "operator", "groups": []}  # fmt: skip
    return {"seq": seq, "id": uuid, "kind": "candidate.registered", "at": at.isoformat(),
            "operator": None, "data": data}  # fmt: skip
