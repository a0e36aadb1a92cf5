"""The office by keyboard alone, its lists and its live page: where the focus is, and what does not move."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.ground import market_today
from tests.browser.paper import Paper

FORM_ANSWERS = Path(__file__).parents[1] / "data" / "cases" / "form_answers.json"
SHIFTS = """
window.shifts = []
const what = ({ node }) => node?.outerHTML?.slice(0, 90) ?? node?.textContent
const note = ({ value, sources }) => window.shifts.push([value, ...sources.map(what)])
const seen = new PerformanceObserver((list) => list.getEntries().forEach(note))
seen.observe({ type: "layout-shift", buffered: true })"""


def today() -> str:
    return market_today().isoformat()


class Keys:
    """A person at a keyboard who owns no mouse."""

    def __init__(self, page: object) -> None:
        self.page, self.press, self.type = page, page.keyboard.press, page.keyboard.type

    def to(self, selector: str, most: int = 120) -> None:
        """Press Tab until an element has the focus."""
        for _ in range(most):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        pytest.fail(f"{most} tabs did not lead to {selector}")

    def fill(self, selector: str, text: str) -> None:
        self.to(selector)
        self.press("Control+A")
        self.type(text)

    def choose(self, selector: str, start: str) -> None:
        """Press the arrow until the option that begins so is chosen."""
        self.to(selector)
        for _ in range(80):
            self.press("ArrowDown")
            if self.page.evaluate("document.activeElement.selectedOptions[0].text").startswith(start):
                return
        pytest.fail(f"no option begins with {start}")

    def go(self, *keys: str) -> None:
        """Press a shortcut and wait for the page it leads to."""
        with self.page.expect_navigation():
            for key in keys:
                self.press(key)


@pytest.fixture
def signed_out(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_the_main_tasks_by_keyboard_alone(signed_out, live_server):
    page, keys = signed_out, Keys(signed_out)
    page.goto("/organiser/market-days")
    keys.fill("[name=login]", live_server.login)
    keys.fill("[name=password]", live_server.password)
    keys.go("Enter")
    expect(page.locator("h1")).to_have_text("赶场天")

    keys.go("n")  # a market day
    keys.choose("[name=town]", "八塘镇")
    keys.fill("[name=place]", "键盘街")
    keys.to("main .actions button")
    keys.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()  # the date is missing
    keys.to("[name=pick]:nth-of-type(5)")  # the demo has the first
    keys.press("Enter")
    expect(page.locator("[name=date]")).not_to_have_value("")
    keys.to("main .actions button")
    keys.go("Enter")
    expect(page.locator("h1")).to_contain_text("八塘镇")
    expect(page.locator(".day-title")).to_contain_text("键盘街")

    keys.go("n")  # a booth
    keys.fill("[name=new_employer]", "键盘绣坊")
    keys.fill("[name=new_code]", "91500120MA5YBT24QK")
    keys.to("main .actions button")
    keys.go("Enter")
    expect(page.locator("h1")).to_contain_text("键盘绣坊")

    keys.go("n")  # a vacancy
    keys.fill("[name=title]", "绣花工")
    keys.to("[name=trade]")
    keys.press("Space")
    keys.fill("[name=pay_min]", "4000")
    keys.fill("[name=place]", "八塘镇")
    keys.fill("[name=duties]", "绣花")
    keys.to("main .actions button")
    keys.go("Enter")
    expect(page.locator("#vacancies")).to_contain_text("绣花工")

    keys.go("t")  # an enrolment
    expect(page.locator(".typed-code")).to_be_visible()

    page.go_back()
    keys.to(".back")
    keys.go("Enter")
    keys.go("g", "o")  # posters, ready to print
    expect(page.locator(".poster")).to_have_count(1)
    keys.to(".desk-bar a")
    keys.go("Enter")
    keys.to(".back")  # of all papers, to the day
    keys.go("Enter")
    keys.go("g", "s")  # the summary
    expect(page.locator("h1")).to_contain_text("统计汇总表")


def test_the_sheet_names_the_keys_of_the_page_and_gives_the_focus_back(organiser):
    organiser.goto("/organiser/market-days")
    organiser.locator("#day-1").focus()
    organiser.keyboard.press("?")
    sheet = organiser.locator("#shortcuts")

    expect(sheet).to_be_visible()
    shown = dict(zip(sheet.locator("dt").all_inner_texts(), sheet.locator("dd").all_inner_texts(), strict=True))
    assert {"n": "安排赶场天", "/": "场镇、日期或活动", "p": "打印", "gd": "赶场天"}.items() <= {
        "".join(keys.split()): words for keys, words in shown.items()
    }.items()
    organiser.keyboard.press("n")  # means nothing under an open sheet
    organiser.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(organiser.locator("#day-1")).to_be_focused()


def test_letters_are_letters_where_people_write_and_can_be_switched_off(organiser):
    organiser.goto("/organiser/market-days")
    organiser.keyboard.press("/")
    organiser.keyboard.type("n?")
    expect(organiser.locator("#days-q")).to_have_value("n?")
    expect(organiser.locator("#shortcuts")).to_be_hidden()

    organiser.locator("[data-shortcuts]").click()
    organiser.locator("#shortcuts-on").uncheck()
    organiser.keyboard.press("Escape")
    organiser.keyboard.press("?")
    expect(organiser.locator("#shortcuts")).to_be_hidden()
    organiser.reload()
    organiser.keyboard.press("n")
    organiser.locator("[data-shortcuts]").click()
    expect(organiser.locator("#shortcuts-on")).not_to_be_checked()
    organiser.locator("#shortcuts-on").check()


def test_a_list_is_filtered_while_it_is_typed_and_sorted_without_losing_the_place(organiser):
    organiser.goto("/organiser/market-days/1/vacancies")
    rows = organiser.locator("#vacancies tbody tr")
    expect(rows).to_have_count(30)
    organiser.keyboard.press("/")
    organiser.keyboard.type("焊")

    expect(organiser.locator("#vacancies-found")).to_contain_text("符合“焊”的有")
    found = rows.count()
    assert 0 < found < 30
    expect(organiser.locator("#vacancies-q")).to_be_focused()
    organiser.locator("#vacancies-by-check_ins").focus()
    organiser.keyboard.press("Enter")
    expect(organiser.locator("th[aria-sort=descending]")).to_contain_text("意向登记")
    expect(organiser.locator("#vacancies-by-check_ins")).to_be_focused()
    assert rows.count() == found
    organiser.reload()
    expect(organiser.locator("th[aria-sort=descending]")).to_contain_text("意向登记")
    expect(organiser.locator("#vacancies-q")).to_have_value("焊")
    organiser.go_back()
    expect(organiser.locator("th[aria-sort]")).to_have_count(0)
    expect(rows).to_have_count(found)

    organiser.keyboard.press("j")
    organiser.keyboard.press("j")
    assert organiser.evaluate("document.activeElement.closest('tr').rowIndex") == min(2, found)


def test_a_list_pages_and_the_focus_follows(organiser):
    organiser.goto("/organiser/market-days/1/vacancies")
    for page in ("第2页", "第3页"):
        organiser.locator("#vacancies-next").focus()
        organiser.keyboard.press("Enter")
        expect(organiser.locator(".pager")).to_contain_text(page)
    expect(organiser.locator("#vacancies-frame")).to_be_focused()  # there is no next page any more


@pytest.fixture
def market(organiser) -> str:
    """The address of a market day that is on now, with one booth; not in the demo's town, which may have one today."""
    form = {"town": "500120101", "date": today(), "opens_at": "00:00", "closes_at": "23:59", "off_market": "yes"}
    organiser.request.post("/organiser/market-days", form=form)
    days = organiser.request.get("/organiser/market-days.json").json()
    day = next(day["id"] for day in days if (day["town"], day["date"]) == ("七塘镇", today()))
    booth = {"number": "1", "kind": "employer", "new_employer": "绣坊", "new_kind": "individual"}
    organiser.request.post(f"/organiser/market-days/{day}/booths", form=booth)
    return f"/organiser/market-days/{day}"


def test_the_live_page_renews_what_has_changed_and_nothing_else(organiser, market, live_server):
    enrolled = organiser.request.post(f"{market}/booths/1/tablets").text()
    code = enrolled.split('class="typed-code">')[1].split("<")[0]
    assert organiser.request.post("/enrol", form={"code": code}).status == 201  # this browser is a tablet too
    organiser.clock.install()
    organiser.goto(f"{market}/live")
    expect(organiser.locator("#live")).to_contain_text("从未同步")
    organiser.evaluate(SHIFTS)
    organiser.evaluate("window.kept = document.querySelector('#live .live-counts')")
    organiser.locator("#beside-1").focus()
    visitor = {"seq": 1, "id": str(uuid4()), "kind": "tally.counted", "at": f"{today()}T09:00:00+08:00",
               "operator": None, "data": {"topic": "visitor", "count": 3}}  # fmt: skip
    batch = {"protocol": 1, "batch": str(uuid4()), "cursor": 0, "operations": [visitor]}
    assert organiser.request.post("/sync", data=batch).json()["acknowledged"] == 1

    with organiser.expect_response(lambda answer: answer.url.endswith("/live")):
        organiser.clock.fast_forward(16_000)
    expect(organiser.locator("#live .count").nth(1)).to_contain_text("3")
    expect(organiser.locator("td[data-hour='9'][data-figure=visits]")).to_have_text("3")

    assert organiser.evaluate("window.kept.isConnected && window.kept === document.querySelector('#live .live-counts')")
    expect(organiser.locator("#beside-1")).to_be_focused()
    assert organiser.evaluate("window.shifts") == []
    with organiser.expect_response(lambda answer: answer.url.endswith("/live")):
        organiser.clock.fast_forward(16_000)  # it goes on


def test_the_live_page_says_that_the_server_does_not_answer(organiser, market):
    organiser.clock.install()
    organiser.goto(f"{market}/live")
    organiser.route("**/live", lambda route: route.abort())
    organiser.clock.fast_forward(16_000)
    expect(organiser.locator("#live-stale")).to_be_visible()
    organiser.unroute("**/live")
    organiser.clock.fast_forward(16_000)
    expect(organiser.locator("#live-stale")).to_be_hidden()


def test_a_live_page_that_is_held_still_asks_nothing(organiser, market):
    organiser.clock.install()
    organiser.goto(f"{market}/live")
    organiser.locator("#live-still").click()
    expect(organiser.locator("#live-still")).to_have_text("恢复刷新")
    asked = []
    organiser.on("request", lambda request: asked.append(request.url))
    organiser.clock.fast_forward(60_000)
    organiser.evaluate("fetch('/healthz').then((answer) => answer.text())")
    assert [url for url in asked if "/live" in url] == []


def test_a_list_on_paper_has_its_heads_on_every_sheet_and_lies_on_its_side(organiser, tmp_path):
    organiser.add_init_script("window.print = () => { window.isPrinted = true }")
    organiser.goto("/organiser/market-days/1/vacancies?print=yes")
    organiser.wait_for_function("window.isPrinted")
    paper = Paper(organiser, tmp_path / "vacancies.pdf")
    sheets = paper.pages()

    assert len(sheets) > 1 and all("意向登记" in sheet for sheet in sheets)
    assert "还缺" in sheets[0] and "筛选" not in sheets[0] and "快捷键" not in sheets[-1]
    width, height = paper.size_mm()
    assert width > height
    numbers = [number for sheet in sheets for number in re.findall(r"\b\d{3} \d{4}\b", sheet)]
    assert len(numbers) == len(set(numbers)) == 62  # no row is cut in two
    assert f"1/{len(sheets)}" in sheets[0].replace(" ", "")


@pytest.mark.parametrize("case", json.loads(FORM_ANSWERS.read_text("utf-8"))["cases"], ids=lambda c: str(c["status"]))
def test_a_form_of_which_nothing_comes_says_so_and_keeps_what_was_typed(organiser, case):
    organiser.goto("/organiser/employers/new")
    if case["status"] == 401:
        organiser.context.clear_cookies()
    else:
        organiser.route("**/employers", lambda route: route.abort())
    with organiser.expect_response("**/twins*"):  # an answer to what was typed says nothing about what was sent
        organiser.locator("[name=name]").fill("绣花坊")
        organiser.locator("main .actions button").first.click()
    notice = organiser.locator("#unanswered")
    expect(notice).to_be_in_viewport()
    expect(notice).to_contain_text("没有保存")
    expect(notice.locator("p:visible")).to_have_count(1)
    expect(organiser.locator("[name=name]")).to_have_value("绣花坊")
    if case["status"] == 401:
        expect(notice.locator("a:visible")).to_have_attribute("href", "/sign-in")


@pytest.mark.parametrize("width", [360, 800, 1440])
def test_the_head_takes_few_lines_and_its_menus_open_and_close(organiser, width):
    organiser.set_viewport_size({"width": width, "height": 900})
    organiser.goto("/organiser/devices")
    assert organiser.locator(".page-head-inner").bounding_box()["height"] < (130 if width < 640 else 90)
    more, own = (organiser.locator(f"{part} > summary") for part in (".page-nav .page-menu", ".page-who"))
    keys = organiser.get_by_role("link", name="密钥")
    expect(keys).to_be_hidden()

    more.focus()
    organiser.keyboard.press("Enter")
    expect(keys).to_be_in_viewport(ratio=1)
    expect(organiser.locator(".page-menu-list [aria-current]")).to_have_text("设备")
    own.click()
    expect(organiser.get_by_role("button", name="退出")).to_be_in_viewport(ratio=1)
    expect(keys).to_be_hidden()
    organiser.keyboard.press("Escape")
    expect(organiser.get_by_role("button", name="退出")).to_be_hidden()
    expect(own).to_be_focused()
    Keys(organiser).go("g", "k")  # a key reaches what stands in a closed menu
    expect(organiser.locator("h1")).to_have_text("密钥")


def test_the_tabs_of_a_market_day_lie_side_by_side_on_a_phone(organiser):
    organiser.set_viewport_size({"width": 360, "height": 740})
    organiser.goto("/organiser/market-days/1")
    boxes = [tab.bounding_box() for tab in organiser.locator(".tabs a").all()]
    lie_over = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if abs(one["x"] - other["x"]) < (one if one["x"] < other["x"] else other)["width"]
        and abs(one["y"] - other["y"]) < one["height"]
    ]
    assert len(boxes) > 5
    assert lie_over == []
