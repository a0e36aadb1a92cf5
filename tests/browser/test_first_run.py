"""A new office is set up in a real browser, on a telephone and at a desk; `bin/run` begins with what it should."""

import os
import re
import signal
import subprocess
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db
from tests.browser.paper import Paper
from tests.browser.server import PATIENCE, ROOT, Server, free_port
from tests.effort import DEEP

NAME, LOGIN, PASSWORD = "陈晓", "chen", "market-day-24"
ADDRESS = re.compile(r"http://\S+/set-up/\S+")
SIZES = [{"width": 360, "height": 740}, {"width": 1440, "height": 900}]
OVER = "document.documentElement.scrollWidth - innerWidth"  # by how many pixels a page is wider than its window


@pytest.fixture
def new_office(tmp_path):
    """A server on an empty database, and the address that its terminal shows."""
    (tmp_path / "ganchang.db").touch()
    server = Server(tmp_path)
    server.command("migrate")
    said = server.command("setup")
    server.start()
    yield server, ADDRESS.search(said)[0]
    server.kill()


def look(page, heading: str) -> None:
    """See that a page has come, in Chinese, and fits into the window."""
    expect(page.locator("h1")).to_have_text(heading)
    assert page.evaluate(OVER) <= 0, heading


def set_up(page) -> None:
    """Go through the steps before the account, back once, and sign in by making the account."""
    look(page, "是哪个区县？")
    page.get_by_placeholder("名称或代码").fill("璧山")
    page.get_by_label("行政区划（区县）", exact=True).select_option("500120")
    page.get_by_label("盖章单位").fill("璧山区人力资源和社会保障局")
    page.get_by_role("button", name="下一步").click()
    look(page, "由哪个单位主办赶场招聘？")
    page.get_by_label("单位名称").fill("璧山区公共就业服务中心")
    page.get_by_role("button", name="返回").click()
    look(page, "是哪个区县？")
    expect(page.get_by_label("平常的叫法")).to_have_value("璧山区")
    page.get_by_role("navigation", name="初始设置的步骤").get_by_role("button", name="单位名称").click()
    expect(page.get_by_label("单位名称")).to_have_value("璧山区公共就业服务中心")
    page.get_by_label("办公时间").fill("周一至周五 9:00–17:00")
    page.keyboard.press("Enter")  # goes on, and not back
    look(page, "由谁管理本区县？")
    for label, text in (("姓名", NAME), ("登录名", LOGIN), ("密码", PASSWORD), ("再输入一次", PASSWORD)):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="建立账号并登录").click()
    look(page, "开始使用")
    expect(page.locator(".page-who")).to_contain_text(NAME)


def confirm_a_rule(page) -> None:
    """Look at a town's next twelve dates as its rule is changed, and write down who confirmed it."""
    steps = page.get_by_role("navigation", name="初始设置的步骤")
    steps.get_by_role("link", name="乡镇和场期").click()
    look(page, "场期")
    page.get_by_role("link", name="八塘镇").click()
    page.get_by_role("link", name="修改").first.click()
    dates = page.locator("#rule-dates li")
    expect(dates).to_have_count(12)
    before = dates.all_text_contents()
    page.get_by_label("日期尾数").fill("2-5-8")
    expect(dates.first).not_to_have_text(before[0])
    page.get_by_label("日期尾数").fill("3-6-9")
    expect(dates.first).to_have_text(before[0])
    page.get_by_label("确认人").fill("八塘镇社保所")
    page.locator("[name=confirmed_on]").fill("2026-11-20")
    page.get_by_role("button", name="保存修改").click()
    expect(page.get_by_text("八塘镇社保所").first).to_be_visible()


def plan_and_enrol(page) -> None:
    """Plan the first day by the rules, and see the code of its first tablet."""
    steps = page.get_by_role("navigation", name="初始设置的步骤")
    steps.get_by_role("link", name="第一台平板").click()
    look(page, "第一台平板")
    page.get_by_label("八塘镇").first.check()
    page.get_by_role("button", name="安排这一天").click()
    page.get_by_role("button", name="显示登记码").click()
    expect(page.locator(".enrolment-code svg")).to_be_visible()
    assert page.evaluate(OVER) <= 0


@pytest.mark.parametrize("size", SIZES if DEEP else SIZES[:1], ids=str)
def test_from_the_terminal_s_address_to_a_day_planned_by_the_rules(chromium, new_office, size):
    server, address = new_office
    context = chromium.new_context(base_url=server.url, locale="zh-CN", viewport=size)
    page = context.new_page()
    page.goto(address)
    assert page.url == f"{server.url}/set-up/county"
    set_up(page)
    confirm_a_rule(page)
    plan_and_enrol(page)
    page.get_by_role("link", name="测试打印").click()
    page.get_by_role("button", name="打印正常").click()
    expect(page.locator(".first-steps .is-done")).to_have_count(5)  # no tablet scanned the code
    page.get_by_role("button", name="进入赶场天列表").click()
    expect(page.locator("main")).to_contain_text("八塘镇")
    expect(page.get_by_role("navigation", name="初始设置的步骤")).to_have_count(0)
    assert page.goto(address).status == 404
    context.close()
    _is_set_up(server)


def _is_set_up(server) -> None:
    connect_database(server.database)
    with db.connection_context():
        (day,) = models.MarketDay.select()
        assert day.town.name == "八塘镇" and day.date.day % 10 in (3, 6, 9) and day.is_draft
        assert [booth.number for booth in day.booths] == [1] and models.Enrolment.select().count() == 1
        assert [account.login for account in models.Organiser.select()] == [LOGIN]


def test_the_test_print_is_one_sheet_of_the_sizes_that_it_names(chromium, new_office, tmp_path):
    server, address = new_office
    context = chromium.new_context(base_url=server.url, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    set_up(page)
    page.goto("/organiser/first-steps/sheet")
    millimetres = page.locator(".test-ruler").evaluate("ruler => ruler.getBoundingClientRect().width / 96 * 25.4")
    circle = page.locator(".test-seal span").evaluate("seal => seal.getBoundingClientRect().height / 96 * 25.4")
    assert millimetres == pytest.approx(100, abs=0.2) and circle == pytest.approx(45, abs=0.2)
    paper = Paper(page, tmp_path / "sheet.pdf")
    assert len(paper.pages()) == 1 and [code.text for code in paper.codes()[0]] == [server.url] * 2
    context.close()


def begin(tmp_path, **settings: str) -> str:
    """Type `make run`'s script without a terminal, wait until it serves, end it, and return what it said."""
    port = free_port()
    environment = os.environ | {
        "GANCHANG_DATABASE": f"sqlite:///{tmp_path / 'run.db'}",
        "GANCHANG_PORT": str(port),
        "GANCHANG_SECRET_KEY": "test",
    } | settings
    with (log := tmp_path / "run.log").open("wb") as output:
        process = subprocess.Popen(
            ["bin/run"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < until and process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz"):
                    return log.read_text()
            except (URLError, ConnectionError):
                time.sleep(0.1)
        pytest.fail(f"it did not serve:\n{log.read_text()}")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_run_begins_with_the_demo_where_nobody_can_be_asked(tmp_path):
    said = begin(tmp_path)
    assert "The demo market day is loaded" in said and "/enrol#" in said and "/set-up/" not in said
    again = begin(tmp_path)
    assert "Sign in as before" in again and "demo --remove" in again and "/enrol#" in again


def test_run_begins_with_the_wizard_where_that_is_set(tmp_path):
    said = begin(tmp_path, GANCHANG_FIRST_RUN="wizard")
    assert ADDRESS.search(said) and "/enrol#" not in said and "demo" not in said
