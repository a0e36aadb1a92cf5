"""What an operator sees of the person before the booth: whose a pass is, one receipt for every act, undo, stages."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models.base.database import db, writing
from tests.browser.ground import new_vacancy, one_booth
from tests.browser.tablet import Tablet


@pytest.fixture(scope="module")
def chromium(headless_shell: object) -> object:
    return headless_shell


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth with a vacancy for many and one for a single person."""
    found = one_booth(live_server.database, date.today())
    with db.connection_context(), writing():
        single = new_vacancy(found.booth, 1, "夜班保安")
        last = new_vacancy(found.booth, 5, "搬运工")
    return SimpleNamespace(ground=found, welder=found.welder, single=single, last=last)


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
    tablet.home()

    tablet.fill_in(name="孙大哥", birth_year="1980")
    tablet.find("#registration-title").click()
    tablet.type_fast(wangs)
    expect(tablet.find("#form-pass-field .given")).to_have_text(tablet.say("give.taken").replace("{name}", "王师傅"))
    expect(tablet.find("#form-pass")).to_be_hidden()
    tablet.type_fast(free)
    expect(tablet.find("#form-pass")).to_contain_text(free[-4:])
    expect(tablet.find("#form-pass-field .given")).to_be_hidden()
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text("孙大哥")
    assert tablet.facts("candidate.registered")[-1]["data"]["pass"] == free
