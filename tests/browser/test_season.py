"""A whole season as somebody new plans it: from an empty county of forty towns, by hand, every interaction counted.

An interaction is one press or one field that is filled, pasted lists too. What it took and how long the server worked
is printed (``pytest -s``) and stands in docs/season.md; only the number of interactions is held to a limit.
"""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.ground import market_today
from tests.browser.paper import Paper
from tests.browser.server import DATABASE, Server

MOST = 60
KAIZHOU = "500154"  # 40 towns; two of them have a rule that came with the program
CYCLES = ("逢一四七", "逢二五八", "逢三六九", "3-6-9", "农历一四七", "2、5、8", "1-4-7场")


class Hand:
    """A person at a desk. Each press and each field that is filled counts; waiting for the server is measured."""

    def __init__(self, page: object) -> None:
        self.page, self.count, self.waited = page, 0, 0.0

    def fill(self, name: str, text: str) -> None:
        self.count += 1
        self.page.locator(f"main [name={name}], body > form [name={name}]").first.fill(text)

    def choose(self, name: str, **option: object) -> None:
        self.count += 1
        self.page.locator(f"main select[name={name}]").select_option(**option)

    def tick(self, name: str, value: str) -> None:
        """Press the words beside a box: the box of a trade is hidden behind its picture."""
        self.count += 1
        self.page.locator(f"main label:has([name={name}][value='{value}'])").first.click()

    def press(self, role: str, name: str, within: str = "body", exact: bool = False) -> None:
        self.count += 1
        began = time.monotonic()
        with self.page.expect_navigation(timeout=120_000):
            self.page.locator(within).get_by_role(role, name=name, exact=exact).first.click()
        self.waited += time.monotonic() - began


@pytest.fixture
def empty(tmp_path):
    """A server with a county and an account, and nothing else."""
    (tmp_path / DATABASE).touch()
    server = Server(tmp_path)
    server.command("migrate")
    server.command("county", "开州区", KAIZHOU)
    server.command("user", "add", "chen", "--county", "开州区", "--password", server.password)
    server.login = "chen"
    server.start()
    yield server
    server.kill()


def test_a_season_of_forty_towns_from_an_empty_county(chromium, empty, tmp_path):
    context = chromium.new_context(base_url=empty.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    hand = Hand(page)
    page.goto("/organiser/market-days")
    hand.fill("login", empty.login)
    hand.fill("password", empty.password)
    hand.press("button", "登录")
    _rules(page, hand)
    _campaigns(page, hand)
    _first_day(page, hand)
    before = hand.waited
    _series(page, hand)
    took = f"{hand.waited:.1f} s of waiting, {hand.waited - before:.1f} s of it for the series"
    print(f"\nseason: {hand.count} interactions, {took}")
    assert hand.count <= MOST
    _posters(page, tmp_path, empty.url)
    context.close()


def _rules(page, hand: Hand) -> None:
    """The market rules of forty towns, pasted as the bureau's list has them."""
    _open_menu(page, hand)
    hand.press("link", "场期", "header", exact=True)
    hand.press("link", "批量录入")
    names = [line for line in page.locator("[name=lines]").input_value().split() if line]
    assert len(names) == 38
    hand.fill("lines", "\n".join(f"{name} {CYCLES[n % len(CYCLES)]}" for n, name in enumerate(names)))
    hand.press("button", "添加场期")
    expect(page.locator(".counts")).to_contain_text("0")


def _open_menu(page, hand: Hand) -> None:
    hand.count += 1
    page.locator("header .page-nav summary").click()


def _campaigns(page, hand: Hand) -> None:
    _open_menu(page, hand)
    hand.press("link", "专项活动", "header", exact=True)
    hand.press("link", "年度专项活动")
    hand.press("button", "添加所勾选的活动")


def _first_day(page, hand: Hand) -> None:
    """One market day with two employers and two vacancies: what all others will be like."""
    hand.press("link", "赶场天", "header", exact=True)
    hand.press("link", "安排赶场天")
    hand.choose("town", index=1)
    page.locator("#market-dates button").first.wait_for()
    hand.count += 1
    page.locator("#market-dates button").first.click()
    page.locator("#market-dates .notice").wait_for()
    hand.fill("place", "农贸市场门口")
    hand.press("button", "安排并发布")
    for number, employer in enumerate(("开州电子厂", "临江食品厂"), start=1):
        hand.press("link", "添加展位")
        hand.fill("new_employer", employer)
        hand.choose("new_kind", value="household")
        hand.press("button", "设置")
        _vacancy(page, hand, ("插件工", "分拣工")[number - 1])
        page.goto(page.locator("main .back").first.get_attribute("href"))
        hand.count += 1


def _vacancy(page, hand: Hand, title: str) -> None:
    hand.press("link", "添加岗位")
    hand.fill("title", title)
    hand.fill("openings", "20")
    hand.tick("trade", "general_worker")
    hand.fill("pay_min", "4500")
    hand.fill("place", "浦里工业园")
    hand.fill("duties", "流水线操作")
    hand.press("button", "发布", exact=True)


def _series(page, hand: Hand) -> None:
    hand.press("link", "日历", "header", exact=True)
    hand.press("link", "批量排期", "main", exact=True)
    hand.choose("campaign", index=1)
    hand.press("button", "预览")
    hand.press("button", "确认排期")
    expect(page.locator("main .notice")).to_contain_text("已排")
    days = int("".join(c for c in page.locator("main .notice").first.inner_text() if c.isdigit()))
    assert days > 900
    assert page.locator(".season-table tbody tr").count() == 40
    print(f"\n{days} market days")


def _posters(page, tmp_path, origin: str) -> None:
    """Every town is on the county's poster, whole, on few sheets; each sheet's code leads to the page."""
    town = page.locator(".season-table tbody a").first.get_attribute("href").split("only=")[1].split("&")[0]
    names = page.locator(".season-table tbody th a").all_inner_texts()
    sheets = {"a4": ((210, 297), 4), "a3": ((297, 420), 2)}
    for size, (measures, most) in sheets.items():
        page.goto(f"/organiser/season-poster?size={size}")
        paper = Paper(page, tmp_path / f"{size}.pdf")
        assert [round(mm) for mm in paper.size_mm()] == list(measures)
        pages = paper.pages()
        assert len(pages) == page.locator(".sheet").count() <= most
        assert [name for name in names if name not in "".join(pages)] == []
        assert {code.text for sheet in paper.pictures() for code in sheet.codes()} == {f"{origin}/c/1"}
        assert [word for words in paper.words() for word in words if word.bottom > measures[1] - 5] == []
        page.goto(f"/organiser/season-poster?size={size}&town={town}")
        paper = Paper(page, tmp_path / f"town-{size}.pdf")
        assert len(paper.pages()) == 1
        assert [code.text for code in paper.pictures()[0].codes()] == [f"{origin}/c/1/{town}"]


def test_the_calendar_makes_a_day_in_one_press_and_works_by_keyboard(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/organiser/calendar")
    page.locator("[name=login]").fill(live_server.login)
    page.locator("[name=password]").fill(live_server.password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("f")  # the next month
    button = page.locator(".cal-make").first
    on, town = button.locator("xpath=ancestor::section").get_attribute("id"), button.inner_text().strip()
    assert on.startswith("date-") and on > f"date-{market_today()}"
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(f"#{on} .cal-days").inner_text().count(town) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
