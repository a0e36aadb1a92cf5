"""An operator's own PIN: thought of on a tablet without network, the same at another booth, and never in two ways."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from models.kiosk.staffing import reset_pin
from models.market.duty import assign
from models.market.enrolment import Enrolment
from tests.browser.ground import market_today, new_day, new_vacancy
from tests.browser.tablet import PATIENCE, Tablet

NAME = "刘晓琴"


@pytest.fixture
def market(live_server) -> SimpleNamespace:
    """A booth of today and one of tomorrow, with one operator who has no PIN yet."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        days = [new_day(market_today() + timedelta(later)) for later in (0, 1)]
        here, there = [
            models.Booth.create(market_day=day, number=number, name="云雾机械")
            for day, number in zip(days, (1, 7), strict=True)
        ]
        operator = models.Operator.enlist(here, NAME)
        assign(operator, there)
        return SimpleNamespace(
            here=here, there=there, operator=operator, welder=new_vacancy(here, 8),
            passes=iter(models.PassRange.reserve(days[0], 20).numbers()),
        )  # fmt: skip


@pytest.fixture
def enrol(chromium, live_server, market) -> Iterator[object]:
    """Return a function that enrols one more tablet at a booth, with a browser of its own, kept for days."""
    tablets = []

    def enrol(booth: models.Booth) -> Tablet:
        with db.connection_context():
            code = Enrolment.open(booth)
        tablets.append(Tablet(chromium, live_server.url, code, [next(market.passes) for _ in range(3)]))
        return tablets[-1]

    yield enrol
    for tablet in tablets:
        tablet.context.close()


def choose(tablet: Tablet) -> None:
    tablet.find("#operator").click()
    tablet.find(".pin-name").filter(has_text=NAME).click()


def type_in(tablet: Tablet, pin: str) -> None:
    for digit in pin:
        tablet.find(".pin .key").filter(has_text=digit).click()
    tablet.find("#pin-enter").click()


def set_pin(tablet: Tablet, pin: str) -> None:
    """Think of a PIN at the first sign-in: type it, and once more."""
    choose(tablet)
    expect(tablet.find("#pin-new")).to_be_visible()
    type_in(tablet, pin)
    expect(tablet.find("#pin-new strong")).to_be_visible()
    type_in(tablet, pin)
    expect(tablet.find("#operator")).to_have_text(NAME)


def stored(market: SimpleNamespace) -> str:
    with db.connection_context():
        return models.Operator.get_by_id(market.operator.id).pin_hash


def wait_for_pin(tablet: Tablet, market: SimpleNamespace) -> None:
    """Wait until the server has the PIN that was set on a tablet."""
    wait_until(tablet, lambda: bool(stored(market)))


def wait_until(tablet: Tablet, holds: Callable[[], bool]) -> None:
    """Wait while a tablet works, until something is so."""
    for _ in range(150):
        if holds():
            return
        tablet.page.wait_for_timeout(200)
    raise AssertionError("it never came to be")


def test_a_pin_is_set_without_network_and_opens_another_booth_the_day_after(enrol, market):
    tablet = enrol(market.here)
    tablet.context.set_offline(True)
    choose(tablet)
    for weak, fault in (("1234", "pin.weak"), ("0000", "pin.weak"), ("12", "pin.short")):
        type_in(tablet, weak)
        expect(tablet.find("#pin-fault")).to_contain_text(tablet.say(fault))
    type_in(tablet, "2468")
    type_in(tablet, "2469")
    expect(tablet.find("#pin-fault")).to_contain_text(tablet.say("pin.differs"))
    tablet.find("[aria-labelledby=operator-title] [data-back]").click()

    set_pin(tablet, "2468")
    tablet.show_pass()
    tablet.tie(market.welder)
    assert [fact["operator"] for fact in tablet.facts()] == [str(market.operator.id)]
    assert stored(market) == ""
    tablet.home()
    tablet.page.reload()
    expect(tablet.find("#operator")).to_have_text(NAME, timeout=PATIENCE)  # who it is outlives the page
    tablet.choose("#lock-now")
    expect(tablet.find("#lock")).to_be_visible(timeout=PATIENCE)
    tablet.sign_in(NAME, "2468")  # and the PIN too

    tablet.context.set_offline(False)
    tablet.sync()
    tablet.expect_unsent(0)
    wait_for_pin(tablet, market)

    there = enrol(market.there)
    there.find("#operator").click()
    there.type_pin(NAME, "9753")
    expect(there.find("#pin-fault")).to_contain_text(there.say("pin.wrong"))
    there.type_pin(NAME, "2468")
    expect(there.find("#operator")).to_have_text(NAME)


def test_of_two_tablets_the_first_that_arrives_counts_and_the_other_is_told(enrol, market):
    first, second = enrol(market.here), enrol(market.here)
    for tablet, pin in ((first, "2468"), (second, "1357")):
        tablet.context.set_offline(True)
        set_pin(tablet, pin)
    first.context.set_offline(False)
    first.sync()
    wait_for_pin(first, market)

    second.context.set_offline(False)  # it sends by itself, and opens the sheet once nobody is before it
    expect(second.find("#pin-outdone")).to_be_visible(timeout=PATIENCE)
    expect(second.find("#operator")).not_to_have_text(NAME)
    type_in(second, "1357")
    expect(second.find("#pin-fault")).to_contain_text(second.say("pin.wrong"))
    type_in(second, "2468")
    expect(second.find("#operator")).to_have_text(NAME)
    choose(second)
    expect(second.find("#pin-outdone")).to_be_hidden()


def test_a_pin_that_the_office_cleared_is_set_anew(enrol, market):
    tablet = enrol(market.here)
    set_pin(tablet, "2468")
    wait_for_pin(tablet, market)
    with db.connection_context(), writing():
        reset_pin(market.operator)
    tablet.sync()
    wait_until(tablet, lambda: '"pin_resets":1' in tablet.kept())
    tablet.choose("#lock-now")
    expect(tablet.find("#lock")).to_be_visible(timeout=PATIENCE)
    tablet.find(".pin-name").filter(has_text=NAME).click()
    expect(tablet.find("#pin-new")).to_be_visible(timeout=PATIENCE)
    type_in(tablet, "1379")
    expect(tablet.find("#pin-new strong")).to_be_visible()
    type_in(tablet, "1379")
    expect(tablet.find("#operator")).to_have_text(NAME)
    wait_for_pin(tablet, market)
