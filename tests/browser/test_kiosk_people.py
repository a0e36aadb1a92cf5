"""What an operator sees of the person before the booth: whose a pass is, one receipt for every act, undo, stages."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db, writing
from models.market.enrolment import Enrolment
from tests.browser.ground import market_now, market_today, new_vacancy, one_booth
from tests.browser.tablet import Tablet
from tests.browser.test_kiosk_look import MARK, MOVED

MORNING = market_now().replace(hour=9, minute=30, second=0, microsecond=0)
# A disk that is full takes no row of the log; and one that was made room on.
FULL = """() => {
  globalThis.add = IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = () => { throw new DOMException("the disk is full", "QuotaExceededError") }
}"""
FREE = "() => { IDBObjectStore.prototype.add = globalThis.add }"
# Whole on the screen, and nothing lies over it.
IN_SIGHT = """(selector) => {
  const part = document.querySelector(selector)
  const { x, y, bottom, width, height } = part.getBoundingClientRect()
  return y >= 0 && bottom <= innerHeight && part.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}"""
PLACES = """() => [...document.querySelectorAll(".tile, #visit")].map((part) => {
  const { x, y, width, height } = part.getBoundingClientRect()
  return [part.id, x, y, width, height]
})"""
# The dock lies beside what scrolls, and over none of it.
APART = """() => {
  const dock = document.querySelector("#dock").getBoundingClientRect()
  return [...document.querySelectorAll(".kiosk-act, .kiosk-side")].every((part) => {
    const { bottom, right } = part.getBoundingClientRect()
    return bottom <= dock.top + 6 || right <= dock.left
  })
}"""


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth with a vacancy for many and one for a single person."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        single = new_vacancy(found.booth, 1, "夜班保安")
        last = new_vacancy(found.booth, 5, "搬运工")
    return SimpleNamespace(ground=found, welder=found.welder, single=single, last=last)


@pytest.fixture(scope="module")
def crowded(live_server) -> SimpleNamespace:
    """A service desk that counts five topics, at a market day with 62 vacancies."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        for place in range(61):
            new_vacancy(found.booth, 3, f"普工{place}")
        topics = "visitor,leaflet,policy,contract,injury"
        desk = models.Booth.create(market_day=found.day, number=2, name="维权服务台", kind="desk", topics=topics)
    return SimpleNamespace(passes={(1280, 800): found.take(2), (800, 1280): found.take(2)}, desk=desk)


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    """A tablet at the booth, without network: what it knows it knows by itself."""
    tablet = Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(12))
    tablet.context.set_offline(True)
    yield tablet
    tablet.context.close()


def register(tablet: Tablet, name: str) -> None:
    tablet.fill_in(name=name, birth_year="1975")
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text(name)


def test_nobody_is_given_somebody_elses_pass(tablet, market):
    wangs, used, free = (next(tablet._passes) for _ in range(3))
    register(tablet, "王师傅")
    tablet.find("#bind-pass").click()
    expect(tablet.find("#giving strong")).to_have_text("王师傅")
    tablet.find("#number").fill(wangs)
    tablet.find("#number").press("Enter")
    expect(tablet.find("#person-number")).to_contain_text(wangs[-4:])
    tablet.home()
    tablet.show_pass(used)
    tablet.tie(market.welder)
    tablet.home()

    register(tablet, "李大姐")
    tablet.find("#bind-pass").click()
    tablet.type_fast(f"{tablet.url}/p/{wangs}")
    expect(tablet.find("#giving .given")).to_have_text(tablet.say("give.taken").replace("{name}", "王师傅"))
    expect(tablet.find("#giving .give-anyway")).to_be_hidden()
    tablet.type_fast(f"https://other-county.example/p/{free}")
    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.foreign"))
    tablet.type_fast(used)
    expect(tablet.find("#giving .given")).to_have_text(tablet.say("give.used"))
    assert len(tablet.facts("pass.bound")) == 1
    tablet.find("#giving .give-anyway").click()
    expect(tablet.find("#person-name")).to_have_text("李大姐")
    expect(tablet.find("#person-number")).to_contain_text(used[-4:])
    assert [fact["data"]["pass"] for fact in tablet.facts("pass.bound")] == [wangs, used]


def test_a_hand_scanner_in_the_form_gives_its_pass_and_the_form_refuses_somebodys(tablet):
    wangs, free = (next(tablet._passes) for _ in range(2))
    register(tablet, "王师傅")
    tablet.find("#bind-pass").click()
    tablet.type_fast(wangs)
    expect(tablet.find("#person-number")).to_contain_text(wangs[-4:])
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")  # written: now it may be left
    tablet.home()

    tablet.fill_in(name="孙大哥", birth_year="1980")
    tablet.find("#registration-title").click()
    tablet.type_fast(wangs)
    expect(tablet.find("#form-asked .given")).to_have_text(tablet.say("give.taken").replace("{name}", "王师傅"))
    expect(tablet.find("#form-pass")).to_be_hidden()
    tablet.type_fast(free)
    expect(tablet.find("#form-pass")).to_contain_text(free[-4:])
    expect(tablet.find("#form-asked .given")).to_be_hidden()
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text("孙大哥")
    assert tablet.facts("candidate.registered")[-1]["data"]["pass"] == free


def receipt(tablet: Tablet, kind: str) -> object:
    """Return the receipt, once it is of a kind."""
    found = tablet.find("#receipt")
    expect(found).to_have_attribute("data-kind", kind)
    return found


def standing(tablet: Tablet, number: int) -> None:
    expect(tablet.find("#today-count")).to_have_text(str(number))


def test_a_second_tap_shows_the_first_time_and_undo_leaves_nothing_that_says_otherwise(tablet, market):
    tablet.page.clock.set_fixed_time(MORNING)
    tablet.show_pass()
    tablet.tie(market.welder)
    first = tablet.find("#receipt .figure").text_content()
    tablet.page.clock.set_fixed_time(MORNING + timedelta(minutes=7))
    tablet.tie(market.welder, kind="again")
    expect(tablet.find("#receipt .figure")).to_have_text(first)
    expect(tablet.find("#visit")).to_be_disabled()
    standing(tablet, 1)

    tablet.find("#undo").click()
    expect(receipt(tablet, "undone")).to_contain_text(tablet.say("receipt.undone"))
    expect(tablet.find("#undo")).to_be_hidden()
    standing(tablet, 0)
    tablet.find("#visit").click()
    expect(receipt(tablet, "new")).to_contain_text(tablet.say("kind.visit.recorded"))
    expect(tablet.find("#scan")).to_be_visible()
    standing(tablet, 1)


def test_an_undo_in_the_sheet_replaces_the_receipt(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.tie(market.welder, kind="again")
    tablet.row(number).click()
    tablet.find("#stage-undo").click()
    receipt(tablet, "undone")
    standing(tablet, 0)
    expect(tablet.find("#visit")).to_be_enabled()
    tablet.tie(market.welder)


def test_a_hire_is_offered_its_place_has_a_receipt_and_can_be_undone(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.tie(market.welder, kind="again")
    tablet.find("#receipt-stages").click()
    tablet.find("#stage-interviewed").click()
    expect(receipt(tablet, "new")).to_contain_text(tablet.say("stage.interviewed"))
    tablet.row(number).click()
    expect(tablet.find("#stage-introduced")).to_have_attribute("data-step", "skipped")
    expect(tablet.find(".place-offered")).to_contain_text("璧山高新区")
    tablet.find("#stage-hired").click()
    expect(receipt(tablet, "new")).to_contain_text(tablet.say("stage.hired"))
    expect(tablet.row(number)).to_have_attribute("data-stage", "hired")
    assert tablet.facts("check_in.progressed")[-1]["data"]["place"] == "county"

    tablet.find("#undo").click()
    receipt(tablet, "undone")
    expect(tablet.row(number)).to_have_attribute("data-stage", "interviewed")
    tablet.row(number).click()
    tablet.find("#stage-correct").click()
    expect(tablet.find(".track-word strong")).to_be_visible()


def test_a_write_that_fails_turns_the_receipt_red_and_the_next_one_that_is_kept_green(tablet, market):
    tablet.show_pass()
    tablet.tie(market.welder)
    tablet.page.evaluate(FULL)
    tablet.tile(market.last).click()
    expect(receipt(tablet, "failed")).to_contain_text(market.last.title)
    expect(tablet.find("#receipt")).to_contain_text(tablet.say("receipt.failed.help"))
    expect(tablet.find("#undo")).to_be_hidden()
    assert len(tablet.facts("check_in.recorded")) == 1
    tablet.home()
    tablet.fill_in(name="周婆婆", birth_year="1955")
    tablet.find("#registration-save").click()
    receipt(tablet, "failed")
    expect(tablet.find("#form-name")).to_have_value("周婆婆")

    tablet.page.evaluate(FREE)
    tablet.find("#registration-save").click()
    expect(receipt(tablet, "new")).to_contain_text(tablet.say("kind.candidate.registered"))
    expect(tablet.find("#person-name")).to_have_text("周婆婆")


def test_a_consent_is_taken_back_as_it_was_given_and_an_undone_tie_takes_its_consent_along(tablet, market):
    register(tablet, "王师傅")
    tablet.tie(market.welder)
    tablet.find("#consent").click()
    expect(receipt(tablet, "new")).to_contain_text(tablet.say("kind.consent.given"))
    tablet.find("#undo").click()
    receipt(tablet, "undone")
    [given], [withdrawn] = tablet.facts("consent.given"), tablet.facts("consent.withdrawn")
    assert given["id"] == withdrawn["id"]

    tablet.tile(market.welder).click()
    tablet.find("#stage-consent").click()
    receipt(tablet, "new")
    tablet.tile(market.welder).click()
    expect(tablet.find("#stage .receipt-consent")).to_be_visible()
    tablet.find("#stage-undo").click()
    receipt(tablet, "undone")
    given, withdrawn = ([fact["id"] for fact in tablet.facts(f"consent.{way}")] for way in ("given", "withdrawn"))
    assert given == withdrawn


def test_nothing_moves_when_the_network_goes_or_a_vacancy_fills_up(chromium, live_server, market):
    tablet = Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(3))
    tablet.page.set_viewport_size({"width": 1280, "height": 800})
    number = tablet.show_pass()
    tablet.tie(market.single)
    tablet.home()
    tablet.page.evaluate(MARK)
    tablet.context.set_offline(True)
    tablet.sync()
    expect(tablet.find("#told")).to_contain_text(tablet.say("line.unreachable"))
    assert tablet.page.evaluate(MOVED) == []

    tablet.page.evaluate(MARK)
    tablet.find("#number").fill("1234567890")
    tablet.find("#number").press("Enter")
    expect(tablet.find("#number-fault")).to_be_visible()
    assert [moved for moved in tablet.page.evaluate(MOVED) if "<label" not in moved] == []

    tablet.show_pass()
    order = tablet.find(".tile-title").all_text_contents()
    tablet.page.evaluate(MARK)
    tablet.row(number).click()
    tablet.find("#stage-hired").click()
    expect(tablet.tile(market.single)).to_have_attribute("data-state", "full")
    assert tablet.find(".tile-title").all_text_contents() == order
    tablet.home()
    tablet.show_pass()
    assert tablet.find(".tile-title").all_text_contents()[-1] == market.single.title
    tablet.context.close()


def test_a_name_that_arrives_moves_no_tile(chromium, live_server, market):
    here, there = (
        Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(2)) for _ in range(2)
    )
    number = here.show_pass()
    here.tie(market.welder)
    here.expect_unsent(0)
    before = here.page.evaluate(PLACES)

    there.fill_in(name="王师傅", birth_year="1975")
    there.type_fast(number)
    if there.find("#form-asked .give-anyway").is_visible():  # it may have heard of the tie
        there.find("#form-asked .give-anyway").click()
    expect(there.find("#form-pass")).to_contain_text(number[-4:])
    there.find("#registration-save").click()
    receipt(there, "new")
    there.expect_unsent(0)
    here.sync()
    expect(here.find("#person-name")).to_have_text("王师傅")
    expect(here.tile(market.welder)).to_have_attribute("data-tied", "interested")
    assert here.page.evaluate(PLACES) == before
    for tablet in (here, there):
        tablet.context.close()


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280)])
def test_at_a_desk_with_many_vacancies_counters_and_acts_come_first_and_the_receipt_covers_nothing(
    chromium, live_server, crowded, size
):
    with db.connection_context():
        code = Enrolment.open(crowded.desk)
    tablet = Tablet(chromium, live_server.url, code, crowded.passes[size])
    tablet.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    assert tablet.page.evaluate(IN_SIGHT, "#tally-visitor")
    tablet.show_pass()
    expect(tablet.find(".tile")).to_have_count(6)  # the others by search
    for act in ("#visit", "#register-person"):
        assert tablet.page.evaluate(IN_SIGHT, act), act
    tablet.find(".tile").first.click()
    receipt(tablet, "new")
    if size[0] > size[1]:
        assert tablet.page.evaluate(APART)
    for act in ("#visit", "#register-person"):
        assert tablet.page.evaluate(IN_SIGHT, act), act
    tablet.context.close()
