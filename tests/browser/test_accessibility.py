"""Every page is for everybody: WCAG 2.2 AA by axe-core, what things are called, and no page wider than its window."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.pages import OFFICE, office_pages, own_pages, phone_pages, signed_in, visit
from tests.effort import DEEP

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([levels, exclude]) => {
  const where = exclude.length ? { exclude } : document
  const { violations } = await axe.run(where, { runOnly: levels, resultTypes: ["violations"] })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("  ~  ")}`)
}"""
# Rows and sheets are made by one loop: axe looks at the first of them, and needs a quarter of the time.
FEW_ROWS = """() => {
  const drawn = ".poster:nth-child(n + 4), .drawn:nth-of-type(n + 3)"
  const rows = `tbody > tr:nth-child(n + 5), .pass-card:nth-child(n + 5), ${drawn}`
  document.querySelectorAll(rows).forEach((row) => row.remove())
}"""
# By how many pixels a page is wider than its window, or a list of slips than its frame. A sheet is as wide as paper.
OVER = """(letters) => {
  document.documentElement.style.fontSize = letters
  const page = document.documentElement, mayScroll = letters !== "100%" && innerWidth >= 640
  const frames = mayScroll ? [] : [...document.querySelectorAll(".listing .table-frame")]
  const over = frames.map((frame) => frame.scrollWidth - frame.clientWidth)
  return document.body.matches(".desk") ? 0 : Math.max(0, page.scrollWidth - innerWidth, ...over)
}"""
# Where a finger is likely: what is pressed and lower than 44 px, with what is laid over its lines for the finger; and
# heads, states and buttons that break into two lines (English ones are longer, and may).
PINCHED = """() => {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1
  const words = (one) => `${one.tagName} ${one.className} ${(one.textContent.trim() || one.name || "").slice(0, 20)}`
  const reach = (one) => {
    const over = getComputedStyle(one, "::after"), box = one.getBoundingClientRect()
    return over.position === "absolute" && over.content !== "none" ? parseFloat(over.height) : box.height
  }
  const isInText = (one) => getComputedStyle(one).display === "inline" && one.previousSibling?.textContent.trim()
  const pressed = [...document.querySelectorAll("a, button, select, summary, textarea, input:not([type=hidden])")]
    .filter((one) => seen(one) && !one.closest(".skip") && !isInText(one))
    .map((one) => (one.matches("[type=checkbox], [type=radio]") && one.closest("label")) || one)
  const short = document.documentElement.lang === "zh-CN" ? ".badge, .button, thead th" : "none"
  const broken = [...document.querySelectorAll(short)].filter(seen).filter((one) => {
    const all = document.createRange()
    all.selectNodeContents(one)
    const boxes = [...all.getClientRects()]
    return boxes.some(({ top }) => top > boxes[0].bottom + 2)
  })
  const low = document.body.matches(".desk") ? [] : pressed.filter((one) => reach(one) < 43.5)
  return [...low.map((one) => `low: ${words(one)}`), ...broken.map((one) => `broken: ${words(one)}`)]
}"""
WIDTHS = ((320, 100), (800, 100), (1440, 200), (800, 200), (1440, 100))  # pixels, letters in percent; axe sees the last
FINGER = (800, 100)
LANGUAGES = ["zh-CN", "en-GB"]
LOOKED_AT = LANGUAGES if DEEP else LANGUAGES[:1]  # the markup of the second is the same: by night


def faults_of(page, looked_for: list[str] = LEVELS, *besides: str) -> list[str]:
    """Return what axe finds wrong on the page as it stands, ``besides`` (selectors) left aside."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())  # by the debugger, past the page's own rules for scripts
    return page.evaluate(RUN, [looked_for, [[selector] for selector in besides]])


def contrast_faults_of(page) -> list[str]:
    """Return what axe finds of colours too much alike, which is all that another theme can change."""
    return faults_of(page, ["color-contrast"])


def few_rows_faults_of(page, *besides: str) -> list[str]:
    """Return what axe finds wrong on the page once what it repeats is gone."""
    page.evaluate(FEW_ROWS)
    return faults_of(page, LEVELS, *besides)


def faults_below_the_head_of(page) -> list[str]:
    """Return what axe finds wrong on an office page but for its head, which is the same on each."""
    return few_rows_faults_of(page, ".page-head")


def dark_faults_of(page) -> list[str]:
    """Return what axe finds of the colours where the phone is set to dark ones."""
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {fault}" for fault in contrast_faults_of(page)]
    page.emulate_media(color_scheme="light")
    return found


def large_letters_over(page) -> list[str]:
    """Return whether the page is wider than its window where the phone's letters are twice as large."""
    over = page.evaluate(OVER, "200%")
    return [f"{over} px too wide with letters of 200 %"] if over else []


def widths_over(page) -> list[str]:
    """Return in which windows and letters the page is too wide, and what a finger misses or breaks on a tablet's."""
    found = []
    for width, letters in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if over := page.evaluate(OVER, f"{letters}%"):
            found.append(f"{over} px too wide at {width} px, {letters} %")
        if (width, letters) == FINGER:
            found += page.evaluate(PINCHED)
    return found


def faults_on(page, addresses: dict[str, str], *looks: Callable[[object], list[str]]) -> dict[str, list[str]]:
    """Return the faults of each kind of page that has any: each is opened once for all looks."""
    found = {}
    for kind, path in addresses.items():
        visit(page, kind, path)
        if faults := [fault for look in looks for fault in look(page)]:
            found[kind] = faults
    return found


@pytest.mark.parametrize("locale", LOOKED_AT)
def test_the_pages_of_a_phone(chromium, live_server, locale):
    context = chromium.new_context(base_url=live_server.url, locale=locale, viewport={"width": 360, "height": 740})
    pages = phone_pages(context.request)
    assert len(pages) > 8
    pages |= own_pages(pages["/me/#"])
    found = faults_on(context.new_page(), pages, few_rows_faults_of, dark_faults_of, large_letters_over)
    context.close()
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("locale", LOOKED_AT)
def test_the_pages_of_the_office(chromium, live_server, locale):
    context = chromium.new_context(base_url=live_server.url, locale=locale)
    page = signed_in(context, live_server.login, live_server.password)
    pages = office_pages(context.request)
    assert len(pages) > 60
    found = faults_on(page, pages, widths_over, faults_below_the_head_of)
    found |= faults_on(page, {OFFICE: OFFICE, "/design": "/design"}, few_rows_faults_of)
    context.close()
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_a_phones_form_is_filled_in_by_those_who_only_hear_it(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/m/2")
    page.locator("main a[href^='/v/']").first.click()

    assert page.get_by_role("main").count() == page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("img", name="赶场").count() == 1
    assert page.locator("audio").get_attribute("aria-label") == "用普通话读出这一页"
    for words, said in (("您叫什么名字", "写姓加称呼也行"), ("您是哪一年出生的", "四位数字"), ("电话", "子女")):
        expect(page.get_by_role("textbox", name=words)).to_have_accessible_description(re.compile(said))
    expect(page.get_by_role("checkbox", name="我同意把我的姓名和电话交给")).to_have_count(1)
    page.get_by_role("button", name="我想去").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写姓名")
    expect(page.get_by_role("textbox", name="您叫什么名字")).to_have_accessible_description(re.compile("请填写姓名"))
    context.close()


def test_the_office_says_where_one_is_and_what_each_thing_is_called(organiser):
    organiser.goto("/organiser/market-days/1/live")

    here = organiser.locator("nav [aria-current]")
    assert [words.strip() for words in here.all_inner_texts()] == ["赶场天", "实时情况"]
    assert all(nav.get_attribute("aria-label") for nav in organiser.get_by_role("navigation").all())
    drawings = organiser.locator("main svg:not([aria-hidden] *, [aria-hidden], [aria-label])")
    expect(drawings).to_have_count(0)  # each number stands in a table
    for words in ("分时段到场情况", "从有意向到入职", "展位对比"):
        expect(organiser.get_by_role("figure", name=words).get_by_role("table")).to_have_count(1)
    for control in organiser.locator("main :is(a, button, input:not([type=hidden]), select)").all():
        expect(control).not_to_have_accessible_name("")
