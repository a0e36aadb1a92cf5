"""A booth's tablet in a real browser: each wrong input gets a clear sentence, and no fact gets lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, writing
from models.market.enrolment import Enrolment
from models.people.candidate_pass import PassKey, numbered
from tests.browser.ground import market_today, new_day, new_vacancy
from tests.browser.tablet import PATIENCE, Tablet

DAY = market_today() - timedelta(days=1)  # over, and its logs not closed yet
# An organiser's key of which nobody has the other half: what is sealed to it is gone for whoever holds the tablet.
PUBLIC = "BN-FXzk4g7oZIOlnVEdO8MCW6EU4IHTSuKwX_0S4Bjbm0dgTtQK6JwlUX-6Buy-sKdiqs_VOITlHKCkdIWpnT3M"
UNNAMED = """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
  .filter((part) => part.checkVisibility())
  .filter((part) => {
    const label = part.labels?.length ? [...part.labels].map((one) => one.textContent).join("") : ""
    return !(part.getAttribute("aria-label") || part.textContent.trim() || label.trim())
  })
  .map((part) => part.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A market day of this module's own: an employer's booth with five vacancies, and a desk."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        day = new_day(DAY)
        employer = models.Employer.create(county=day.county, name="重庆云雾机械有限公司")
        booth = models.Booth.create(market_day=day, number=1, name="云雾机械", employer=employer)
        desk = models.Booth.create(market_day=day, number=2, name="维权服务台", kind="desk", topics="visitor,leaflet")
        key = PassKey.current(day.county)
        soon = datetime.now(UTC) + timedelta(hours=9)
        other_days = key.sign(models.MarketDay.select().first(), numbered(900_000_077), soon)
        return SimpleNamespace(
            path=f"/organiser/market-days/{day.id}", day=day, booth=booth, desk=desk,
            welder=new_vacancy(booth, 8, "焊工"), guard=new_vacancy(booth, 1, "夜班保安"),
            porter=new_vacancy(booth, 3, "搬运工"),
            passes=models.PassRange.reserve(day, 200).numbers(), other_days=f"{live_server.url}/p/{other_days}",
            forged=f"{live_server.url}/p/{other_days[:-6]}{int(other_days[-6:]) ^ 5:06d}",
        )  # fmt: skip


@pytest.fixture(scope="module")
def enrol(chromium, live_server, market) -> Iterator[object]:
    """Return a function that enrols one more tablet at a booth."""
    tablets = []

    def enrol(booth: models.Booth) -> Tablet:
        with db.connection_context():
            code = Enrolment.open(booth)
        first = 40 * len(tablets)
        tablets.append(Tablet(chromium, live_server.url, code, market.passes[first : first + 40]))
        return tablets[-1]

    yield enrol
    for tablet in tablets:
        tablet.context.close()


@pytest.fixture(scope="module")
def at_the_booth(enrol, market) -> Tablet:
    return enrol(market.booth)


@pytest.fixture(scope="module")
def at_the_desk(enrol, market) -> Tablet:
    return enrol(market.desk)


@pytest.fixture
def tablet(at_the_booth) -> Tablet:
    """The employer's tablet, at its first screen, with nothing unsent."""
    at_the_booth.context.set_offline(False)
    at_the_booth.home()
    at_the_booth.sync()  # at once: after a failure the tablet waits a while by itself
    at_the_booth.expect_unsent(0)
    return at_the_booth


def test_a_foreign_code_is_named_and_the_next_pass_is_read(tablet, market):
    before = tablet.facts()
    tablet.page.evaluate("document.activeElement.blur()")
    tablet.type_fast("https://example.com/pay")
    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.foreign"))

    number = market.passes[-1]
    tablet.type_fast(f"{tablet.url}/p/{number}")
    expect(tablet.find("#person-name")).to_contain_text(number[-4:])
    assert tablet.facts() == before


def test_a_mistyped_number_stays_for_mending(tablet, market):
    number = market.passes[-2]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    tablet.find("#number").fill(wrong)
    tablet.find("#number-enter").click()

    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.check_digit"))
    expect(tablet.find("#number")).to_have_value(wrong)


def test_a_vacancys_number_is_no_pass(tablet, market):
    tablet.find("#number").fill(market.welder.number)
    tablet.find("#number-enter").click()

    expect(tablet.find("#number-fault")).to_have_text(tablet.say("code.vacancy_code"))


def test_a_pass_of_another_market_day_is_recorded_with_its_reason(tablet, market):
    tablet.type_fast(market.other_days)
    expect(tablet.find("#person-reason")).to_be_visible()
    tablet.tie(market.porter, kind="attention")

    assert tablet.facts("check_in.recorded")[-1]["data"]["pass"] == market.other_days


def test_a_forged_pass_is_recorded_without_the_name_of_whom_it_imitates(tablet, market):
    tablet.fill_in(name="陈秀英", birth_year="1980")
    tablet.find("#registration-save").click()
    expect(tablet.find("#person-name")).to_have_text("陈秀英")
    tablet.find("#bind-pass").click()
    tablet.find("#number").fill(numbered(900_000_077))
    tablet.find("#number").press("Enter")
    tablet.find("#giving .give-anyway").click()  # a phone's pass: the operator is asked
    expect(tablet.find("#person")).to_be_visible()
    expect(tablet.find("#person-number")).to_contain_text("900 000 077")
    tablet.home()

    tablet.type_fast(market.forged)
    expect(tablet.find("#person-reason")).to_be_visible()
    tablet.tie(market.guard, kind="attention")
    tablet.sync()
    tablet.expect_unsent(0)

    rows = tablet.find("#today .today-row").filter(has_text=market.guard.title)
    expect(rows).to_have_count(1)
    expect(rows).not_to_contain_text("陈秀英")
    tablet.page.reload()
    expect(rows).to_have_count(1)
    expect(rows).not_to_contain_text("陈秀英")


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [("birth_year", "3000", "form.birth_year_wrong"), ("name", "王" * 10_000, "form.name_long")],
)
def test_a_field_that_cannot_be_is_named_and_nothing_written_is_lost(tablet, field, written, code):
    before = tablet.facts()
    fields = {"name": "王师傅", "birth_year": "1975", "phone": "13900000000"} | {field: written}
    tablet.fill_in(**fields)
    tablet.find("#registration-save").click()

    expect(tablet.find(f"#{field}-fault")).to_have_text(tablet.say(code))
    for name, value in fields.items():
        expect(tablet.find(f"#form-{name}")).to_have_value(value)
    assert tablet.facts() == before
    tablet.page.reload()
    tablet.find("#register-walk-in").click()
    expect(tablet.find(f"#form-{field}")).to_have_value(written)


def test_a_phone_with_a_digit_too_few_is_asked_about_once(tablet):
    before = tablet.facts()
    tablet.fill_in(name="王师傅", birth_year="1975", phone="138 0013 800")
    tablet.find("#registration-save").click()
    expect(tablet.find("#phone-fault")).to_have_text(tablet.say("form.phone_unusual"))
    assert tablet.facts() == before

    tablet.find("#registration-save").click()
    expect(tablet.find("#registration")).to_be_hidden()
    assert len(tablet.facts()) == len(before) + 1


def test_a_child_is_a_hard_stop_and_nothing_is_kept(tablet):
    before = tablet.facts()
    tablet.fill_in(name="小明", birth_year=str(DAY.year - 12))
    tablet.find("#form-name").focus()

    expect(tablet.find("#under-16")).to_be_visible()
    expect(tablet.find("#registration-save")).to_be_disabled()
    tablet.find("#registration-discard").click()
    assert tablet.facts() == before
    tablet.find("#register-walk-in").click()
    expect(tablet.find("#form-name")).to_have_value("")
    assert "小明" not in tablet.page.evaluate("JSON.stringify(localStorage)")


def test_once_more_is_again_and_makes_no_second_fact_and_undo_takes_it_back(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tied = len(tablet.facts("check_in.recorded"))
    tablet.tie(market.welder, kind="again")  # a shaky hand
    tablet.find("#next").click()
    tablet.show_pass(number)
    tablet.tile(market.welder).click()  # before somebody who is tied it leads to the stages
    expect(tablet.find("#stage")).to_be_visible()
    tablet.page.keyboard.press("Escape")
    assert len(tablet.facts("check_in.recorded")) == tied

    tablet.home()
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.find("#undo").click()
    expect(tablet.find("#undo")).to_be_hidden()
    expect(tablet.row(number)).to_have_attribute("data-stage", "withdrawn")
    tablet.tie(market.welder)


def test_a_row_is_only_here_until_the_server_has_it(tablet, market):
    tablet.context.set_offline(True)
    number = tablet.show_pass()
    tablet.tie(market.welder)
    expect(tablet.find("#receipt")).to_have_attribute("data-where", "local")
    expect(tablet.row(number)).to_have_attribute("data-where", "local")
    expect(tablet.find("#told")).to_contain_text(tablet.say("line.unreachable"))

    tablet.context.set_offline(False)
    tablet.sync()
    expect(tablet.row(number)).to_have_attribute("data-where", "confirmed", timeout=PATIENCE)
    expect(tablet.find("#receipt")).to_have_attribute("data-where", "confirmed")


def test_without_network_the_page_opens_again_with_all_its_facts(tablet, market):
    tablet.context.set_offline(True)
    number = tablet.show_pass()
    tablet.tie(market.welder)
    tablet.page.reload()
    expect(tablet.row(number)).to_have_attribute("data-where", "local", timeout=PATIENCE)
    tablet.expect_unsent(1)

    tablet.context.set_offline(False)
    tablet.sync()
    tablet.expect_unsent(0)


def test_a_stage_moves_to_hired_with_a_place_and_the_vacancy_is_full(tablet, market):
    number = tablet.show_pass()
    tablet.tie(market.guard)
    tablet.home()
    tablet.row(number).click()
    tablet.find("#stage-hired").click()
    expect(tablet.row(number)).to_have_attribute("data-stage", "hired")
    assert tablet.facts("check_in.progressed")[-1]["data"]["place"] == "county"

    tablet.show_pass()
    expect(tablet.tile(market.guard)).to_have_attribute("data-state", "full")
    tablet.tie(market.guard, kind="attention")
    expect(tablet.find("#receipt")).to_contain_text(tablet.say("reason.vacancy_full"))


def test_a_vacancy_that_closed_meanwhile_says_so_and_still_takes_a_fact(tablet, organiser, market):
    closure = f"{market.path}/booths/1/vacancies/{market.porter.number}/closure"
    assert organiser.context.request.post(closure, max_redirects=0).status == 303
    tablet.sync()
    tablet.show_pass()

    expect(tablet.tile(market.porter)).to_have_attribute("data-state", "closed", timeout=PATIENCE)
    tablet.tie(market.porter, kind="attention")
    expect(tablet.find("#receipt")).to_contain_text(tablet.say("reason.vacancy_closed"))


def test_a_portals_page_takes_no_fact(tablet, market):
    page = "<h1>Welcome to the town's Wi-Fi</h1>"
    tablet.context.route("**/sync?*", lambda route: route.fulfill(status=200, content_type="text/html", body=page))
    tablet.show_pass()
    tablet.tie(market.welder)
    expect(tablet.find("#told")).to_contain_text(tablet.say("line.portal"))
    expect(tablet.find("#line")).not_to_have_attribute("data-unsent", "0")

    tablet.context.unroute("**/sync?*")
    tablet.sync()
    tablet.expect_unsent(0)
    expect(tablet.find("#told")).to_be_hidden()


def test_a_second_window_waits_and_takes_over(tablet):
    window = tablet.context.new_page()
    window.goto("/kiosk")
    expect(window.locator('html[data-state="second"]')).to_be_visible(timeout=PATIENCE)
    expect(window.locator('[data-for="second"]')).to_be_visible()
    window.close()
    expect(tablet.find("html")).to_have_attribute("data-state", "ready")


def test_the_other_language_is_no_new_version(enrol, market):
    tablet = enrol(market.booth)  # its page is loaded anew in between, which no other test should meet
    tablet.wait_until_kept("/kiosk?lang=en")
    tablet.choose("#language")
    expect(tablet.find("html[lang=en][data-state=ready]")).to_be_visible(timeout=PATIENCE)
    expect(tablet.find("#offline-ready")).to_be_visible(timeout=PATIENCE)
    tablet.page.wait_for_load_state("networkidle")
    expect(tablet.find(".line-release")).to_be_hidden()
    tablet.page.goto("/kiosk")  # as from the home screen: the choice is kept
    expect(tablet.find("html[lang=en][data-state=ready]")).to_be_visible(timeout=PATIENCE)
    tablet.choose("#language")
    expect(tablet.find("html[lang=zh-CN][data-state=ready]")).to_be_visible(timeout=PATIENCE)
    expect(tablet.find(".line-release")).to_be_hidden()


def test_everything_can_be_reached_by_keyboard_and_has_a_name(tablet, market):
    assert tablet.page.evaluate(UNNAMED) == []
    tablet.show_pass()
    tablet.tile(market.welder).focus()
    tablet.page.keyboard.press("Enter")
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")
    assert tablet.page.evaluate(UNNAMED) == []
    tablet.find("#next").press("Enter")
    expect(tablet.find("#register-walk-in")).to_be_visible()  # a key goes nowhere while it is hidden
    tablet.find("#register-walk-in").press("Enter")
    expect(tablet.find("#form-name")).to_be_focused()
    assert tablet.page.evaluate(UNNAMED) == []


def test_a_desk_counts_up_and_takes_one_back(at_the_desk):
    at_the_desk.find("#tally-leaflet").click()
    at_the_desk.find("#tally-leaflet").click()
    expect(at_the_desk.find("#tally-leaflet .figure")).to_have_text("2")
    at_the_desk.find("#tally-leaflet-undo").click()
    expect(at_the_desk.find("#tally-leaflet .figure")).to_have_text("1")
    assert [fact["data"]["count"] for fact in at_the_desk.facts("tally.counted")] == [1, 1, -1]
    expect(at_the_desk.find("#tally-contract")).to_be_hidden()
    at_the_desk.expect_unsent(0)


def test_a_tablet_signed_off_seals_its_facts_wipes_the_rest_and_says_whom_to_call(enrol, organiser, market):
    lost = enrol(market.booth)
    lost.put_record("seal_key", "1", {"key_id": 1, "public": PUBLIC})
    lost.page.reload()
    expect(lost.find("#scan")).to_be_visible(timeout=PATIENCE)
    number = lost.show_pass()
    lost.tie(market.welder)
    expect(lost.find("#receipt")).to_have_attribute("data-where", "confirmed", timeout=PATIENCE)
    lost.expect_unsent(0)
    lost.context.set_offline(True)
    lost.home()
    second = lost.show_pass()
    lost.tie(market.welder)
    lost.expect_unsent(1)
    with db.connection_context():
        letter = lost.find("#tablet strong").text_content()
        found = models.Log.get(market_day=market.day, letter=letter)
    assert organiser.context.request.post(f"{market.path}/tablets/{found.id}/delete", max_redirects=0).status == 303

    lost.context.set_offline(False)  # the browser says so, and the tablet syncs
    for _ in range(2):
        expect(lost.find("html")).to_have_attribute("data-state", "revoked", timeout=PATIENCE)
        expect(lost.find("#sealed")).to_have_text(lost.say("line.sealed").replace("{n}", "1"))
        expect(lost.find("[data-for=revoked] a[href='/enrol']")).to_be_visible()
        assert lost.facts() == []
        lost.page.reload()
    kept = lost.kept()
    assert number not in kept and second not in kept
