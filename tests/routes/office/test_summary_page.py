"""What the printed summary says in words: how complete it is, what is missing, what happened."""

import re

import pytest

from models.market.booth import Booth
from models.market.tablet import Tablet
from tests.html import one_line


@pytest.fixture
def page(app, fair):
    def get(**query) -> str:
        browser = app.test_client(user=fair.chen)
        path = f"/organiser/market-days/{fair.day.id}/summary"
        return browser.get(path, query_string=query).text

    return get


def printed(page: str, figure: str) -> int:
    return int(re.search(rf'data-figure="{figure}">(-?\d+)<', page)[1])


def test_it_says_how_many_tablets_have_synced_and_which_have_not(page, enrol, fair, operation):
    first, second = enrol(fair.clothing), enrol(fair.kitchen)
    enrol(fair.desk)  # was never heard of
    first.sync(operation(1, "tally.counted", topic="leaflet", count=1), unsent=0)
    second.sync(operation(1, "tally.counted", topic="leaflet", count=1), unsent=4)

    said = page()

    assert "3台平板中1台已同步" in said and 'data-complete="false"' in said
    missing = re.findall(r'<li data-tablet="(T\d)">.*?</b>(.*?)</li>', one_line(said))
    assert [letter for letter, _ in missing] == ["T1", "T2"]
    assert re.fullmatch(r"2号展位 · 收到1条 · 未发3条 · \d\d:\d\d", missing[0][1])
    assert missing[1][1] == "3号展位 · 收到0条 · 从未"


def test_it_says_that_it_is_complete(page, enrol, fair):
    for booth in (fair.clothing, fair.kitchen, fair.desk):
        enrol(booth).sync(unsent=0)

    said = page()

    assert "3台平板中3台已同步" in said and 'data-complete="true"' in said
    assert "尚未同步" not in said and "无平板的展位" not in said


def test_a_booth_without_a_tablet_is_named_unless_it_is_to_have_none(page, enrol, fair):
    enrol(fair.clothing).sync(unsent=0)
    said = one_line(page())
    assert 'data-complete="false"' in said and "无平板的展位：</b>2、3" in said

    Booth.update(expects_tablet=False).where(Booth.id != fair.clothing.id).execute()
    assert 'data-complete="true"' in page()


def test_what_a_revoked_tablet_lost_is_written_off_with_a_reason(app, page, enrol, fair):
    Booth.update(expects_tablet=False).where(Booth.id != fair.clothing.id).execute()
    tablet = enrol(fair.clothing)
    tablet.sync(unsent=0, lost=2_147_483_647)
    assert "丢失100000条" in page() and 'data-complete="false"' in page()
    office = app.test_client(user=fair.chen)
    tablets = f"/organiser/market-days/{fair.day.id}/tablets/{tablet.tablet.id}"
    assert office.post(f"{tablets}/write-off", data={"reason": ""}).status_code == 422

    assert office.post(f"{tablets}/write-off", data={"reason": "平板进水"}).status_code == 303
    said = one_line(page())
    assert 'data-complete="true"' in said and "T0 (平板进水)" in said
    assert "已核销" in office.get(f"/organiser/market-days/{fair.day.id}/tablets").text
    tablet.sync(unsent=0, lost=2_147_483_647)  # says the same again
    assert 'data-complete="true"' in page()

    office.post(f"{tablets}/write-off/delete")
    assert 'data-complete="false"' in page()


def test_many_tablets_that_were_written_off_leave_the_seals_on_the_first_page(page, fair):
    for number in range(1, 16):
        tablet = Tablet.enlist(fair.clothing, letter=f"W{number}", unsent=3)
        tablet.write_off("chen", f"第{number}台的屏幕摔坏后送修，当天的记录按纸质登记表补录，原件由会展台保管")

    front, annex = one_line(page()).split('<div class="summary-annex">')

    assert front.count("送修") == 3 and annex.count("送修") == 12
    assert "填表人" in front and "填表人" not in annex
    assert "data-booth" in annex and "data-booth" not in front


def test_a_market_day_without_tablets_or_facts_prints(page):
    said = page()

    assert "没有登记平板" in said
    assert [printed(said, figure) for figure in ("visits", "persons", "hired")] == [0, 0, 0]
    assert '<svg class="chart"' not in said


def test_the_form_is_headed_and_has_boxes_to_sign(page, fair):
    said = page()

    for words in (
        "招聘活动统计汇总表",
        "璧山区公共就业服务中心",
        "春风行动",
        "八塘镇",
        "2026年2月24日星期二",
    ):
        assert words in said
    for box in ("填表人", "审核人", "负责人", "填报单位（盖章）", "制表日期", "打印时间", "单位：人"):
        assert box in said


def test_an_hour_in_which_nobody_came_stands_in_the_chart(page, enrol, fair, operation):
    times = ("08:10", "11:50")
    enrol(fair.clothing).sync(
        *(
            operation(
                seq, "check_in.recorded", at=f"2026-02-24T{at}:00+08:00",
                pass_=fair.passes[seq], vacancy=fair.sewing.number,
            )
            for seq, at in enumerate(times, start=1)
        )
    )  # fmt: skip

    cells = re.findall(r'data-hour="(\d+)" data-figure="check_ins">(\d+)', page())

    assert cells == [("8", "1"), ("9", "0"), ("10", "0"), ("11", "1")]


def test_rights_consultations_are_one_line_and_places_of_hiring_add_up(
    page, enrol, fair, operation
):
    desk, booth = enrol(fair.desk), enrol(fair.clothing)
    desk.sync(
        operation(1, "tally.counted", topic="wages_owed", count=3),
        operation(2, "tally.counted", topic="injury", count=2),
        operation(3, "tally.counted", topic="policy", count=9),
    )
    scans = [
        operation(seq, "check_in.recorded", pass_=fair.passes[seq], vacancy=fair.sewing.number)
        for seq in (1, 2)
    ]
    booth.sync(
        *scans,
        operation(3, "check_in.progressed", check_in=scans[0]["id"], stage="hired", place="county"),
        operation(4, "check_in.progressed", check_in=scans[1]["id"], stage="hired"),
    )

    said = page()

    assert (printed(said, "rights"), printed(said, "policy")) == (5, 9)
    figures = ("hired", "county", "town", "place_unknown")
    assert [printed(said, figure) for figure in figures] == [2, 1, 0, 1]


def test_key_groups_trades_and_the_local_share_are_printed_when_they_were_recorded(page, enrol, fair, operation):
    assert "附表　重点群体情况" not in page()
    who = operation(
        1, "candidate.registered", name="王芳", birth_year=1970, trades=["sewing"], groups=["MIG", "POV"], sex="female"
    )
    scan = operation(2, "check_in.recorded", candidate=who["id"], vacancy=fair.sewing.number)
    hired = operation(3, "check_in.progressed", check_in=scan["id"], stage="hired", place="county")
    enrol(fair.clothing).sync(who, scan, hired)

    said = page()

    assert 'data-figure="local_share">100.0%<' in said and printed(said, "persons_agreed") == 1
    sewing = '<tr data-trade="sewing"><th scope="row">缝纫工</th><td>8</td><td>1</td><td>8.00</td>'
    assert sewing in one_line(said)
    assert re.findall(r'<tbody data-group="(\w+)"', said) == ["MIG", "POV", "ALL"]
    assert "允许重复计数" in said


def test_names_are_text_and_nothing_is_styled_inline(page, fair):
    fair.clothing.name = "<b>山城</b>"
    fair.clothing.save()

    said = page()

    assert "&lt;b&gt;山城" in said
    assert " style=" not in said and "<style" not in said


def test_it_speaks_english_too(page):
    said = page(lang="en")

    assert "Statistical summary of a recruitment event" in said and "24 February" in said
