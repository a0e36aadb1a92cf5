"""A phone's pages for whom they are made: no script, no styles, large letters, small screens, long names, few taps."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from models import schema as models
from models.base.clock import utcnow
from models.base.database import connect_database, db, writing
from models.market.offer import new_vacancy
from tests.browser.album import LANGUAGES
from tests.browser.finger import Finger
from tests.browser.pages import REGISTRATION, phone_pages, visit
from tests.effort import DEEP

LOOKED_AT = list(LANGUAGES) if DEEP else ["zh"]  # the markup of the second is the same: by night
PHONE = {"width": 360, "height": 740}
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapit"[:40]  # a title may have 40 letters, and no blank among them
LONGEST = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社第三分社驻场镇赶场天流动招聘服务点及返乡农民工就业创业指导"
OF_THE_OFFICE = ("/sign-in", "/enrol")  # public, but no page for a candidate
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
# What sticks out of the screen: the page scrolls sideways, or something is cut off by its own box.
STICKING_OUT = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true })
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const parts = [...document.querySelectorAll("body *:not(svg *)")].filter((part) => part.checkVisibility())
  const out = parts.filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  return [...(wide > 0 ? [`the page by ${wide} px`] : []), ...out.map((part) => part.outerHTML.slice(0, 90))]
}"""
# Links in the middle of a sentence may be as high as its line.
SMALL = """() => [...document.querySelectorAll("a, button, input, summary, label.tick, label.trade, audio")]
  .filter((part) => part.checkVisibility() && part.type !== "hidden" && !part.closest("label input"))
  .filter((part) => !part.closest("p, h2, h3, label, li") || part.matches(".row, .button, .tick, .trade"))
  .filter((part) => part.getBoundingClientRect().height < 59.5)
  .map((part) => part.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def longest(live_server) -> str:
    """The address of a board of tomorrow whose names are as long as the forms let them be."""
    connect_database(live_server.database)
    with db.connection_context(), writing():
        demo = models.MarketDay.select().first()
        on = utcnow().date() + timedelta(days=1)
        day = models.MarketDay.create(county=demo.county, town=demo.town, date=on, place=LONGEST)
        employer = models.Employer.create(county=demo.county, name=LONGEST[:80])
        booth = models.Booth.create(market_day=day, number=30, name=LONGEST[:40], employer=employer)
        topics = "policy,wages_owed,transport"
        models.Booth.create(market_day=day, number=31, name=LONGEST[:40], kind="desk", topics=topics)
        for title in (UNBROKEN, LONGEST[:40]):
            new_vacancy(
                booth, title=title, trade="passenger_driver", openings=9_999,
                duties=f"{UNBROKEN}{UNBROKEN} {LONGEST}", place=LONGEST[:60], hours=UNBROKEN, requirements=LONGEST,
                pay_min_fen=12_345_678, pay_max_fen=23_456_789, benefits=f"{UNBROKEN},{LONGEST[:30]}", bring=LONGEST,
            )  # fmt: skip
        return f"/m/{day.id}"


@pytest.fixture(scope="module")
def walk(chromium, live_server, longest) -> Iterator[object]:
    """Return a function that opens each kind of page in turn, found once for a board and a language.

    It yields (kind, page); ``longest`` is the board whose names are as long as can be.
    """
    found: dict[tuple[str, str], tuple[dict, dict]] = {}

    def find(board: str, locale: str) -> tuple[dict, dict]:
        context = chromium.new_context(base_url=live_server.url, locale=locale)
        pages = phone_pages(context.request, longest if board == "longest" else board)
        state = context.storage_state()
        context.close()
        return {kind: path for kind, path in pages.items() if kind not in OF_THE_OFFICE}, state

    def walk(board: str, locale: str, text: str = "normal", **place: object) -> Iterator[tuple[str, Page]]:
        if (board, locale) not in found:
            found[board, locale] = find(board, locale)
        pages, state = found[board, locale]
        context = chromium.new_context(base_url=live_server.url, locale=locale, storage_state=state, **place)
        context.add_cookies([{"name": "text", "value": text, "url": live_server.url}])
        page = context.new_page()
        for kind, path in pages.items():
            visit(page, kind, path)
            yield kind, page
        context.close()

    yield walk


@pytest.fixture(params=LOOKED_AT)
def phone(request, chromium, live_server) -> Iterator[Page]:
    """A phone that nobody knows yet, with JavaScript switched off."""
    context = chromium.new_context(
        base_url=live_server.url, locale=LANGUAGES[request.param], viewport=PHONE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def take_styles_away(route: Route) -> None:
    """Answer a page as a browser shows it that has no styles."""
    answer = route.fetch(max_redirects=0)
    route.fulfill(response=answer, body=STYLE.sub("", answer.text()))


def first_vacancy(page: Page, board: str) -> str:
    return re.search(r'href="(/v/\d{7})"', page.request.get(board).text())[1]


def act(page: Page, address: str) -> Page:
    """Press the button of the form that leads to an address."""
    page.locator(f"form[action$='{address}'] button").first.click()
    return page


@pytest.mark.parametrize("styles", ["styles", "no styles"])
def test_everything_can_be_done_without_javascript(phone, styles):
    """From the board to the pass, and everything that can be taken back. Styles or not, what is done is the same."""
    if styles == "no styles":
        phone.route("**/*", take_styles_away)
    phone.goto("/m/2")
    phone.locator("main a[href^='/v/']").first.click()
    number = phone.url.rsplit("/", 1)[1]
    phone.locator("[name=name]").fill("王师傅")
    phone.locator("[name=birth_year]").fill("1975")
    phone.locator("[name=consent]").check()
    act(phone, f"/v/{number}")
    expect(phone.locator("h1")).to_contain_text("王师傅")
    expect(phone.locator("svg.qr")).to_be_visible()
    mine = phone.url

    phone.locator("main summary").first.click()
    assert phone.locator("details img").bounding_box()["width"] > 200
    phone.locator(f"a[href$='/check-ins/{number}/consent']").click()  # asks first
    act(phone, f"/check-ins/{number}/consent")
    expect(phone.locator("input[name=consent]")).to_have_count(1)
    phone.locator(f"a[href$='/check-ins/{number}/withdrawal']").click()  # asks first
    act(phone, f"/check-ins/{number}/withdrawal")
    expect(phone.locator(f"form[action$='/check-ins/{number}/withdrawal/delete']")).to_have_count(1)
    act(phone, f"/check-ins/{number}/withdrawal/delete")
    phone.locator(f"a[href$='/check-ins/{number}/withdrawal']").click()
    act(phone, f"/check-ins/{number}/withdrawal")
    phone.goto(f"/v/{number}")
    act(phone, f"/v/{number}/check-ins")
    assert phone.url == mine
    phone.locator("a[href$='/entry']").click()
    phone.locator("[name=birth_year]").fill("1976")
    act(phone, "/entry")
    expect(phone.locator("#data")).to_contain_text("1976")
    phone.locator("a[href$='/forgetting']").click()
    act(phone, "/me/not-me")
    expect(phone.locator(".mine")).to_have_count(0)
    phone.goto("/v")
    phone.locator("[name=number]").fill(number)
    phone.locator("main form button").click()
    expect(phone.locator("[name=birth_year]")).to_have_count(1)


def test_without_styles_a_vacancy_is_read_in_the_order_of_its_weight(phone):
    phone.route("**/*", take_styles_away)
    phone.goto(first_vacancy(phone, "/m/2"))

    order = ["h1", "main .plate", "main .pay", "main audio", "[name=name]", "[name=birth_year]", "[name=phone]",
             "[name=consent]", "#want .button-main", ".trust"]  # fmt: skip
    heights = [phone.locator(part).first.bounding_box()["y"] for part in order]
    assert heights == sorted(heights)


def test_every_page_asks_for_nothing_but_itself(walk):
    """No font, no sheet, no picture: what never was asked for cannot fail. Nothing waits for the one script."""
    asked: list[str] = []
    for kind, page in walk("/m/2", "zh-CN"):
        if not asked:
            page.on("request", lambda request: asked.append(request.resource_type))
        asked.clear()
        page.reload()
        assert asked[:1] == ["document"] and set(asked[1:]) <= {"script"}, kind
        asked.append("heard")


@pytest.mark.parametrize("locale", [LANGUAGES[language] for language in LOOKED_AT])
@pytest.mark.parametrize("board, text", [("longest", "normal"), ("longest", "large"), ("/m/2", "normal")])
def test_nothing_sticks_out_of_the_screen_however_long_the_names_and_large_the_letters(walk, locale, board, text):
    """200 % is what a browser's or WeChat's own setting for letters does: every rem is twice as large."""
    found = {}
    for kind, page in walk(board, locale, text):
        for width in (320, 360, 480):
            page.set_viewport_size({"width": width, "height": 740})
            found[f"{kind} at {width} px"] = page.evaluate(STICKING_OUT)
        if text == "normal":
            page.set_viewport_size(PHONE)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found[f"{kind} at 200 %"] = page.evaluate(STICKING_OUT)
    assert {kind: out for kind, out in found.items() if out} == {}


@pytest.mark.parametrize("text, least", [("normal", 18), ("large", 30)])
def test_letters_and_targets_are_for_old_eyes_and_hard_hands(walk, text, least):
    for kind, page in walk("/m/2", "zh-CN", text, viewport=PHONE):
        assert page.locator("main").evaluate("(main) => parseFloat(getComputedStyle(main).fontSize)") >= least, kind
        assert page.evaluate(SMALL) == [], kind


def test_in_large_letters_each_question_has_a_screen_of_its_own(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=PHONE, java_script_enabled=False)
    context.add_cookies([{"name": "text", "value": "large", "url": live_server.url}])
    page = context.new_page()
    page.goto(first_vacancy(page, "/m/2"))

    steps = page.locator(".step").all()
    assert len(steps) == 4  # trades are asked after the pass
    for here, then in zip(steps, steps[1:], strict=False):
        assert here.bounding_box()["height"] >= PHONE["height"]
        here.locator(".go-on").click()
        expect(then).to_be_in_viewport()
    context.close()


def test_the_number_of_a_pass_is_read_across_a_table(phone):
    """At 1.2 m by design.md's rule, 4.8 mm, of 160 CSS pixels an inch on a phone."""
    mine = phone_pages(phone.request)["/me/#"]
    phone.goto(mine)
    number = phone.locator(".pass .number").bounding_box()
    code = phone.locator(".pass svg.qr").bounding_box()
    assert number["height"] * 0.73 / 1.3 / 160 * 25.4 >= 4.8, number
    assert code["width"] >= 0.9 * PHONE["width"]
    assert number["y"] + number["height"] - code["y"] < PHONE["height"]  # both on one screen


def test_from_the_poster_to_the_pass_are_three_fields_four_taps_and_one_swipe(chromium, live_server):
    """The numbers stand in docs/design.md; the phone itself is not asked for."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto(first_vacancy(page, "/m/2"))
    names = "(all) => [...new Set(all.map((one) => one.name))]"
    fields = page.locator("#want [name]:not([type=hidden])").evaluate_all(names)
    assert fields == ["name", "birth_year", "phone", "by", "consent"]  # the last two are ticks that may be left

    finger = Finger(page)
    finger.tap("main .button-main")
    finger.tap("[name=name]")
    finger.type(page.locator("[name=name]"), "王师傅")
    page.keyboard.press("Tab")  # the keyboard's own "next"
    expect(page.locator("[name=birth_year]")).to_be_focused()
    finger.type(page.locator("[name=birth_year]"), "1975")
    finger.tap("label:has([name=consent])")
    finger.tap("#want .button-main")
    expect(page.locator(".pass .number")).to_be_visible()
    context.close()
    assert (finger.taps, finger.keys) == (4, 7)
    assert finger.swipes <= 1


def test_one_button_reads_the_page_aloud_and_says_what_it_does(chromium, live_server):
    """In the place of the browser's bar, which stays where no script runs."""
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=PHONE)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/*.mp3", lambda route: held.append(route))
    page.goto("/m/2")
    button = page.locator(".listen")
    expect(button).to_be_visible()
    expect(page.locator("audio")).to_be_hidden()
    rests = button.inner_text()
    button.click()
    expect(button).to_have_attribute("data-state", "waits")
    assert button.inner_text() != rests
    until = time.monotonic() + 10
    while not held and time.monotonic() < until:
        page.wait_for_timeout(50)
    held.pop().abort()
    expect(button).to_have_attribute("data-state", "fails")
    page.unroute("**/*.mp3")
    button.click()
    expect(button).to_have_attribute("data-state", "plays")
    button.click()
    expect(button).to_have_attribute("data-state", "rests")
    expect(button).to_have_text(rests)
    assert page.locator("audio").evaluate("(audio) => audio.paused")
    context.close()


def test_three_people_of_one_phone_and_a_hire_fit_in_large_letters_and_a_chat_programs_browser(chromium, live_server):
    chat = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.2"
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=PHONE, user_agent=chat)
    page = context.new_page()
    number = first_vacancy(page, "/m/2")
    for name, by in (("王桂芳", "self"), ("欧阳大明", "relative"), ("Maximilian-Alexander von Hohenlohe", "relative")):
        context.request.get(number)
        mine = context.request.post(number, form=REGISTRATION | {"name": name, "by": by}).url
    kinds = ("/me", f"/me?vacancy={number[-7:]}", f"{number}?who=relative", f"{mine}/entry", f"{mine}/wishes",
             f"{mine}/card", f"{mine}/forgetting", mine, "/m/2", "/m/2?q=xyz")  # fmt: skip
    for text in ("normal", "large"):
        context.add_cookies([{"name": "text", "value": text, "url": live_server.url}])
        for kind in kinds:
            page.goto(kind)
            for width in (320, 360):
                page.set_viewport_size({"width": width, "height": 740})
                assert page.evaluate(STICKING_OUT) == [], (kind, text, width)
    page.goto(f"{mine}/card")
    page.set_viewport_size(PHONE)
    card = page.locator(".pass-card").bounding_box()
    assert card["height"] + card["y"] < PHONE["height"]  # one screenshot holds it
    context.close()
