"""What anybody may read on a phone: small, plain, kept until it changes, and of nobody."""

import base64
import gzip
import hashlib
import re
from datetime import timedelta

import pytest

from models.base.check_digit import check_digit
from models.market.vacancy import Vacancy
from routes.phone.page import COOKIE
from tests.routes.phone.visit import MORNING, cookie_of

FIRST_FLIGHT = 14 * 1024  # bytes: what arrives in the first round trip


def packed(client, path, **headers):
    return client.get(path, headers={"Accept-Encoding": "gzip"} | headers)


def test_a_vacancy_shows_what_its_poster_shows(client, fair, morning):
    page = client.get(f"/v/{fair.sewing.number}").text

    for words in (
        "缝纫工",
        "山城制衣厂",
        "3500–4500元/月",
        "璧山区八塘镇",
        "包吃住",
        "身份证",
        "1号展位",
    ):
        assert words in page
    assert f"{fair.sewing.number[:3]} {fair.sewing.number[3:]}" in page
    assert 'name="consent" value="yes"' in page and " checked" not in page  # nothing is ticked beforehand


@pytest.mark.parametrize("path", ["/v/{v}", "/b/{b}", "/m/{m}", "/v", "/p/1000000005", "/v/1"])
def test_a_page_is_one_small_request_without_script(client, fair, morning, path):
    path = path.format(v=fair.sewing.number, b=fair.clothing.id, m=fair.day.id)
    answer = packed(client, path)
    page = gzip.decompress(answer.data).decode()
    page = re.sub(r'<audio controls preload="none" src="[^"]+"', "<audio", page)  # waits until somebody plays it

    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers)
    assert len(answer.data) + headers <= FIRST_FLIGHT
    assert "<script" not in page and not re.search(r'\son\w+="|\sstyle="', page)
    assert not re.search(r'(?:src|href)="(?!#|data:|tel:|/|\?)', page) and "/static/" not in page
    sheet = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    icons = set(re.findall(r'<use href="#([^"]+)"', page))
    assert icons <= set(re.findall(r'<symbol id="([^"]+)"', page))


def test_each_visitor_gets_a_number_of_their_own_with_the_same_page(app, fair, morning):
    path = f"/v/{fair.sewing.number}"
    browsers = [app.test_client() for _ in range(4)]
    *pages, plain = [packed(browser, path) for browser in browsers[:3]] + [browsers[3].get(path)]

    assert len({cookie_of(browser) for browser in browsers} - {None}) == 4
    assert {gzip.decompress(page.data) for page in pages} == {plain.data}
    assert all("HttpOnly" in page.headers["Set-Cookie"] for page in pages)


def test_a_visitor_keeps_the_number_whatever_is_read_next(client, fair, morning):
    first = client.get(f"/v/{fair.sewing.number}")
    number = cookie_of(client)
    again = packed(client, f"/v/{fair.sewing.number}", **{"If-None-Match": first.headers["ETag"]})
    client.get(f"/v/{fair.cook.number}")

    assert again.status_code == 304 and "Set-Cookie" not in again.headers
    assert cookie_of(client) == number


def test_a_browser_that_has_the_page_hears_304_until_it_changes(client, fair, morning):
    path = f"/v/{fair.sewing.number}"
    etag = packed(client, path).headers["ETag"]

    same = packed(client, path, **{"If-None-Match": etag})
    assert (same.status_code, same.data) == (304, b"")
    Vacancy.update(pay_max_fen=460_000).where(Vacancy.number == fair.sewing.number).execute()
    changed = packed(client, path, **{"If-None-Match": etag})
    assert changed.status_code == 200 and "4600" in gzip.decompress(changed.data).decode()
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(changed.vary)


def test_each_language_has_its_own(client, fair, morning):
    path = f"/v/{fair.sewing.number}"

    assert "我想去" in client.get(path).text
    assert "I want this job" in client.get(path, headers={"Accept-Language": "en"}).text
    assert "I want this job" in client.get(path + "?lang=en").text


def test_a_market_day_that_is_over_says_so(client, fair, morning):
    morning(MORNING + timedelta(days=1))

    for path in (f"/v/{fair.sewing.number}", f"/b/{fair.clothing.id}", f"/m/{fair.day.id}"):
        answer = client.get(path)
        assert answer.status_code == 200 and "已经过了" in answer.text


def test_a_mistyped_number_is_told_and_the_likely_one_offered(client, fair, morning):
    right = fair.sewing.number
    wrong = right[:2] + str((int(right[2]) + 1) % 10) + right[3:]
    answer = client.get(f"/v/{wrong}")

    assert answer.status_code == 404 and wrong in answer.text
    assert f'href="/v/{right}"' in answer.text


def test_a_number_is_read_as_people_type_it(client, fair, morning):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in fair.sewing.number)

    assert client.get(f"/v/{wide}").location == f"/v/{fair.sewing.number}"
    assert client.get("/v", query_string={"number": f" {wide} "}).location == f"/v/{fair.sewing.number}"


@pytest.mark.parametrize("number", ["0", "abc", "1234567890123", "%00", "x" * 3_000, "²²²²²²²", "../me"])
def test_nonsense_is_a_clear_404(client, fair, morning, number):
    assert client.get(f"/v/{number}").status_code == 404
    assert client.post(f"/v/{number}").status_code == 404
    assert client.post(f"/v/{number}/check-ins").status_code == 404


def test_no_booth_and_no_day_are_404(client, fair):
    for path in ("/b/999", "/m/999", f"/b/{10**30}", f"/m/{10**30}", "/b/x"):
        assert client.get(path).status_code == 404


def test_a_pass_says_what_it_is_and_nothing_of_anybody(app, fair, sign_up):
    own = app.test_client()
    sign_up(browser=own, name="向本财", phone="13800000000")
    from models.people.candidate_pass import PhonePass

    mine = PhonePass.get()
    guess = "999999999" + check_digit("999999999")
    stranger = app.test_client()
    pages = [stranger.get(f"/p/{digits}") for digits in (mine.number, mine.digits, guess)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert len({page.text for page in pages}) == 1  # a number that was given out tells no more
    assert "向本财" not in pages[0].text and stranger.get("/p/1234567890").status_code == 404
    assert stranger.get(f"/p/{fair.passes[0]}").status_code == 200


def test_public_pages_show_nobody(app, fair, sign_up):
    sign_up(name="向本财", phone="13800000000", consent="yes")
    stranger = app.test_client()

    for path in (f"/v/{fair.sewing.number}", f"/b/{fair.clothing.id}", f"/m/{fair.day.id}"):
        page = stranger.get(path).text
        assert "向本财" not in page and "13800000000" not in page and COOKIE not in page


def test_what_the_demand_form_says_is_read_on_the_phone(client, fair, morning):
    said = {
        "true_employer": "外地电子厂", "hazard": "噪声，配耳塞", "insurance": "五险", "contract": "劳动合同三年",
        "probation": "一个月", "transport": "镇上7:30班车", "pay_includes": "底薪2500元", "pay_day": "每月15日",
        "starts": "节后", "eligibility": "就业困难人员",
    }  # fmt: skip
    page = client.get(f"/v/{fair.sewing.number}").text
    assert not any(label in page for label in ("试用期", "社会保险", "合同", "急需用工"))  # what is empty is not said

    more = {"work_division": fair.town.code, "place": "工业园", "shift": "night", "suits": ["older"], "urgent": True}
    Vacancy.update(**said, **more, work_date=fair.day.date).where(Vacancy.id == fair.sewing.id).execute()
    page = client.get(f"/v/{fair.sewing.number}").text
    for words in (*said.values(), "八塘镇 工业园", "夜班", "50岁以上", "急需用工"):
        assert words in page
    assert len(packed(client, f"/v/{fair.sewing.number}").data) <= FIRST_FLIGHT


def test_urgent_vacancies_of_a_booth_stand_first_and_say_so(client, fair, morning):
    path = f"/b/{fair.clothing.id}"
    page = client.get(path).text
    assert page.index("缝纫工") < page.index("熨烫工") and "急需用工" not in page
    Vacancy.update(urgent=True).where(Vacancy.id == fair.ironing.id).execute()
    for page in (client.get(path).text, client.get(f"/m/{fair.day.id}").text):
        assert page.index("熨烫工") < page.index("缝纫工")
    assert client.get(path).text.count("急需用工") == 1
