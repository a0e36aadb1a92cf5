"""What networks, portals and power cuts do to a tablet's sync: no fact is lost, none counts twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db
from models.figures.summary import figures
from models.schema import Operation
from tests.browser import faults
from tests.browser.faults import Proxy, answer
from tests.browser.ground import market_today, one_booth
from tests.browser.promise import expect_kept
from tests.browser.server import Server
from tests.browser.tablet import PATIENCE, Tablet
from tests.effort import DEEP

DAY = market_today() - timedelta(days=1)  # over, and its logs not closed yet
PORTAL = answer("200 OK", "<h1>Welcome to the town's Wi-Fi</h1>", "text/html")
PORTAL_JSON = answer("200 OK", '{"acknowledged": 500, "batch": "0", "results": []}')
REDIRECT = answer("302 Found", "", "text/html", "Location: http://127.0.0.1:1/login")
FAILED, OVERLOADED = answer("500 Internal Server Error", "{}"), answer("503 Service Unavailable", "", "text/html")
NOT_OURS, FORBIDDEN = answer("401 Unauthorized", "", "text/html"), answer("403 Forbidden", "", "text/html")
NOT_ENROLLED = answer("401 Unauthorized", '{"error": "not_enrolled"}')
TOO_OLD = answer("426 Upgrade Required", '{"error": "protocol", "supported": [2, 3]}')
TOO_LARGE = answer("413 Content Too Large", "", "text/html")
A_DAY = 86_400_000  # ms
CLOCK = """(off) => {
  globalThis.realDate ??= Date
  globalThis.Date = class extends realDate {
    constructor(...given) { given.length ? super(...given) : super(realDate.now() + off) }
    static now() { return realDate.now() + off }
  }
}"""
# Which worker the page has, and whether another one waits.
WORKERS = """async () => {
  const { waiting } = await navigator.serviceWorker.getRegistration("/kiosk")
  return [Boolean(waiting), (await caches.keys()).filter((name) => name.startsWith("ganchang-shell-")).length]
}"""
# Resolves when no other worker waits and no other's shell is kept. A promise is no condition for wait_for_function.
ONE_WORKER = f"""async (patience) => {{
  const workers = {WORKERS}
  const end = Date.now() + patience
  for (let found = ""; found !== "false,1"; await new Promise((resolve) => setTimeout(resolve, 50))) {{
    found = String(await workers())
    if (Date.now() > end) throw new Error(`another worker or its shell is there: ${{found}}`)
  }}
}}"""
UPGRADING = answer("200 OK", "<h1>We are upgrading, come back in an hour</h1>", "text/html")
# How the install of the release that the server has now ends: "installed", or "redundant" when it was rejected.
# The browser looks for news by itself a while after each start: what it was installing before is not what is asked for.
INSTALL = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/kiosk")
  const end = (worker) => new Promise((resolve) => {
    const look = () => worker.state !== "installing" && resolve(worker.state)
    worker.addEventListener("statechange", look)
    look()
  })
  while (registration.installing) await end(registration.installing)
  const ends = []
  registration.addEventListener("updatefound", () => ends.push(end(registration.installing)))
  await registration.update()
  while (registration.installing) await end(registration.installing)
  return (await Promise.all(ends)).pop() ?? (registration.waiting ? "installed" : "nothing to install")
}"""
KEPT_OF = """async (start) => {
  const name = (await caches.keys()).find((name) => name.startsWith(`ganchang-shell-${start}`))
  return name ? (await (await caches.open(name)).keys()).length : 0
}"""
FIND_RELEASE = "async () => { await (await navigator.serviceWorker.getRegistration('/kiosk')).update() }"
# What releases did whose worker was a module; seen from a page that is not the kiosk's.
REGISTER_MODULE = """async () => {
  const registered = await navigator.serviceWorker.getRegistration("/kiosk")
  const { scriptURL } = registered.active
  await registered.unregister()
  const options = { scope: "/kiosk", type: "module", updateViaCache: "none" }
  const { installing } = await navigator.serviceWorker.register(scriptURL, options)
  await new Promise((resolve) => { installing.onstatechange = () => installing.state === "activated" && resolve() })
}"""
# Whether another document is there, whole, than the one that was marked. Playwright's expect_navigation is no answer:
# the kiosk's first tap ever adds an entry to the history (static/js/kiosk/back.js), and that is a navigation to it.
MARK = "() => { globalThis.isBefore = true }"
IS_NEW = "() => !globalThis.isBefore && document.readyState === 'complete'"
# The operator taps a vacancy and the offer of the new release before the browser can do anything in between.
TAP_BOTH = """([tile, offer]) => {
  document.querySelector(tile).click()
  document.querySelector(offer).click()
}"""
# Taps whenever the button is there and free, as people do; the tablet may also come back by itself.
TRY_AGAIN = """() => {
  document.querySelector("#stranger-again:enabled")?.click()
  return document.documentElement.dataset.state === "ready"
}"""
# Half a minute of the tablet's patience passes in two seconds.
IMPATIENCE = "{ const wait = AbortSignal.timeout; AbortSignal.timeout = (ms) => wait.call(AbortSignal, ms / 15) }"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A server of this module's own, which is killed and started again."""
    server = Server(tmp_path_factory.mktemp("faults"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def proxy(server) -> Iterator[Proxy]:
    proxy = Proxy(server.url)
    yield proxy
    proxy.stop()


class Morning:
    """A booth of a market day of its own, with one tablet; ``people`` were tied to its vacancy so far."""

    def __init__(self, day: models.MarketDay, vacancy: models.Vacancy, tablet: Tablet) -> None:
        self.day, self.vacancy, self.tablet, self.people = day, vacancy, tablet, 0

    def tie(self, people: int = 1) -> None:
        for _ in range(people):
            self.tablet.show_pass()
            self.tablet.tie(self.vacancy)
            self.tablet.find("#next").click()
            self.people += 1

    def expect_problem(self, name: str) -> None:
        expect(self.tablet.find("#line")).to_have_attribute("data-problem", name, timeout=PATIENCE)

    def expect_unsent(self, number: int) -> None:
        self.tablet.expect_unsent(number)
        expect_kept(self.tablet, self.day.id, self.people)

    def expect_all_counted(self) -> None:
        """Let the tablet sync at last: its outbox is empty, and each person is in the summary once."""
        self.tablet.sync()
        self.expect_unsent(0)
        with db.connection_context():
            found = figures(models.MarketDay.get_by_id(self.day.id))
        assert [found[name] for name in ("check_ins", "persons", "visits")] == [self.people] * 3
        assert found["tablets"][0]["acknowledged"] == self.people


@contextmanager
def another_document(page: object) -> Iterator[None]:
    """What happens within makes the page load anew; go on when it has."""
    page.evaluate(MARK)
    yield
    page.wait_for_function(IS_NEW, timeout=PATIENCE)


@pytest.fixture(scope="module")
def whole_morning(chromium, server, proxy) -> Iterator[Morning]:
    market = one_booth(server.database, DAY)
    tablet = Tablet(chromium, proxy.url, market.code(), market.take(150))
    yield Morning(market.day, market.welder, tablet)
    tablet.context.close()


@pytest.fixture
def morning(whole_morning, proxy) -> Morning:
    """The booth at its first screen, with nothing unsent and nothing wrong on the way."""
    proxy.heal()
    whole_morning.expect_all_counted()
    return whole_morning


NO_YES = {
    "500": (FAILED, "server"), "portal": (PORTAL, "portal"), "401": (NOT_OURS, "denied"),
    "lost": (faults.lose_request, "unreachable"),
}  # fmt: skip
MORE_NO_YES = {
    "503": (OVERLOADED, "server"), "portal-json": (PORTAL_JSON, "portal"), "redirect": (REDIRECT, "portal"),
    "403": (FORBIDDEN, "forbidden"), "426": (TOO_OLD, "too_old"), "413": (TOO_LARGE, "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("answered", NO_YES | MORE_NO_YES if DEEP else NO_YES)
def test_an_answer_that_is_no_yes_takes_no_fact(morning, proxy, answered):
    """By day a few of those that js/sync/sync.test.js tries all."""
    fault, problem = (NO_YES | MORE_NO_YES)[answered]
    proxy.meet_always(fault)
    morning.tie(2)
    morning.tablet.sync()
    morning.expect_problem(problem)
    morning.expect_unsent(2)
    morning.tablet.page.reload()
    morning.expect_unsent(2)

    proxy.heal()
    morning.expect_all_counted()


def test_a_401_is_checked_with_the_server_and_tried_again_before_anybody_enrols_anew(morning, proxy):
    tablet = morning.tablet
    proxy.meet(NOT_ENROLLED)
    morning.tie()
    morning.expect_unsent(0)  # a stray one is not even said

    proxy.meet_always(NOT_ENROLLED)
    proxy.meet_at("/kiosk/identity", NOT_ENROLLED)
    morning.tie()
    expect(tablet.find("html")).to_have_attribute("data-state", "stranger", timeout=PATIENCE)
    proxy.heal()
    tablet.page.wait_for_function(TRY_AGAIN, timeout=PATIENCE)
    morning.expect_problem("")
    morning.expect_all_counted()


@pytest.mark.parametrize(
    ("fault", "problem"),
    [(faults.lose_answer, "unreachable"), (faults.break_answer_off, "portal")],
    ids=["lost", "broken-off"],
)
def test_a_commit_whose_answer_is_lost_counts_once(morning, proxy, fault, problem):
    proxy.meet_always(fault)
    morning.tie()
    morning.expect_problem(problem)
    morning.expect_unsent(1)
    proxy.heal()
    morning.expect_all_counted()


def test_a_doubled_batch_counts_once(morning, proxy):
    proxy.meet_always(faults.double)
    morning.tie(3)
    morning.expect_all_counted()


def test_an_old_batch_that_arrives_last_changes_nothing(morning, proxy):
    proxy.meet_always(faults.lose_request)
    morning.tie()
    morning.expect_problem("unreachable")
    held_up = max(place for place, batch in enumerate(proxy.batches) if batch["operations"])
    proxy.heal()
    morning.tie(2)
    morning.expect_all_counted()

    late = proxy.deliver_again(held_up)
    assert {result["outcome"] for result in late["results"]} == {"duplicate"}
    morning.expect_all_counted()


def test_a_large_batch_that_is_refused_is_halved_until_it_passes(morning, proxy):
    proxy.meet_always(faults.lose_request)
    morning.tie(5)
    proxy.heal()
    proxy.meet(TOO_LARGE, TOO_LARGE)
    before = len(proxy.batches)
    morning.expect_all_counted()
    sizes = [len(batch["operations"]) for batch in proxy.batches[before:]]
    assert sizes[:3] == [5, 2, 1]


def test_a_slow_trickle_is_given_up_and_counts_once(morning, proxy):
    morning.tablet.page.evaluate(IMPATIENCE)
    proxy.meet_always(faults.trickle)
    morning.tie()
    morning.expect_problem("portal")
    proxy.heal()
    morning.expect_all_counted()


def test_a_clock_a_day_off_that_jumps_at_noon_changes_no_number(morning, proxy):
    page = morning.tablet.page
    proxy.meet_always(faults.lose_request)
    for off in (A_DAY, -3 * 3_600_000, 0):
        page.evaluate(CLOCK, off)
        morning.tie()
    times = [fact["at"] for fact in morning.tablet.facts()][-3:]
    assert times[0] > times[2] > times[1]  # as its clock said
    page.evaluate(CLOCK, A_DAY)
    proxy.heal()
    morning.expect_all_counted()
    assert morning.tablet.meta("clock_off") == 24 * 60  # minutes: the header says so
    with db.connection_context():
        log = Operation.select().where(Operation.market_day == morning.day).order_by(Operation.seq)
        times = [operation.effective_ms for operation in log]
    assert times == sorted(times)
    page.evaluate(CLOCK, 0)
    page.reload()


def test_a_new_release_waits_for_the_operator_and_takes_over_between_two_facts(morning, proxy):
    page = morning.tablet.page
    proxy.announce("later")
    page.evaluate(FIND_RELEASE)
    offer = page.locator(".line-release button")
    expect(offer).to_be_visible(timeout=PATIENCE)
    proxy.meet_always(faults.lose_request)
    morning.tie(2)
    assert page.evaluate(WORKERS) == [True, 2]  # the one before still serves

    morning.tablet.show_pass()
    with another_document(page):
        page.evaluate(TAP_BOTH, [f"#vacancy-{morning.vacancy.number}", ".line-release button"])
    morning.people += 1
    morning.tablet.expect_ready()
    page.evaluate(ONE_WORKER, PATIENCE)
    morning.expect_unsent(3)
    proxy.heal()
    morning.expect_all_counted()


@pytest.mark.parametrize(("path", "release"), [("/kiosk?lang=zh", "next"), ("/static/", "third")])
def test_a_200_of_somebody_else_rejects_the_install_and_the_release_before_goes_on(morning, proxy, path, release):
    page = morning.tablet.page
    proxy.announce(release)
    proxy.meet_at(path, UPGRADING)
    assert page.evaluate(INSTALL) == "redundant"
    assert page.evaluate(KEPT_OF, release) == 0
    page.reload()
    morning.tablet.expect_ready()

    proxy.heal()
    proxy.announce(release)
    assert page.evaluate(INSTALL) == "installed"
    with another_document(page):
        page.locator(".line-release button").click()
    morning.tablet.expect_ready()
    morning.tie()
    morning.expect_all_counted()


def test_a_tablet_whose_worker_was_registered_as_a_module_takes_the_next_release(morning, proxy):
    page = morning.tablet.page
    page.goto("/enrol")
    page.evaluate(REGISTER_MODULE)
    page.goto("/kiosk")
    morning.tablet.expect_ready()
    page.wait_for_timeout(1_000)  # what would be offered by mistake is offered soon after the start
    page.evaluate(ONE_WORKER, PATIENCE)
    expect(page.locator(".line-release button")).to_be_hidden()

    proxy.announce("younger")
    page.evaluate(FIND_RELEASE)
    expect(page.locator(".line-release button")).to_be_visible(timeout=PATIENCE)
    morning.tablet.context.set_offline(True)  # whatever is offered must be whole
    with another_document(page):
        page.locator(".line-release button").click()
    morning.tablet.expect_ready()
    page.evaluate(ONE_WORKER, PATIENCE)
    page.reload()
    morning.tablet.expect_ready()
    morning.tie()
    morning.tablet.context.set_offline(False)
    proxy.heal()
    morning.expect_all_counted()


@pytest.mark.parametrize("moment", ["on-answer", 0.0, 0.004, 0.02] if DEEP else ["on-answer", 0.004])
def test_a_server_killed_while_it_takes_a_batch_loses_and_doubles_nothing(morning, proxy, server, moment):
    proxy.meet_always(faults.lose_request)
    morning.tie(3)
    proxy.heal()
    proxy.meet(faults.kill_on_answer(server.kill) if moment == "on-answer" else faults.kill_after(server.kill, moment))
    with morning.tablet.page.expect_request("**/sync?*"):
        morning.tablet.sync()
    expect(morning.tablet.find("#line[data-running]")).to_have_count(0, timeout=PATIENCE)  # it has heard, or given up
    server.kill()
    expect_kept(morning.tablet, morning.day.id, morning.people)

    server.start()
    morning.expect_all_counted()
