"""The papers of a market day and of one person: what stands on them, and who gets them."""

import re
from html import unescape
from uuid import uuid4

import pytest

from models.base.clock import utcnow
from models.market.offer import new_vacancy
from models.people.frozen import Frozen
from models.printing.fitted_text import LEADING, fitted, width_of
from models.schema import AuditEntry, Booth, Candidate

HOSTILE = "<b>#*_$`@ & \"焊工\"'"
LONGEST = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社暨八塘片区返乡农民工创业就业促进服务中心有限责任公司第一分公司"
ENGLISH = "General worker in the packing hall of the frozen food factory"


@pytest.fixture
def browser(app, fair):
    return app.test_client(user=fair.chen)


@pytest.fixture
def papers(browser, fair):
    address = f"/organiser/market-days/{fair.day.id}/papers"
    return lambda name="", **query: browser.get(address + name, query_string=query)


def words_of(page: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<text [^>]*>(.*?)</text>", page)]


def test_the_page_of_papers_leads_to_each_with_how_many_sheets_it_takes(papers, browser):
    page = papers().text

    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?is-number[^>]*>(\d*)<', page, re.S)
    assert dict(rows) == {
        "入口海报": "1", "展位海报": "3", "岗位海报": "3", "展位牌": "3", "桌牌": "3", "宣传车横幅": "",
        "纸质凭证": "20",
        "大喇叭播报稿": "", "停电备用登记表": "3", "检查清单": "1", "招聘统计汇总": "",
    }  # fmt: skip
    links = re.findall(r'<a class="button[^>]*href="([^"]+)"', page)
    assert len(links) == 15
    assert {browser.get(unescape(link)).status_code for link in links} == {200}


def test_what_people_typed_stands_on_every_paper_as_it_is(papers, fair):
    Booth.update(name=HOSTILE).where(Booth.id == fair.clothing.id).execute()
    new_vacancy(fair.clothing, title=HOSTILE, trade="welder", openings=2, pay_min_fen=500_000)

    for name in ("signs", "tents", "sign-in"):
        page = papers(f"/{name}", booth=1).text
        assert "<b>#" not in page and page.count('<section class="sheet drawn') == 1
        assert HOSTILE.replace(" ", "") in "".join(words_of(page)).replace(" ", ""), name
    assert 'class="drawn-code"' in papers("/signs").text
    assert 'class="drawn-code"' not in papers("/signs", way="left").text


def test_a_strip_says_it_in_large_characters_over_several_sheets(papers):
    page = papers("/strip").text

    assert "".join(words_of(page)).startswith("赶场八塘镇招1")
    assert page.count("paper-297x210") == 5


def test_a_sign_in_sheet_has_lines_through_all_its_sheets_and_the_letters_of_the_vacancies(papers, fair):
    words = words_of(papers("/sign-in", booth=1, sheets=2).text)

    assert [word for word in words if word.isdigit()] == [str(number) for number in range(1, 33)]
    assert f"A. 缝纫工 3500–4500元/月 {fair.sewing.number[:3]} {fair.sewing.number[3:]}" in words
    assert papers("/sign-in", booth="x", sheets="many", way="up").status_code == 200


@pytest.mark.parametrize("text", [LONGEST, "王", ENGLISH, "1234567890" * 9, ""])
def test_a_fitted_text_stays_in_its_box(text):
    for width, most in ((277, 2), (40, 1), (12, 3)):
        found = fitted(text, width, 46, most, smallest=1.2)
        assert len(found.lines) <= most
        assert max(map(width_of, found.lines)) * found.size <= width * 1.001
        assert found.height == pytest.approx(found.size * LEADING * len(found.lines))


@pytest.fixture
def introduced(enrol, fair, operation):
    """Have somebody introduced to the factory, and return (person, a function that records more)."""
    tablet, person, tie, interest = enrol(fair.clothing), str(uuid4()), str(uuid4()), str(uuid4())
    facts = [
        operation(1, "candidate.registered", id=person, name="欧阳小芳", birth_year=1975, phone="13800000000"),
        operation(2, "pass.bound", pass_=fair.passes[0], candidate=person),
        operation(3, "check_in.recorded", id=tie, candidate=person, vacancy=fair.sewing.number, channel="kiosk"),
        operation(4, "check_in.recorded", id=interest, candidate=person, vacancy=fair.ironing.number, channel="kiosk"),
        operation(5, "check_in.progressed", check_in=tie, stage="introduced"),
    ]
    assert tablet.sync(*facts).json["acknowledged"] == 5
    return Candidate.get_by_id(person).person, lambda *more: tablet.sync(*more)


def test_a_letter_names_the_person_only_as_far_as_they_agreed(app, browser, fair, introduced, operation):
    person, record = introduced
    address = f"/organiser/people/{person}/letters/{fair.day.id}/{fair.sewing.number}"
    consent, of_it = str(uuid4()), {"candidate": person, "vacancy": fair.sewing.number}

    said = ["".join(words_of(browser.get(address).text))]
    record(operation(6, "consent.given", id=consent, **of_it))
    said.append("".join(words_of(browser.get(address).text)))
    record(operation(7, "consent.withdrawn", id=consent, at="2026-02-24T09:05:00+08:00", **of_it))
    said.append("".join(words_of(browser.get(address).text)))

    assert ["欧阳小芳" in words for words in said] == [False, True, False]
    for words in said:
        assert "欧阳" in words and fair.passes[0][-4:] in words and "回执" in words and "山城制衣厂" in words
        assert "13800000000" not in words and "1975" not in words
    assert address in unescape(browser.get(f"/organiser/people/{person}").text)
    noted = AuditEntry.select().where(AuditEntry.action == "print", AuditEntry.what.startswith("referral letter"))
    assert noted.count() == 3
    for user in (fair.neighbour, fair.other_clerk, fair.reader):
        assert app.test_client(user=user).get(address).status_code in (403, 404)
    assert app.test_client(user=fair.clerk).get(address).status_code == 200


def test_no_letter_is_written_for_who_was_not_introduced_or_is_frozen(browser, fair, introduced):
    person, _record = introduced
    letters = f"/organiser/people/{person}/letters/{fair.day.id}"

    assert browser.get(f"{letters}/{fair.ironing.number}").status_code == 404
    assert browser.get(f"{letters}/{fair.cook.number}").status_code == 404
    Frozen.create(candidate=person, county=fair.county, at=utcnow(), who="chen", why="要求停用")
    assert browser.get(f"{letters}/{fair.sewing.number}").status_code == 404
    assert browser.get(f"/organiser/people/{person}/receipts/{fair.day.id}/58").status_code == 404


@pytest.mark.parametrize("paper", ["58", "80"])
def test_a_receipt_and_a_slip_bear_no_name_and_say_where_to_ask(browser, fair, introduced, paper):
    person, _record = introduced
    span = fair.day.pass_ranges.get()

    receipt = browser.get(f"/organiser/people/{person}/receipts/{fair.day.id}/{paper}").text
    slips = browser.get(f"/organiser/market-days/{fair.day.id}/passes/{span.id}?paper={paper}").text

    words = "".join(words_of(receipt))
    assert "缝纫工" in words and "已推荐" in words and "12333" in words and "欧阳" not in receipt
    assert f"paper-{paper}x" in receipt and slips.count(f"paper-{paper}x") == 200
    assert slips.count('class="drawn-code"') == 200


def test_papers_are_the_countys_own(app, fair):
    address = f"/organiser/market-days/{fair.day.id}/papers"
    for user, status in ((fair.reader, 200), (fair.clerk, 200), (fair.neighbour, 404), (fair.other_clerk, 404)):
        for path in ("", "/signs", "/strip"):
            assert app.test_client(user=user).get(address + path).status_code == status
