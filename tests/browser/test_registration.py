"""Registration in two breaths, by a finger that counts: on the kiosk, and on a phone."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import db, writing
from models.figures.summary import figures
from models.market.enrolment import Enrolment
from models.market.vacancy import Vacancy
from tests.browser.finger import Finger
from tests.browser.ground import market_today, new_vacancy, one_booth
from tests.browser.tablet import Tablet

# Seconds of a keystroke-level model: a letter by Card, Moran and Newell (1980), a tap and a swipe on a screen.
KEY, TAP, SWIPE = 0.28, 1.1, 1.0
# The one long form before: taps and swipes as they were counted in a browser, the same letters.
BEFORE = {"taps": 11, "swipes": 2}


@pytest.fixture(scope="module")
def market(live_server) -> SimpleNamespace:
    """A booth with two vacancies."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        porter = new_vacancy(found.booth, 5, "搬运工")
    return SimpleNamespace(ground=found, welder=found.welder, porter=porter)


@pytest.fixture(scope="module")
def tablet(whole_chromium, live_server, market) -> Iterator[Tablet]:
    """A small tablet of the booth: what fits there fits everywhere."""
    place = {"viewport": {"width": 360, "height": 740}}
    tablet = Tablet(whole_chromium, live_server.url, market.ground.code(), market.ground.take(20), **place)
    yield tablet
    tablet.context.close()


def seconds(taps: int, swipes: int, keys: int) -> float:
    """Return what a flow takes by the model."""
    return taps * TAP + swipes * SWIPE + keys * KEY


def test_a_walk_in_is_registered_and_tied_with_consent_by_five_taps_and_typing(tablet, market):
    tablet.page.set_viewport_size({"width": 800, "height": 1280})
    finger = Finger(tablet.page)
    finger.tap("#register-walk-in")
    expect(tablet.find("#form-name")).to_be_focused()
    finger.type(tablet.find("#form-name"), "陈秀英")
    tablet.page.keyboard.press("Enter")  # the keyboard's own "next", a key as the others
    expect(tablet.find("#form-birth_year")).to_be_focused()
    finger.type(tablet.find("#form-birth_year"), "1975")
    expect(tablet.find("#form-phone")).to_be_focused()
    finger.tap(f"#offer-{market.welder.number}")
    finger.tap("#notice-read")
    finger.tap("#registration-save")
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")
    finger.tap("#consent")

    expect(tablet.find("#person-name")).to_have_text("陈秀英")
    assert (finger.taps, finger.swipes) == (5, 0)
    registered, tie = tablet.facts()[:2]
    assert [fact["kind"] for fact in tablet.facts()] == ["candidate.registered", "check_in.recorded", "consent.given"]
    assert registered["data"] | {"notice_at": ""} == {
        "name": "陈秀英", "birth_year": 1975, "registered_by": "operator", "notice_at": "", "groups": [],
        "trades": ["welder"], "wanted_place": "county", "work_kinds": ["full_time"],
    }  # fmt: skip
    assert tie["data"]["candidate"] == registered["id"]
    saved = seconds(**BEFORE, keys=finger.keys) - seconds(finger.taps, finger.swipes, finger.keys + 1)
    print(f"{saved:.1f} s less")
    assert saved >= 6
    tablet.page.set_viewport_size({"width": 360, "height": 740})


def test_the_second_breath_is_an_amendment_and_a_sensitive_group_needs_words_of_its_own(tablet):
    tablet.find("#ask-more").click()
    expect(tablet.find("#more-title")).to_have_text("陈秀英")
    expect(tablet.find(".trade:visible")).to_have_count(9)
    tablet.find("#more-trades").click()
    expect(tablet.find(".trade:visible")).to_have_count(36)
    for choice in ("wanted_pay_min_fen][value='500000'", "wishes][value=training", "last_province][value=guangdong",
                   "groups][value=MIG"):  # fmt: skip
        tablet.find(f"#more-form label:has([name={choice}])").click()
    expect(tablet.find("[value=REL], [value=REH]")).to_have_count(0)
    expect(tablet.find("#more-form label:has([value=DIS])")).to_be_hidden()
    tablet.find("#more-leave").click()
    tablet.find("#ask-more").click()
    expect(tablet.find("#more-form [value=training]")).to_be_checked()  # left half written
    expect(tablet.find("#more-form [value=MIG]")).not_to_be_checked()  # never kept in the page's storage
    tablet.find("#groups-agreed").click()
    tablet.find("#more-form label:has([value=DIS])").click()
    tablet.find("#more-save").click()
    expect(tablet.find("#person-name")).to_have_text("陈秀英")

    (fact,) = tablet.facts("candidate.amended")
    contact = fact["data"].pop("contact")
    assert fact["data"].pop("groups_consent_at") and contact
    assert fact["data"] == {
        "wishes": ["training"], "last_province": "guangdong", "wanted_pay_min_fen": 500_000, "based_on": 1,
    }  # fmt: skip
    assert "DIS" not in tablet.kept()
    tablet.find("#ask-more").click()
    expect(tablet.find("#more-form [value=MIG]")).to_be_hidden()
    tablet.sync()
    tablet.expect_unsent(0)
    assert "DIS" not in tablet.kept()


def test_the_next_pass_ends_the_second_breath(tablet, market):
    (number,) = market.ground.take(1)
    tablet.type_fast(number)
    expect(tablet.find("#person-name")).to_contain_text(number[-4:])
    tablet.home()


def test_a_form_that_was_left_is_asked_about_before_anybody_else_is_written(tablet, market):
    tablet.fill_in(name="周婆婆", birth_year="1955")
    tablet.find("#registration-leave").click()
    (number,) = market.ground.take(1)
    tablet.show_pass(number)
    tablet.find("#register-person").click()
    expect(tablet.find("#left-form")).to_contain_text("周婆婆")
    expect(tablet.find("#registration-form")).to_be_hidden()
    tablet.find("#left-empty").click()
    expect(tablet.find("#form-name")).to_have_value("")
    expect(tablet.find("#form-pass")).to_contain_text(number[-4:])
    tablet.find("#form-name").fill("罗永贵")
    tablet.find("#registration-leave").click()
    tablet.find("#register-walk-in").click()
    tablet.find("#left-go-on").click()
    expect(tablet.find("#form-name")).to_have_value("罗永贵")
    expect(tablet.find("#form-pass")).to_contain_text(number[-4:])
    tablet.find("#registration-leave").click()


@pytest.fixture(scope="module")
def desk(whole_chromium, live_server) -> Iterator[SimpleNamespace]:
    """A service desk that counts, on a market day with 62 vacancies."""
    found = one_booth(live_server.database, market_today())
    with db.connection_context(), writing():
        for place in range(60):
            new_vacancy(found.booth, 3, f"普工{place}")
        cook = new_vacancy(found.booth, 3, "大锅菜")
        Vacancy.update(trade="cook").where(Vacancy.id == cook.id).execute()
        topics = ["leaflet", "training"]
        booth = models.Booth.create(market_day=found.day, number=2, name="服务台", kind="desk", topics=topics)
        code = Enrolment.open(booth)
    tablet = Tablet(whole_chromium, live_server.url, code, found.take(20))
    yield SimpleNamespace(tablet=tablet, day=found.day, cook=cook)
    tablet.context.close()


def test_every_count_has_a_receipt_and_none_of_fast_taps_is_lost(desk):
    tablet = desk.tablet
    tablet.page.evaluate("for (let i = 0; i < 5; i++) document.querySelector('#tally-leaflet').click()")
    expect(tablet.find("#tally-leaflet .figure")).to_have_text("5")
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "new")
    tablet.find("#undo").click()
    expect(tablet.find("#receipt")).to_have_attribute("data-kind", "undone")
    expect(tablet.find("#tally-leaflet .figure")).to_have_text("4")


def test_a_desk_finds_one_of_many_vacancies_by_title_number_or_trade(desk):
    tablet = desk.tablet
    tablet.show_pass()
    expect(tablet.find("#vacancies .tile")).to_have_count(6)
    for wanted in ("大锅", desk.cook.number, "厨师"):
        tablet.find("#vacancy-filter").fill(wanted)
        expect(tablet.find("#vacancies .tile")).to_have_count(1)
        expect(tablet.tile(desk.cook)).to_be_visible()
    tablet.home()


def test_a_desk_shows_first_what_fits_and_why_without_network(desk):
    tablet = desk.tablet
    tablet.context.set_offline(True)
    tablet.fill_in(name="陈大厨", birth_year="1975")
    tablet.find("#registration-save").click()
    tablet.find("#ask-more").click()
    tablet.find("#more-trades").click()
    tablet.find("#more-form label:has([value=cook])").click()
    tablet.find("#more-save").click()
    expect(tablet.find("#person-name")).to_have_text("陈大厨")
    tablet.home()
    tablet.find("#find-open").click()
    tablet.find("#find-text").fill("cdc")
    tablet.find("#find-results button").click()
    tablet.find("#find-tie").click()
    first = tablet.find("#vacancies .tile").first
    expect(first).to_contain_text("大锅菜")
    expect(first.locator(".tile-why")).to_contain_text("工种对口：厨师")
    tablet.home()
    tablet.context.set_offline(False)


def test_a_desk_sends_somebody_on_and_notes_the_outcome_without_network(desk):
    tablet = desk.tablet
    number = tablet.show_pass()
    tablet.context.set_offline(True)
    tablet.find("#refer").click()
    expect(tablet.find("#registration .person-head")).to_contain_text(number[-4:])
    tablet.find("#refer-about").fill("育婴班")
    tablet.find("#refer-training").click()
    expect(tablet.find("#refer-said li")).to_have_count(1)
    expect(tablet.find("#refer-said")).to_contain_text("育婴班")
    tablet.find("#refer-legal_aid").click()
    expect(tablet.find("#refer-said li")).to_have_count(2)
    tablet.find("#undo").click()
    expect(tablet.find("#refer-said li")).to_have_count(1)
    tablet.find("#outcome-training-taken_up").click()
    expect(tablet.find("#refer-said li")).to_have_count(2)
    tablet.find("#refer-leave").click()
    tablet.context.set_offline(False)
    tablet.sync()
    tablet.expect_unsent(0)
    with db.connection_context():
        found = figures(desk.day)
    assert {topic: count for topic, count in found["referred"].items() if count} == {"training": 1}
    assert {topic: count for topic, count in found["taken_up"].items() if count} == {"training": 1}
