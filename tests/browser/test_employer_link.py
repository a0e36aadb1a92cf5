"""An employer's pages on its phone without script, from the slip to the change: axe, and nothing too wide."""

import json

from playwright.sync_api import expect

from tests.browser.pages import signed_in
from tests.browser.test_accessibility import OVER, faults_of

PHONE = {"width": 360, "height": 740}


def test_from_the_slip_to_the_change_without_script(chromium, live_server):
    office = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    page = signed_in(office, live_server.login, live_server.password)
    page.goto("/organiser/employers")
    page.locator("tbody a[href^='/organiser/employers/']").first.click()
    page.get_by_role("link", name="用人单位专用链接").click()
    page.get_by_label("接收人").fill("周老板")
    page.get_by_role("button", name="生成链接").click()
    address = page.locator(".link-slip-address").inner_text()
    found = {"slip": faults_of(page)}
    page.emulate_media(media="print")
    box = page.locator(".link-slip").bounding_box()
    assert box["width"] < 700 and box["height"] < 900  # within an A4 sheet, at 96 dots an inch

    phone = chromium.new_context(locale="zh-CN", viewport=PHONE, java_script_enabled=False)
    told = phone.new_page()
    told.goto(address)
    told.get_by_role("button", name="情况属实，继续招聘").first.click()
    expect(told.get_by_text("已登记：情况属实。")).to_be_visible()
    told.get_by_role("link", name="修改").first.click()
    form = told.url
    told.get_by_label("岗位名称").fill("女性优先缝纫工")
    told.get_by_role("button", name="提交审核").click()
    expect(told.get_by_role("alert")).to_contain_text("女性优先")
    expect(told.get_by_label("岗位名称")).to_have_value("女性优先缝纫工")
    told.get_by_label("岗位名称").fill("缝纫熟手")
    told.get_by_role("button", name="提交审核").click()
    expect(told.get_by_text("变更已提交服务机构")).to_be_visible()
    phone.close()

    page.set_viewport_size(PHONE)
    page.emulate_media(media="screen")
    for name, where in (("page", address), ("form", form)):
        page.goto(where)
        found[name] = faults_of(page) + [f"{over} px too wide" for over in [page.evaluate(OVER, "100%")] if over]
    page.goto("/organiser/vacancy-proposals")
    page.locator(".notice-list a").first.click()
    found["change"] = faults_of(page)
    office.close()
    assert not any(found.values()), json.dumps(found, ensure_ascii=False, indent=1)
