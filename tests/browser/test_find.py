"""找人: a person without a pass is found, seen, corrected, given another pass, and what was a mistake is taken back."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.base.database import db, fetch
from tests.browser.finger import Finger
from tests.browser.ground import market_today, one_booth
from tests.browser.tablet import Tablet


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    return one_booth(live_server.database, market_today())


@pytest.fixture
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    tablet = Tablet(chromium, live_server.url, market.code(), market.take(8))
    tablet.context.set_offline(True)
    yield tablet
    tablet.context.close()


def register(tablet: Tablet, name: str, **more: str) -> None:
    tablet.fill_in(name=name, birth_year="1975", **more)
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text(name)
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")


def find(tablet: Tablet, text: str) -> Finger:
    """Find a person from the home screen; return the finger that did it, with the person's page before it."""
    finger = Finger(tablet.page)
    finger.tap("#find-open")
    expect(tablet.find("#find-text")).to_be_focused()
    finger.type(tablet.find("#find-text"), text)
    finger.tap(tablet.find("#find-results .find-row"))
    expect(tablet.find("#find-page")).to_be_visible()
    return finger


def test_a_person_is_found_corrected_and_given_another_pass_without_network(tablet, market):
    register(tablet, "王秀兰", phone="13800006677")
    lost, found, other = (next(tablet._passes) for _ in range(3))
    tablet.find("#bind-pass").click()
    tablet.type_fast(lost)
    expect(tablet.find("#person-number")).to_contain_text(lost[-4:])
    tablet.tie(market.welder)
    tablet.find("#consent").click()
    tablet.home()

    finger = find(tablet, "wxl")
    expect(tablet.find("#find-facts")).to_contain_text("6677")
    expect(tablet.find("#find-ties")).to_contain_text(market.welder.title)
    expect(tablet.find("#find-consents")).to_contain_text(tablet.say("find.given"))
    finger.tap("#find-tie")
    expect(tablet.find("#person-name")).to_have_text("王秀兰")
    assert finger.taps == 3
    tablet.home()

    finger = find(tablet, "6677")
    finger.tap("#find-correct")
    tablet.find("#find-name").fill("汪秀兰")
    tablet.find("#find-phone").fill("1380000667")
    finger.tap("#find-save")
    expect(tablet.find("#find-phone-fault")).to_be_visible()  # asked about once
    tablet.find("#find-phone").fill("")
    tablet.find("#find-save").click()
    expect(tablet.find("#find-title")).to_contain_text("汪秀兰")
    assert finger.taps == 4
    assert tablet.facts("candidate.amended")[-1]["data"] == {"name": "汪秀兰", "based_on": 1}
    tablet.find("#undo").click()
    expect(tablet.find("#find-title")).to_contain_text("王秀兰")
    assert tablet.facts("candidate.amended")[-1]["data"] == {"name": "王秀兰", "based_on": 2}
    tablet.find("#find-back").click()
    tablet.find("#find-back").click()

    finger = find(tablet, lost[-4:])
    finger.tap("#find-pass")
    tablet.type_fast(found)
    expect(tablet.find("#person-number")).to_contain_text(found[-4:])
    assert finger.taps == 3
    expect(tablet.find("#receipt")).to_contain_text(lost[-4:])  # void from now on
    tablet.home()
    tablet.show_pass(lost)
    expect(tablet.find("#person-name")).not_to_have_text("王秀兰")
    expect(tablet.find("#person-reason")).to_have_text(tablet.say("scanned.pass_void"))
    tablet.tie(market.welder, "attention")
    tablet.home()

    register(tablet, "李大姐")
    tablet.find("#bind-pass").click()
    tablet.type_fast(lost)
    expect(tablet.find("#giving .given")).to_have_text(tablet.say("give.unfit"))
    tablet.type_fast(other)
    expect(tablet.find("#person-number")).to_contain_text(other[-4:])
    tablet.find("#undo").click()  # nobody's again
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "undone")

    tablet.context.set_offline(False)
    expect(tablet.find("#unsent strong")).to_have_text("0", timeout=30_000)
    with db.connection_context():
        who = "SELECT name, phone FROM candidate WHERE id = ?"
        assert fetch(who, (tablet.facts("candidate.registered")[0]["id"],)) == [("王秀兰", "13800006677")]


def test_what_was_a_mistake_is_taken_back_and_restored(tablet, market):
    register(tablet, "罗大姐")
    tablet.home()
    find(tablet, "罗")
    tablet.find("#find-registered button").click()
    expect(tablet.find("#find-text")).to_be_visible()  # nothing is left of her
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "undone")
    tablet.find("#undo").click()
    expect(tablet.find("#find-results .find-row")).to_contain_text("罗大姐")
    tablet.find("#find-back").click()
    number = tablet.show_pass()
    tablet.find("#visit").click()
    find(tablet, number[-4:])
    tablet.find("#find-visits button").first.click()
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "undone")
    expect(tablet.find("#find-visits button")).to_have_count(0)
    assert [fact["kind"] for fact in tablet.facts()][-3:] == ["candidate.restored", "visit.recorded", "visit.withdrawn"]


def test_who_is_registered_already_is_shown_while_the_name_is_typed_and_a_hire_wants_a_name(tablet, market):
    register(tablet, "周桂花")
    tablet.home()
    tablet.find("#register-walk-in").click()
    tablet.find("#form-name").fill("周 桂花")
    expect(tablet.find("#twins")).to_contain_text("1975")
    tablet.find("#twins button").first.click()
    expect(tablet.find("#person-name")).to_have_text("周桂花")
    assert len(tablet.facts("candidate.registered")) == 1
    tablet.find("#person-data").click()
    expect(tablet.find("#find-title")).to_contain_text("周桂花")
    tablet.find("#find-back").click()
    expect(tablet.find("#person-name")).to_have_text("周桂花")
    tablet.home()

    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()
    tablet.row(number).click()
    expect(tablet.find("#stage-unnamed")).to_be_visible()
    tablet.find("#stage-register").click()
    expect(tablet.find("#form-pass")).to_contain_text(number[-4:])
