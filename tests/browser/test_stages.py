"""From tied to hired in the open: a row's track, today's filters, the closing screen, the employer's list."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from tests.browser.finger import Finger
from tests.browser.ground import market_today, new_vacancy, one_booth
from tests.browser.tablet import Tablet

NAME, PIN = "何师傅", "2468"
ON_THE_WAY = {
    "person": "01890000-0000-7000-8000-000000000001",
    "candidate": "01890000-0000-7000-8000-000000000001",
    "pass": None,
    "stage": "interested", "reached": "interested", "at": "2026-02-24T08:00:00+08:00", "tablet": "web",
    "withdrawn": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    ground = one_booth(live_server.database, market_today())
    connect_database(live_server.database)
    with db.connection_context(), writing():
        packer = new_vacancy(ground.booth, 3, "包装普工")
        packer.place = ""
        packer.save()
        operator = models.Operator.create(county=ground.day.county, name=NAME)
        models.Duty.create(operator=operator, booth=ground.booth, known_as=NAME)
    return SimpleNamespace(ground=ground, welder=ground.welder, packer=packer)


@pytest.fixture(scope="module")
def tablet(chromium, live_server, market) -> Iterator[Tablet]:
    tablet = Tablet(chromium, live_server.url, market.ground.code(), market.ground.take(8))
    tablet.context.set_offline(True)
    yield tablet
    tablet.context.close()


def receipt(tablet: Tablet, kind: str, words: str = "") -> None:
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", kind)
    expect(tablet.find("#receipt")).to_contain_text(words)


def last_move(tablet: Tablet) -> dict:
    return {
        name: value for name, value in tablet.facts("check_in.progressed")[-1]["data"].items() if name != "check_in"
    }


def test_a_tied_tile_leads_to_the_track_and_a_hire_is_three_taps(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.tie(market.welder, kind="again")  # a shaky hand: the same once more, and its undo stays
    tablet.home()

    tablet.show_pass(number)
    finger = Finger(tablet.page)
    finger.tap(tablet.tile(market.welder))
    expect(tablet.find("#stage-next")).to_contain_text(
        tablet.say("stage.interviewed")
    )  # nobody is introduced to who stands there
    expect(tablet.find("#place-county")).to_have_attribute("aria-pressed", "true")
    finger.tap("#stage-hired")
    receipt(tablet, "new", tablet.say("stage.hired"))
    assert last_move(tablet) == {"stage": "hired", "place": "county"}
    expect(tablet.find(".done-track")).to_have_text("●○○○●○")  # what was gone past was not recorded
    finger.tap("#next")
    assert (finger.taps, finger.swipes) == (3, 0)

    tablet.row(number).click()
    expect(tablet.find("#stage-interviewed")).to_have_attribute("data-step", "skipped")
    expect(tablet.find("#places:visible")).to_have_count(0)
    tablet.find("#stage-correct").click()
    expect(tablet.find(".track-word strong")).to_be_visible()
    tablet.find("#stage-interviewed").click()
    receipt(tablet, "new", tablet.say("stage.interviewed"))
    assert last_move(tablet) == {"stage": "interviewed", "correction": True}
    tablet.find("#undo").click()
    receipt(tablet, "undone")
    expect(tablet.row(number)).to_have_attribute("data-stage", "hired")


def test_another_place_is_one_tap_and_one_that_nobody_knows_is_asked(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.tie(market.packer)
    tablet.home()
    for vacancy, place, taps in (
        (market.welder, "town", ("#place-town", "#stage-agreed")),
        (market.packer, "city", ("#stage-agreed", "#place-city")),
    ):
        tablet.row(number).filter(has_text=vacancy.title).click()
        for tap in taps:
            tablet.find(tap).click()
        receipt(tablet, "new", tablet.say("stage.agreed"))
        assert last_move(tablet) == {"stage": "agreed", "place": place}


def test_who_was_interviewed_is_hired_by_two_taps_and_stays_under_the_finger(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()
    tablet.find("#filter-interested").click()
    quick = tablet.find("#today li").filter(has_text=f"{number[:3]} {number[3:6]} {number[6:]}").locator(".row-step")
    expect(quick).to_have_text(tablet.say("stage.interviewed"))
    quick.click()
    receipt(tablet, "new", tablet.say("stage.interviewed"))
    expect(tablet.row(number)).to_be_visible()
    expect(quick).to_have_count(0)
    tablet.find("#filter-interested").click()

    finger = Finger(tablet.page)
    finger.tap("#filter-interviewing")
    finger.tap(quick)
    receipt(tablet, "new", tablet.say("stage.hired"))
    assert finger.taps == 2 and last_move(tablet) == {"stage": "hired", "place": "county"}
    expect(tablet.find("#filter-hired strong")).to_have_text("2")
    tablet.find("#filter-interviewing").click()


def test_who_signed_up_by_phone_is_on_the_way_until_somebody_meets_them(tablet, market):
    person = {
        "person": ON_THE_WAY["candidate"],
        "name": "王**",
        "passes": [],
        "birth_year": None,
        "trades": [],
        "version": 1,
    }
    tablet.put_record("candidate", ON_THE_WAY["candidate"], person)
    tablet.put_record(
        "check_in", "01890000-0000-7000-8000-000000000002", ON_THE_WAY | {"vacancy": market.welder.number}
    )
    tablet.page.reload()
    expect(tablet.find("#filter-coming strong")).to_have_text("1")
    tablet.find("#filter-coming").click()
    row = tablet.find("#today .today-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(tablet.say("row.coming"))
    row.click()
    expect(tablet.find("#stage-coming")).to_be_visible()
    tablet.find("#stage-next").click()
    receipt(tablet, "new", tablet.say("stage.interviewed"))
    expect(tablet.find("#filter-coming strong")).to_have_text("0")
    tablet.find("#filter-coming").click()


def test_at_the_end_the_results_stand_there_and_the_list_of_those_who_agreed_behind_a_pin(tablet, market):
    tablet.find("#operator").click()
    tablet.find(".pin-name").filter(has_text=NAME).click()
    for digit in PIN * 2:
        if tablet.find("#pin").input_value() == PIN:
            tablet.find("#pin-enter").click()
        tablet.find(".pin .key").filter(has_text=digit).click()
    tablet.find("#pin-enter").click()
    expect(tablet.find("#operator")).to_have_text(NAME)
    for name, phone in (("李桂英", "13800006677"), ("周明", "")):
        tablet.home()
        tablet.fill_in(name=name, birth_year="1975", **({"phone": phone} if phone else {}))
        tablet.find("#registration-save").click()
        expect(tablet.find("#person-name")).to_have_text(name)
        tablet.tie(market.welder)
    tablet.tile(market.welder).click()  # a shaky hand
    tablet.tile(market.welder).click()
    expect(tablet.find("#stage-consent")).to_be_visible()
    tablet.page.keyboard.press("Escape")
    tablet.home()
    tablet.find("#today .today-row").filter(has_text="李桂英").click()
    tablet.find("#stage-consent").click()
    receipt(tablet, "new", tablet.say("kind.consent.given"))

    tablet.choose("#close-booth")
    welders = tablet.find(f".result[data-number='{market.welder.number}'] dd")
    expect(welders).to_have_text(["6", "4", "3", "2", "0"])
    tablet.find("#closing-agreed").click()
    expect(tablet.find("#agreed .agreed-row")).to_have_count(0)
    for digit in PIN:
        tablet.find("#agreed .key").filter(has_text=digit).click()
    tablet.find("#agreed #pin-enter").click()
    expect(tablet.find("#agreed .agreed-row")).to_have_count(1)
    expect(tablet.find("#agreed .agreed-row")).to_contain_text("李桂英")
    expect(tablet.find("#agreed .agreed-row")).to_contain_text(tablet.say("agreed.end").replace("{end}", "6677"))
    assert "13800006677" not in tablet.kept()
    tablet.find("#agreed-close").click()
    tablet.find("#closing-agreed").click()
    expect(tablet.find("#agreed .agreed-row")).to_have_count(0)  # each look wants the PIN
    tablet.find("#agreed-close").click()

    tablet.find("#closing-close").click()
    expect(tablet.find("#closing-done")).to_be_visible()
    expect(tablet.find("#operator")).not_to_have_text(NAME)
    assert tablet.meta("operator") is None
