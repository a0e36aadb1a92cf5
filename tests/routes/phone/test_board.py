"""The board on a phone: what somebody asks for is found, page by page, and the first page comes in one round trip."""

import re
from uuid import uuid4

import pytest

from models.market.booth import Booth
from models.market.offer import new_vacancy
from models.market.vacancy import Vacancy
from tests.routes.phone.test_pages import FIRST_FLIGHT, packed

LINE = re.compile(r'<a class="row" href="/v/(\d{7})"')


@pytest.fixture
def asked(client, fair, morning):
    """Return a function that asks the board of the day, and returns the numbers of the vacancies it shows."""

    def asked(**query: str) -> list[str]:
        return LINE.findall(client.get(f"/m/{fair.day.id}", query_string=query).text)

    return asked


@pytest.mark.parametrize(
    "words, found",
    [
        ("缝纫", ["sewing"]), ("来凤", ["cook"]), ("厨 鱼庄", ["cook"]), ("厨 制衣", []),
        ("山城制衣厂", ["sewing", "ironing"]), ("八塘", ["sewing", "ironing", "cook"]), ("  缝 纫  ", ["sewing"]),
        ("普工", ["ironing"]), ("样板", ["sewing", "ironing", "cook"]),
        ("%", []), ("_", []), ("<script>", []), ("缝" * 500, []),
    ],
)  # fmt: skip
def test_every_word_has_to_stand_in_title_trade_employer_or_place(asked, fair, words, found):
    assert asked(q=words) == [getattr(fair, name).number for name in found]


def test_a_number_leads_to_its_vacancy(client, fair, morning):
    number = fair.cook.number
    for typed in (number, f"{number[:3]} {number[3:]}"):
        assert client.get(f"/m/{fair.day.id}", query_string={"q": typed}).location == f"/v/{number}"


def test_choices_are_joined_and_each_link_keeps_the_others(client, asked, fair):
    Vacancy.update(suits=["older"]).where(Vacancy.id == fair.cook.id).execute()
    assert asked(trade="cook") == asked(older="yes") == asked(trade="cook", older="yes", q="厨") == [fair.cook.number]
    assert asked(trade="sewing", older="yes") == []
    page = client.get(f"/m/{fair.day.id}?older=yes&q=厨").text
    assert 'name="older" value="yes"' in page and re.search(r'href="/m/\d+\?[^"]*trade=cook[^"]*older=yes', page)
    empty = client.get(f"/m/{fair.day.id}?trade=sewing&older=yes").text
    assert "没有找到" in empty and re.search(rf'href="/m/{fair.day.id}">全部显示', empty)


def test_once_something_is_asked_for_the_other_trades_are_folded(client, fair, morning):
    """On 740 px what was found would else begin below the screen."""
    trade, fold = 'class="trade"', "<summary>全部工种"
    board = client.get(f"/m/{fair.day.id}").text
    assert trade in board.partition(fold)[0]
    asked = client.get(f"/m/{fair.day.id}?q=缝").text
    assert trade not in asked.partition(fold)[0] and trade in asked.partition(fold)[2]
    chosen = client.get(f"/m/{fair.day.id}?trade=sewing").text.partition(fold)[0]
    assert trade not in chosen and 'class="trade is-on"' in chosen


def test_near_is_where_the_work_is(client, asked, fair):
    places = ((fair.sewing, "500120100", "local"), (fair.ironing, "500120199", "local"), (fair.cook, None, "sichuan"))
    for vacancy, code, origin in places:
        Vacancy.update(work_division=code, origin=origin).where(Vacancy.id == vacancy.id).execute()
    assert asked(near="town") == [fair.sewing.number]
    assert asked(near="county") == [fair.sewing.number, fair.ironing.number]  # the county's towns lie in it
    assert asked(near="city") == [] and asked(near="outside") == [fair.cook.number]
    Vacancy.update(work_division="500151", origin="local").where(Vacancy.id == fair.cook.id).execute()
    assert asked(near="city") == [fair.cook.number]
    page = client.get(f"/m/{fair.day.id}").text
    assert "near=town" in page and "near=outside" not in page  # what the day does not have is not offered
    Vacancy.update(work_division=None, place="重庆璧山工业园").execute()
    assert asked(near="county") == [fair.sewing.number, fair.ironing.number, fair.cook.number] != asked(near="town")


def test_what_is_no_such_value_counts_as_not_said(asked):
    everything = asked()
    assert len(everything) == 3
    for name, value in (("near", "moon"), ("trade", "x"), ("older", "x"), ("page", "0"), ("page", "x"), ("page", "²")):
        assert asked(**{name: value}) == everything
    assert asked(page="99999") == everything


@pytest.fixture
def crowd(fair):
    """A day with forty booths of three vacancies each."""
    for number in range(4, 44):
        booth = Booth.create(market_day=fair.day, number=number, name=f"第{number}号企业的展位", employer=fair.factory)
        for title in ("车间普工", "质检员", "仓库搬运工"):
            new_vacancy(booth, title=title, trade="general_worker", openings=5, place="高新区厂房", pay_min_fen=400_000)


def test_a_large_board_comes_in_pages_of_whole_booths_the_first_in_one_round_trip(client, asked, fair, crowd):
    pages, seen = [], []
    while (page := asked(page=str(len(pages) + 1))) not in pages:
        pages.append(page)
        seen += page
        answer = packed(client, f"/m/{fair.day.id}?page={len(pages)}")
        assert len(answer.data) + sum(len(n) + len(v) + 4 for n, v in answer.headers) <= FIRST_FLIGHT
    assert len(pages) > 5 and len(seen) == len(set(seen)) == 123 and max(map(len, pages)) < 20
    first = client.get(f"/m/{fair.day.id}").text
    anchors = re.findall(r'class="chip plate" href="([^"]*)#b(\d+)"', first)
    assert [int(number) for _, number in anchors] == list(range(1, 44))
    for address, number in anchors[::9]:
        assert f'id="b{number}"' in (client.get(address).text if address else first)


def test_what_people_type_fills_no_memory(app, client, fair, morning):
    client.get(f"/m/{fair.day.id}")
    kept = len(app.extensions["page_cache"])
    for word in range(20):
        assert client.get(f"/m/{fair.day.id}?q={word}").headers["Cache-Control"] == "private, no-store"
    client.get(f"/m/{fair.day.id}?page=7")
    assert len(app.extensions["page_cache"]) == kept


def test_full_is_said_in_words_on_the_board_and_at_the_vacancy(client, fair, morning, enrol, operation):
    tablet = enrol(fair.kitchen)
    for place, tie in enumerate((str(uuid4()), str(uuid4()))):
        scanned = {"pass_": fair.passes[place], "vacancy": fair.cook.number, "channel": "card"}
        tablet.sync(
            operation(2 * place + 1, "check_in.recorded", id=tie, **scanned),
            operation(2 * place + 2, "check_in.progressed", check_in=tie, stage="hired", place="town"),
        )
        words = ("招满了", "超1")[place]
        for path in (f"/m/{fair.day.id}", f"/b/{fair.kitchen.id}", f"/v/{fair.cook.number}"):
            page = client.get(path).text
            assert words in page and "还差 0" not in page, path


def test_the_board_for_the_square_renews_itself_and_phones_get_no_script(client, fair, morning):
    board, square = client.get(f"/m/{fair.day.id}"), client.get(f"/m/{fair.day.id}/square")
    assert "js/square.js" not in board.text and "js/square.js" in square.text and "缝纫工" in square.text
    again = client.get(f"/m/{fair.day.id}/square", headers={"If-None-Match": square.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"") and square.headers["ETag"] != board.headers["ETag"]
    assert client.get("/m/9999/square").status_code == 404
