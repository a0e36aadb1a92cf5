"""The screens around a booth's day: the check before it opens, the lock of a shared tablet, the end of the day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from models.market.enrolment import Enrolment
from models.market.operator import Operator
from tests.browser.ground import market_today, new_day, new_vacancy
from tests.browser.tablet import PATIENCE, Tablet

DAY = market_today() - timedelta(days=1)  # over, and not yet so long ago that a tablet forgets it
ONE, OTHER = ("刘晓琴", "1101"), ("冉小波", "2202")


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A market day of this module's own: a booth with two operators, and one without any."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        day = new_day(DAY)
        employer = models.Employer.create(county=day.county, name="重庆云雾机械有限公司")
        staffed = models.Booth.create(market_day=day, number=1, name="云雾机械", employer=employer, topics="leaflet")
        bare = models.Booth.create(market_day=day, number=2, name="维权服务台", kind="desk", topics="leaflet")
        operators = [Operator.enlist(staffed, *who) for who in (ONE, OTHER)]
        welder = new_vacancy(staffed, 8)
        return SimpleNamespace(
            staffed=staffed, bare=bare, welder=welder, ids=[str(one.id) for one in operators],
            passes=iter(models.PassRange.reserve(day, 300).numbers()),
        )  # fmt: skip


@pytest.fixture
def enrol(chromium, live_server, market) -> Iterator[object]:
    """Return a function that enrols one more tablet at a booth, with a browser of its own."""
    tablets = []

    def enrol(booth: models.Booth, **place: object) -> Tablet:
        with db.connection_context():
            code = Enrolment.open(booth)
        passes = [next(market.passes) for _ in range(5)]  # of nobody yet, at any of the booth's tablets
        tablets.append(Tablet(chromium, live_server.url, code, passes, **place))
        return tablets[-1]

    yield enrol
    for tablet in tablets:
        tablet.context.close()


@pytest.fixture
def tablet(enrol, market) -> Tablet:
    return enrol(market.staffed)


def reload(tablet: Tablet) -> None:
    tablet.page.reload()
    expect(tablet.find("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)


def register(tablet: Tablet, name: str) -> None:
    tablet.fill_in(name=name, birth_year="1975")
    tablet.find("#registration-save").click()
    expect(tablet.find("#person")).to_be_visible()


def state_of(tablet: Tablet, code: str) -> object:
    return expect(tablet.find(f"#check-{code}"))


def open_gate_again(tablet: Tablet) -> None:
    tablet.choose("#close-booth")
    tablet.find("#closing-close").click()
    tablet.find("#closing-open").click()
    expect(tablet.find("#gate")).to_be_visible()


def test_the_check_says_of_each_thing_whether_it_is_well_and_opens_all_the_same(tablet):
    assert tablet.meta("opened_at")
    open_gate_again(tablet)
    for code in ("offline", "space", "clock", "snapshot"):
        state_of(tablet, code).to_have_attribute("data-state", "well")
    for code in ("installed", "camera", "operator"):  # a browser's window, no camera, nobody signed in
        state_of(tablet, code).to_have_attribute("data-state", "look")
    state_of(tablet, "sound").to_have_attribute("data-state", "unknown")
    tablet.find("#gate-sound").click()
    state_of(tablet, "sound").to_have_attribute("data-state", "well")
    expect(tablet.find("#gate-sentence")).to_contain_text(tablet.say("gate.camera"))

    tablet.find("#gate-sign-in").click()
    tablet.type_pin(*ONE)
    state_of(tablet, "operator").to_have_attribute("data-state", "well")
    state_of(tablet, "operator").to_contain_text(ONE[0])
    tablet.open_booth()
    reload(tablet)
    expect(tablet.find("#scan")).to_be_visible()
    expect(tablet.find("#gate")).to_have_count(0)


def test_a_wrong_clock_is_compared_with_the_servers_and_without_network_it_is_unknown(tablet):
    wrong = format_datetime(datetime.now(UTC) - timedelta(minutes=30), usegmt=True)
    tablet.context.route("**/healthz", lambda route: route.fulfill(json={"status": "ok"}, headers={"Date": wrong}))
    open_gate_again(tablet)
    state_of(tablet, "clock").to_have_attribute("data-state", "look")
    expect(tablet.find("#gate-sentence")).to_contain_text(tablet.say("gate.clock"))

    tablet.context.unroute("**/healthz")
    tablet.find("#gate-again").click()
    state_of(tablet, "clock").to_have_attribute("data-state", "well")
    tablet.context.set_offline(True)
    tablet.find("#gate-again").click()
    state_of(tablet, "clock").to_have_attribute("data-state", "unknown")
    tablet.open_booth()


def test_without_network_a_closed_booth_opens_again(tablet):
    tablet.context.set_offline(True)
    tablet.choose("#close-booth")
    tablet.find("#closing-close").click()
    expect(tablet.find("#closing-done")).to_be_visible()
    reload(tablet)
    tablet.find("#closing-open").click()
    expect(tablet.find("#gate")).to_be_visible()
    state_of(tablet, "offline").to_have_attribute("data-state", "well")
    tablet.open_booth()


def test_a_tablet_that_nobody_touches_locks_itself_and_shows_nothing_of_people(tablet):
    tablet.page.clock.install()
    reload(tablet)
    tablet.sign_in(*ONE)
    register(tablet, "陈秀英")
    tablet.page.clock.fast_forward(4 * 60_000)
    tablet.find("#person-name").click()
    tablet.page.clock.fast_forward(4 * 60_000)
    expect(tablet.find("#lock")).to_have_count(0)

    tablet.page.clock.fast_forward(2 * 60_000)
    expect(tablet.find("#lock")).to_be_visible()
    expect(tablet.find("#lock")).to_contain_text("云雾机械")
    expect(tablet.find("#person-name")).to_have_css("visibility", "hidden")
    tablet.page.keyboard.press("Escape")
    tablet.page.keyboard.press("Escape")
    expect(tablet.find("#lock")).to_be_visible()
    reload(tablet)
    expect(tablet.find("#lock")).to_be_visible()
    expect(tablet.find("#today")).to_have_css("visibility", "hidden")

    tablet.sign_in(*ONE)
    expect(tablet.find("#lock")).to_have_count(0)


def test_a_tablet_left_alone_is_locked_when_its_page_opens_again(tablet):
    tablet.sign_in(*ONE)
    reload(tablet)
    expect(tablet.find("#operator")).to_have_text(ONE[0])
    expect(tablet.find("#lock")).to_have_count(0)

    tablet.page.clock.install(time=datetime.now() + timedelta(minutes=10))
    reload(tablet)
    expect(tablet.find("#lock")).to_be_visible()


def test_what_somebody_was_at_survives_the_lock_and_another_operator_takes_it_up_without_network(tablet, market):
    tablet.context.set_offline(True)
    tablet.sign_in(*ONE)
    tablet.fill_in(name="陈秀英", birth_year="1975")
    tablet.choose("#lock-now")
    expect(tablet.find("#lock")).to_be_visible()
    tablet.sign_in(*OTHER)

    expect(tablet.find("#form-name")).to_have_value("陈秀英")
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text("陈秀英")
    tablet.choose("#lock-now")
    tablet.sign_in(*ONE)
    expect(tablet.find("#person-name")).to_have_text("陈秀英")
    tablet.tie(market.welder)
    assert [fact["operator"] for fact in tablet.facts()] == [market.ids[1], market.ids[0]]


def test_wrong_pins_cost_waiting_that_no_reload_and_no_clock_ends(tablet):
    tablet.choose("#lock-now")
    for _ in range(3):
        tablet.type_pin(ONE[0], "9999")
        expect(tablet.find("#pin-fault, #pin-wait").filter(visible=True)).to_have_count(1)
    expect(tablet.find("#pin-wait")).to_be_visible()
    expect(tablet.find("#pin-enter")).to_be_disabled()
    expect(tablet.find("#lock #pin-forgotten")).to_be_visible()  # and whom to ask

    tablet.page.clock.install(time=datetime.now() + timedelta(days=1))
    reload(tablet)
    tablet.find(".pin-name").filter(has_text=ONE[0]).click()
    expect(tablet.find("#pin-wait")).to_be_visible()
    tablet.find(".pin-name").filter(has_text=OTHER[0]).click()
    expect(tablet.find("#pin-wait")).to_be_hidden()

    tablet.find(".pin-name").filter(has_text=ONE[0]).click()
    tablet.page.clock.fast_forward(11_000)
    expect(tablet.find("#pin-wait")).to_be_hidden()
    tablet.sign_in(*ONE)
    assert tablet.meta("pin_guesses") == {}


def test_somebody_without_a_name_may_record_everything_and_sees_no_names(tablet, market):
    tablet.sign_in(*ONE)
    register(tablet, "陈秀英")
    tablet.tie(market.welder)
    expect(tablet.find("#today")).to_contain_text("陈秀英")
    tablet.home()
    tablet.fill_in(name="罗永贵", birth_year="1970")
    tablet.choose("#lock-now")
    tablet.find("#lock-without").click()

    expect(tablet.find("#lock")).to_have_count(0)
    expect(tablet.find("#form-name")).to_have_value("")
    expect(tablet.find("#today")).not_to_contain_text("陈")
    tablet.home()
    tablet.find("#today .today-row").click()
    tablet.find("#see-person").click()
    expect(tablet.find("#person-name")).to_have_text("陈**")
    expect(tablet.find("#person")).not_to_contain_text("1975")
    reload(tablet)
    expect(tablet.find("#today .today-row")).to_have_count(1)
    assert "陈秀英" not in tablet.page.inner_text("body")

    register(tablet, "冉启明")
    expect(tablet.find("#person-name")).to_have_text("冉**")
    assert tablet.facts("candidate.registered")[-1]["data"]["name"] == "冉启明"
    tablet.home()
    tablet.sign_in(*OTHER)
    expect(tablet.find("#today")).to_contain_text("陈秀英")
    tablet.find("#register-walk-in").click()
    expect(tablet.find("#form-name")).to_have_value("罗永贵")


def test_every_fact_carries_its_operator(tablet, market):
    tablet.sign_in(*OTHER)
    register(tablet, "陈秀英")
    tablet.tie(market.welder)
    tablet.find("#consent").click()
    expect(tablet.find("#consent")).to_be_hidden()
    tablet.find("#undo").click()
    expect(tablet.find("#undo")).to_be_hidden()
    tablet.find("#bind-pass").click()
    tablet.show_pass()
    tablet.home()
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.home()
    tablet.row(number).click()
    tablet.find("#stage-interviewed").click()
    expect(tablet.row(number)).to_have_attribute("data-stage", "interviewed")
    tablet.show_pass()
    tablet.find("#visit").click()
    tablet.find("#tally-leaflet").click()
    expect(tablet.find("#tally-leaflet .figure")).to_have_text("1")

    facts = tablet.facts()
    assert len({fact["kind"] for fact in facts}) == 8
    assert {fact["operator"] for fact in facts} == {market.ids[1]}
    tablet.find("#operator").click()
    tablet.find("#sign-out").click()
    expect(tablet.find("#operator")).not_to_contain_text(OTHER[0])
    tablet.find("#tally-leaflet").click()
    expect(tablet.find("#tally-leaflet .figure")).to_have_text("2")
    assert tablet.facts()[-1]["operator"] is None


def test_a_booth_without_operators_has_no_lock_and_hides_no_names(enrol, market):
    tablet = enrol(market.bare)
    expect(tablet.find("#operator")).to_be_hidden()
    tablet.find("#menu-open").click()
    expect(tablet.find("#close-booth")).to_be_visible()
    expect(tablet.find("#lock-now")).to_be_hidden()
    tablet.page.keyboard.press("Escape")
    register(tablet, "陈秀英")
    expect(tablet.find("#person-name")).to_have_text("陈秀英")


def test_the_day_ends_with_the_number_of_facts_and_where_they_are(tablet, market):
    tablet.context.set_offline(True)
    for _ in range(2):
        tablet.show_pass()
        tablet.tie(market.welder)
        tablet.home()
    tablet.choose("#close-booth")
    expect(tablet.find("#closing-word")).to_have_text(tablet.say("closing.some").replace("{n}", "2"))
    expect(tablet.find("#closing-hand-over")).to_be_visible()
    tablet.find("#closing-close").click()
    expect(tablet.find("#closing-done")).to_be_visible()
    assert tablet.meta("closed_at")

    tablet.context.set_offline(False)  # it sends by itself
    expect(tablet.find("#closing-word")).to_have_text(
        tablet.say("closing.all").replace("{n}", "2"), timeout=PATIENCE
    )
    reload(tablet)
    expect(tablet.find("#closing-word")).to_be_visible()
    tablet.find("#closing-open").click()
    tablet.open_booth()
    assert tablet.meta("closed_at") is None


def test_after_the_market_the_end_of_the_day_is_suggested(tablet):
    expect(tablet.find("#day-over")).to_be_visible()
    tablet.find("#day-over button").click()
    expect(tablet.find("#closing")).to_be_visible()
    tablet.find("#closing-back").click()
    expect(tablet.find("#scan")).to_be_visible()
