"""Which posters an organiser gets to print, and what stands on them."""

import pytest
from playhouse.test_utils import count_queries

from models.market.offer import new_vacancy
from models.schema import AuditEntry, Booth


@pytest.fixture
def posters(app, fair):
    def get(user=fair.chen, day=fair.day, **query):
        browser = app.test_client(user=user) if user else app.test_client()
        return browser.get(f"/organiser/market-days/{day.id}/posters", query_string=query)

    return get


def test_each_open_vacancy_has_a_poster_with_its_number_pay_and_booth(posters, fair):
    page = posters().text

    for vacancy in (fair.sewing, fair.ironing, fair.cook):
        assert f'data-vacancy="{vacancy.number}"' in page
        assert f"https://ganchang.example/v/{vacancy.number}" in page
    assert "3500–4500" in page and "元/月" in page
    assert "璧山区公共就业服务中心" in page and "12333" in page and "微信扫一扫" in page


def test_only_the_chosen_booths_are_printed(posters, fair):
    page = posters(booth=[2]).text

    assert f'data-vacancy="{fair.cook.number}"' in page
    assert f'data-vacancy="{fair.sewing.number}"' not in page


def test_a_booths_poster_lists_its_vacancies_and_leads_to_the_booth(posters, fair):
    page = posters(per="booth", booth=1).text

    assert f"https://ganchang.example/b/{fair.clothing.id}" in page
    assert page.count("<tr>") == 3  # a head and two vacancies
    assert f'value="{fair.ironing.number}"' in page


def test_the_market_days_poster_names_every_booth_and_leads_to_the_board(posters, fair):
    page = posters(per="market_day").text

    assert f"https://ganchang.example/m/{fair.day.id}" in page
    assert page.count('<section class="sheet') == 1
    for words in ("山城制衣厂", "来凤鱼庄", "维权服务台", "招10人", "<strong>11</strong>"):
        assert words in page


@pytest.mark.parametrize("per", ["vacancy", "booth", "market_day"])
def test_a_day_without_booths_has_nothing_to_print_yet(posters, fair, per):
    Booth.delete().where(Booth.market_day == fair.day).execute()

    answer = posters(per=per)

    assert answer.status_code == 200 and "没有可打印的内容" in answer.text
    assert 'class="sheet poster' not in answer.text


def test_a_desk_says_what_it_can_be_asked(posters):
    assert "拖欠工资" in posters(per="booth", booth=3).text


def test_a_closed_vacancy_has_no_poster(posters, fair):
    fair.cook.closed = True
    fair.cook.save()

    assert "没有可打印的内容" in posters(booth=2).text
    assert fair.cook.number not in posters(per="booth").text


@pytest.mark.parametrize("query", [{"per": "street"}, {"booth": "99"}, {"booth": ["x", "-1", ""]}])
def test_what_is_no_booth_and_no_kind_is_passed_over(posters, fair, query):
    answer = posters(**query)

    assert answer.status_code == 200
    assert fair.sewing.number in answer.text


def test_a_vacancy_without_pay_says_that_pay_is_agreed(posters, fair):
    fair.cook.pay_min_fen = fair.cook.pay_max_fen = None
    fair.cook.save()

    assert "工资面议" in posters(booth=2).text


def test_printing_is_noted(posters, fair):
    posters()

    entry = AuditEntry.get(action="print")
    assert (entry.who, entry.rows, entry.county) == ("chen", 3, fair.county)


def test_somebody_signed_out_is_asked_to_sign_in(posters):
    answer = posters(user=None)

    assert answer.status_code in (302, 303, 401)


def test_a_reader_may_print_and_another_county_finds_nothing(posters, fair):
    assert posters(user=fair.reader).status_code == 200
    assert posters(user=fair.neighbour).status_code == 404
    assert posters(day=fair.other_day).status_code == 404


@pytest.mark.parametrize("per", ["vacancy", "booth", "market_day"])
def test_more_vacancies_take_no_more_statements(posters, fair, per, by_day):
    def statements() -> int:
        with count_queries() as counted:
            assert posters(per=per).status_code == 200
        return counted.count

    few = statements()
    for place in range(10):
        new_vacancy(
            fair.kitchen, title=f"帮厨{place}", trade="cook",
            openings=1,
        )  # fmt: skip

    assert statements() == few
