"""The kiosk in the hand: fits, reads, stays where it was; both languages and themes, on its side, in large letters."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from models.market.enrolment import Enrolment
from models.market.offer import new_vacancy
from models.market.operator import Operator
from tests.browser.fullest import LONG
from tests.browser.ground import market_today, new_day
from tests.browser.tablet import PATIENCE, Tablet
from tests.browser.test_accessibility import LOOKED_AT, contrast_faults_of, faults_of

SIZES = [(800, 1280), (1280, 800), (360, 740)]
WAYS = [(SIZES[0], 100), (SIZES[1], 100), (SIZES[1], 200), (SIZES[2], 200)]  # what fits so fits the other ways
TIGHTEST = [(SIZES[1], 100), (SIZES[2], 200)]  # for the second language, whose markup is the same
NAME = "阿卜杜热合曼·买买提·欧阳慕容诸葛（家住河那边，电话在儿子手上）"
AT_REST = "async () => { await Promise.allSettled(document.getAnimations().map((one) => one.finished)) }"
# Of everything that can be touched or read: too small, cut, out of sight sideways, or never to be reached by scrolling.
MISFITS = """() => {
  const top = document.querySelector("dialog[open]") ?? document.body
  const shown = [...top.querySelectorAll("*")].filter((part) =>
    part.checkVisibility({ visibilityProperty: true }) && !part.closest("[inert], svg, video"))
  const hasWords = (part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  const found = []
  const say = (fault, part) => found.push(`${fault}: ${part.outerHTML.replace(/\\s+/g, " ").slice(0, 110)}`)
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push(`wider than the screen: ${scrollWidth}`)
  for (const part of shown.filter(hasWords)) {
    if (part.closest(".visually-hidden")) continue
    const { left, right } = part.getBoundingClientRect()
    if (left < -1 || right > innerWidth + 1) say("out of the screen", part)
    const clips = getComputedStyle(part).overflowX !== "visible" || part.matches("button, .button")
    if (clips && part.scrollWidth > part.clientWidth + 1 && part.clientWidth) say("cut", part)
  }
  const isFree = (face, block) => {
    face.scrollIntoView({ block })
    const { x, y, width, height } = face.getBoundingClientRect()
    return face.contains(document.elementFromPoint(x + width / 2, y + Math.min(height, 60) / 2))
  }
  for (const part of shown.filter((part) => part.matches("button, a[href], input, select"))) {
    const face = part.closest("label") ?? part
    const { width, height } = face.getBoundingClientRect()
    if (width < 60 || height < 60) say(`${width} x ${height}`, part)
    const spare = parseFloat(getComputedStyle(part).fontSize) / 2 // a line's own leading
    if (part.matches("button, a") && part.scrollHeight > part.clientHeight + spare) say("cut in height", part)
    if (!["nearest", "center", "start", "end"].some((block) => isFree(face, block))) say("never free", part)
  }
  scrollTo(0, 0)
  return found
}"""
# As a service desk does, at a booth.
REFER = """(title) => dispatchEvent(new CustomEvent("kiosk:refer", {
  detail: { person: { title, number: "100 000 0005" }, naming: { pass: "1000000005" } },
}))"""
# As on the morning before: nobody opened the booth yet.
UNOPENED = """() => new Promise((resolve) => {
  indexedDB.open("ganchang").onsuccess = ({ target: { result } }) => {
    const tx = result.transaction("meta", "readwrite")
    tx.objectStore("meta").put(null, "opened_at")
    tx.oncomplete = () => (result.close(), resolve())
  }
})"""
# At which heights the button that opens the booth stands, from its first frame on.
WATCH = """
  globalThis.heights = new Set()
  const look = () => {
    const button = document.querySelector("#gate-open")
    if (button?.getClientRects().length) heights.add(Math.round(button.getBoundingClientRect().y))
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
"""
# Remembers every word and every control of head, person and counters where they stand; then tells which of them moved.
MARK = """() => {
  const parts = [...document.querySelectorAll(".kiosk-head *, .kiosk-act *, .tallies *")].filter((part) =>
    part.checkVisibility({ visibilityProperty: true }) && !part.closest("dialog, svg, #line *, .receipt-place") &&
    (part.matches("button, input") || (!part.children.length && part.textContent.trim())))
  globalThis.marked = parts.map((part) => [part, part.getBoundingClientRect()])
  return marked.length
}"""
# Above the dock, and not at the very end of the page: there every list that shrinks by a pixel moves all.
BRING = """(tile) => {
  tile.scrollIntoView({ block: "start" })
  scrollBy(0, -0.2 * innerHeight) // out from under the head, which stays in its place
}"""
MOVED = """() => marked.filter(([part, was]) => {
  const is = part.getBoundingClientRect()
  return part.checkVisibility() && ["x", "y", "width", "height"].some((side) => Math.abs(is[side] - was[side]) > 0.5)
}).map(([part, was]) => [part, was, part.getBoundingClientRect()])
  .map(([part, was, is]) => `${part.outerHTML.slice(0, 90)} ${JSON.stringify([was, is])}`)"""


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth with the longest names there are, at a desk that counts everything."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        day = new_day(market_today())
        name = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社"
        employer = models.Employer.create(county=day.county, name=name)
        booth = models.Booth.create(
            market_day=day, number=120, name=name, employer=employer, topics="visitor,leaflet,policy,contract,injury"
        )
        operator = (NAME[:20], "1101")
        Operator.enlist(booth, *operator)
        vacancies = [_vacancy(booth, place) for place in range(3)]
        return SimpleNamespace(
            booth=booth, operator=operator, vacancy=vacancies[0], closed=vacancies[1],
            passes=iter(models.PassRange.reserve(day, 200).numbers()),
        )  # fmt: skip


def _vacancy(booth: models.Booth, place: int) -> models.Vacancy:
    title = f"{LONG[:-1]}{place}"
    return new_vacancy(
        booth, title=title, trade="cleaner", openings=1000, place="璧山",
        pay_min_fen=1_200_000, pay_max_fen=1_500_000, closed=place == 1,
    )  # fmt: skip


@pytest.fixture
def enrol(chromium, live_server, market) -> Iterator[Callable[..., Tablet]]:
    """Return a function that enrols a tablet at the booth and signs its operator in."""
    tablets = []

    def enrol(**place: object) -> Tablet:
        with db.connection_context():
            code = Enrolment.open(market.booth)
        tablets.append(Tablet(chromium, live_server.url, code, [next(market.passes) for _ in range(8)], **place))
        tablets[-1].sign_in(*market.operator)
        return tablets[-1]

    yield enrol
    for tablet in tablets:
        tablet.context.close()


def screens(tablet: Tablet, market: SimpleNamespace) -> Iterator[str]:
    """Walk past every screen of the kiosk, and of practice, and stop at each."""
    find = tablet.find
    tablet.context.set_offline(True)
    yield "scan"
    tablet.show_pass()
    yield "person"
    tablet.tie(market.closed, kind="attention")
    yield "receipt that wants attention"
    find("#next").click()
    expect(find("#told")).to_be_visible()
    tablet.fill_in(name=NAME, birth_year="1975")
    yield "registration"
    find("#form-birth_year").fill("3000")
    find("#registration-save").click()
    expect(find("#birth_year-fault")).to_be_visible()
    yield "registration refused"
    find("#form-birth_year").fill("1975")
    find("#registration-save").click()
    tablet.tie(market.vacancy)
    yield "receipt with consent"
    find("#consent").click()
    yield from screens_of_one_person(tablet)
    find("#next").click()
    yield from screens_that_find(tablet)
    find("#today .today-row").first.click()
    expect(find("#stage")).to_be_visible()
    yield "stage"
    find("#stage-correct").click()
    expect(find(".track-word strong")).to_be_visible()
    yield "stage put right"
    find("#stage .sheet-head .button").click()
    for opener, shown in (("#operator", "#sign-out"), ("#tray-open", "#tray"), ("#menu-open", "#close-booth")):
        find(opener).click()
        expect(find(shown)).to_be_visible()
        yield opener
        tablet.page.keyboard.press("Escape")
    tablet.choose("#hand-over")
    expect(find("#rescue-file")).to_be_visible()
    yield "hand-over"
    find("#rescue-codes").click()
    expect(find("#rescue-picture")).to_be_visible()
    yield "hand-over's codes"
    find("#rescue-stop").click()
    find("#rescue-close").click()
    tablet.type_fast("GCHO1:00AA:1:52:" + "0" * 255)
    expect(find("#receiving-count")).to_contain_text("52")
    yield "receiving"
    find("#receiving-stop").click()
    tablet.choose("#lock-now")
    find("#lock .pin-name").first.click()
    expect(find("#lock #pin")).to_be_visible()
    yield "lock"
    tablet.sign_in(*market.operator)
    tablet.choose("#close-booth")
    expect(find("#closing-hand-over")).to_be_visible()
    yield "closing"
    find("#closing-agreed").click()
    expect(find("#agreed")).to_be_visible()
    yield "list of those who agreed"
    for digit in market.operator[1]:
        find("#agreed .key").filter(has_text=digit).click()
    find("#agreed #pin-enter").click()
    expect(find("#agreed .agreed-row")).to_have_count(1)
    yield "list of those who agreed, for a minute"
    find("#agreed-close").click()
    find("#closing-close").click()
    expect(find("#closing-done")).to_be_visible()
    yield "closed"
    find("#closing-open").click()
    expect(find("#check-clock")).to_have_attribute("data-state", "unknown")
    yield "gate"
    find("#gate-practise").click()
    expect(find("#lesson")).to_be_visible()
    yield "practice"
    find("#practice-pass").click()
    find("#vacancy-1000019").click()
    expect(find("#receipt")).to_be_visible()
    yield "practice receipt"
    find("#practice-leave").click()
    expect(find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)


def screens_of_one_person(tablet: Tablet) -> Iterator[str]:
    """Stop where more is asked of somebody who is shown, where they are sent on, and at their data."""
    find = tablet.find
    find("#ask-more").click()
    find("#groups-agreed").click()
    yield "second breath"
    find("#more-leave").click()
    tablet.page.evaluate(REFER, NAME)
    find("#refer-training").click()
    expect(find("#refer-said li")).to_have_count(1)
    yield "sent on"
    find("#refer-leave").click()
    find("#person-data").click()
    expect(find("#find-consents button")).to_be_visible()
    yield "a person's data"
    find("#find-correct").click()
    find("#find-name").fill("")
    find("#find-save").click()
    expect(find("#find-name-fault")).to_be_visible()
    yield "correction refused"
    find("#find-back").click()
    find("#find-back").click()


def screens_that_find(tablet: Tablet) -> Iterator[str]:
    """Stop where people are found: by the search, and by the name of somebody who registers."""
    find = tablet.find
    find("#find-open").click()
    find("#find-text").fill(NAME[:2])
    expect(find("#find-results .find-row")).to_have_count(1)
    yield "found"
    find("#find-back").click()
    find("#register-walk-in").click()
    find("#form-name").fill(NAME)
    expect(find("#twins .notice")).to_be_visible()
    yield "registered already"
    find("#form-name").fill("")
    find("#registration-leave").click()


def resize(tablet: Tablet, size: tuple[int, int]) -> None:
    tablet.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))


def write_in(tablet: Tablet, percent: int) -> None:
    tablet.page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%` }", percent)


@pytest.mark.parametrize("locale", LOOKED_AT)
def test_every_screen_is_for_everybody_and_fits_every_way_of_holding_it_in_large_letters_too(enrol, market, locale):
    """In the one theme all that axe knows is looked at, in the other one what differs there: the colours.

    Colours and markup are the same in both languages, so axe looks at one; how long the words are differs.
    """
    tablet, found, is_chinese = enrol(locale=locale), {}, locale == "zh-CN"
    looks = (("dark", contrast_faults_of), ("light", faults_of)) if is_chinese else ()
    for screen in screens(tablet, market):
        for theme, look in looks:
            tablet.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
            tablet.page.evaluate(AT_REST)  # colours halfway are nobody's
            found[f"{screen}, {theme}"] = look(tablet.page)
        for size, percent in WAYS if is_chinese else TIGHTEST:
            resize(tablet, size)
            write_in(tablet, percent)
            tablet.page.evaluate(AT_REST)
            found[f"{screen}, {size[0]} px, {percent} %"] = tablet.page.evaluate(MISFITS)
        write_in(tablet, 100)
        resize(tablet, SIZES[0])
    found = {where: faults for where, faults in found.items() if faults}
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_when_a_receipt_arrives(enrol, market, size):
    """The list of today grows at its top, where one looks for it; all else stays under the finger that just tapped."""
    tablet = enrol()
    resize(tablet, size)
    tablet.context.set_offline(True)
    for vacancy, kind in ((market.vacancy, "new"), (market.closed, "attention"), (market.closed, "again")):
        if kind != "again":
            tablet.show_pass()
        tablet.tile(vacancy).evaluate(BRING)
        assert tablet.page.evaluate(MARK) > 30
        tablet.tile(vacancy).click(position={"x": 30, "y": 30})
        expect(tablet.find("#receipt")).to_have_attribute("data-kind", kind)
        expect(tablet.find("#told")).to_contain_text(tablet.say("line.unreachable"))
        assert tablet.page.evaluate(MOVED) == []
        if kind == "new":
            tablet.find("#next").click()
            expect(tablet.find("#told")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_the_button_that_opens_the_booth_stays_from_its_first_frame_where_it_is(enrol, size):
    """What is checked comes in above it."""
    tablet = enrol(locale="zh-CN", viewport={"width": size[0], "height": size[1]})
    tablet.page.evaluate(UNOPENED)
    tablet.page.add_init_script(WATCH)
    tablet.page.reload()
    expect(tablet.find("#check-clock[data-state=well]")).to_be_visible()
    expect(tablet.find("#gate-sentence")).to_be_visible()
    assert len(tablet.page.evaluate("[...heights]")) == 1


def test_a_receipt_that_comes_late_hides_no_button(enrol, market):
    """On a slow tablet a consent is kept once the second breath is open: its receipt is higher than the strip."""
    tablet = enrol(locale="zh-CN")
    tablet.context.set_offline(True)
    tablet.fill_in(name=NAME, birth_year="1975")
    tablet.find("#registration-save").click()
    tablet.tie(market.vacancy)
    tablet.page.evaluate("() => ['#consent', '#ask-more'].forEach((act) => document.querySelector(act).click())")
    expect(tablet.find("#more-save")).to_be_visible()
    expect(tablet.find("#receipt")).to_contain_text(tablet.say("kind.consent.given"))
    for size in (SIZES[0], SIZES[2]):
        resize(tablet, size)
        tablet.page.evaluate(AT_REST)
        assert tablet.page.evaluate(MISFITS) == []


def test_in_one_hand_the_head_is_slim_and_a_receipt_with_consent_whole(enrol, market):
    """English is the longer language: the line to the server stays in one row, and the board scrolls away."""
    tablet = enrol(locale="en-GB")
    resize(tablet, SIZES[2])
    tablet.context.set_offline(True)
    tablet.fill_in(name="Wang", birth_year="1975")
    tablet.find("#registration-save").click()
    tablet.tie(market.vacancy)
    tablet.find("#consent").click()
    expect(tablet.find("#receipt")).to_contain_text(tablet.say("kind.consent.given"))
    tablet.sync()
    expect(tablet.find("#told")).to_contain_text(tablet.say("line.unreachable"))
    tablet.page.evaluate("() => scrollTo(0, 400)")
    line = tablet.find("#line").bounding_box()
    assert (line["y"], line["height"]) == (0, 68)
    assert tablet.find(".receipt-place").evaluate("(place) => place.scrollHeight - place.clientHeight") <= 0
