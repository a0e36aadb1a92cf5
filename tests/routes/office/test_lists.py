"""The office's lists: sorted, filtered, paged and printed by plain links and one form, the same for htmx."""

import re
from datetime import date

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.market.offer import new_vacancy
from tests.html import one_line

HTMX = {"HX-Request": "true"}
ODD = [
    "sort=price", "sort=-", "sort=-number&sort=name", "page=0", "page=x", "page=99999999999999999999",
    "q=%00", "q=%25_%27%22<b>", "q=" + "长" * 500, "print=&page=7&q=x",
]  # fmt: skip


@pytest.fixture
def lists(fair):
    """Return the address of each list by its name."""
    day = f"/organiser/market-days/{fair.day.id}"
    return {
        "days": "/organiser/market-days", "booths": day, "vacancies": f"{day}/vacancies",
        "tablets": f"{day}/tablets", "employers": "/organiser/employers",
    }  # fmt: skip


NAMES = ["days", "booths", "vacancies", "tablets", "employers"]


def rows(page: str) -> list[str]:
    """Return the words of each row of the table."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def heads(page: str) -> dict[str, str]:
    """Return where each head of the table leads, by its column."""
    return dict(re.findall(r'class="sort" id="\w+-by-(\w+)" href="([^"]+)"', page))


@pytest.mark.parametrize("name", NAMES)
def test_every_column_sorts_both_ways_by_its_head_and_says_so(organiser, lists, enrol, fair, name):
    enrol(fair.clothing), enrol(fair.kitchen)
    for key, href in heads(organiser.get(lists[name]).text).items():
        once = organiser.get(href.replace("&amp;", "&")).text
        (state,) = re.findall(rf'aria-sort="(\w+)"><a class="sort" id="{name}-by-{key}"', once)
        turned = organiser.get(heads(once)[key].replace("&amp;", "&")).text
        assert {state, *re.findall(r'aria-sort="(\w+)"', turned)} == {"ascending", "descending"}, key
        assert sorted(rows(once)) == sorted(rows(turned))


@pytest.mark.parametrize("name", NAMES)
def test_htmx_gets_the_list_alone_with_all_that_it_swaps(organiser, lists, enrol, fair, name):
    enrol(fair.clothing)
    answer = organiser.get(lists[name], headers=HTMX)

    assert "<html" not in answer.text and "HX-Request" in answer.headers["Vary"]
    for part in (name, f"{name}-found", f"{name}-sort", f"{name}-print", f"{name}-finder"):
        assert answer.text.count(f'id="{part}"') == 1
    assert rows(answer.text) == rows(organiser.get(lists[name]).text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", ODD)
def test_an_odd_address_is_answered(organiser, lists, enrol, fair, name, query):
    enrol(fair.clothing)
    answer = organiser.get(f"{lists[name]}?{query}")

    assert answer.status_code == 200
    assert "<b>" not in answer.text.split("</header>")[1].split("<footer")[0].replace("<b>2月</b>", "")


@pytest.mark.parametrize(
    ("name", "q", "found"),
    [
        ("booths", "鱼", ["来凤鱼庄"]),
        ("booths", "服务台", ["维权服务台"]),
        ("booths", "1", ["山城制衣厂"]),
        ("vacancies", "缝纫", ["缝纫工"]),
        ("vacancies", "山城 熨烫", ["熨烫工"]),
        ("days", "正月初八", ["2026年2月24日"]),
        ("days", "八塘", ["2026年2月24日"]),
        ("tablets", "从未同步 T0", ["T0"]),
        ("employers", "来凤", ["来凤鱼庄"]),
    ],
)
def test_the_filter_knows_what_people_look_for(organiser, lists, enrol, fair, name, q, found):
    enrol(fair.clothing), enrol(fair.kitchen)
    shown = rows(organiser.get(lists[name], query_string={"q": q}).text)

    assert [word for word, row in zip(found, shown, strict=True) if word not in row] == []


def test_a_vacancy_is_found_by_its_number_as_it_is_read_aloud(organiser, lists, fair):
    number = fair.cook.number
    shown = rows(organiser.get(lists["vacancies"], query_string={"q": f"{number[:3]} {number[3:]}"}).text)

    assert len(shown) == 1 and "厨师" in shown[0]


def test_nothing_found_says_so_and_leads_back(organiser, lists):
    page = organiser.get(lists["booths"], query_string={"q": "<nobody>"}).text

    assert "没有符合“&lt;nobody&gt;”的。" in page and "<tbody>" not in page
    assert f'id="booths-all" href="{lists["booths"]}"' in page


def test_booths_are_sorted_by_what_happened_there(organiser, lists, fair, enrol, operation):
    kitchen = enrol(fair.kitchen)
    kitchen.sync(operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.cook.number))

    assert "来凤鱼庄" in rows(organiser.get(lists["booths"] + "?sort=-check_ins").text)[0]


def test_vacancies_say_what_is_left_and_add_up(organiser, lists, fair, enrol, operation):
    booth = enrol(fair.clothing)
    scans = [operation(n, "check_in.recorded", pass_=fair.passes[n], vacancy=fair.ironing.number) for n in (1, 2, 3)]
    hires = [operation(n + 3, "check_in.progressed", check_in=scans[n - 1]["id"], stage="hired") for n in (1, 2)]
    booth.sync(*scans, *hires)

    page = organiser.get(lists["vacancies"] + "?sort=-check_ins").text

    assert rows(page)[0].split()[-5:] == ["2", "3", "2", "0", "已招满"]
    foot = " ".join(re.sub("<[^>]+>", " ", page.split("<tfoot>")[1].split("</tfoot>")[0]).split())
    assert foot == "全部3项合计 11 3 2 9"


def test_a_long_list_is_paged_and_printed_whole(organiser, lists, fair):
    for number in range(10, 80):
        models.Booth.create(market_day=fair.day, number=number, name=f"第{number}家")

    first, last = (organiser.get(f"{lists['booths']}?page={page}").text for page in (1, 3))
    paper = organiser.get(f"{lists['booths']}?print=yes&sort=-number").text

    assert (len(rows(first)), len(rows(last)), len(rows(paper))) == (30, 13, 73)
    assert 'id="booths-next"' in first and 'id="booths-before"' not in first and 'id="booths-next"' not in last
    assert "data-print-now" in paper and 'hx-trigger="every' not in paper and 'class="pager' not in paper


@pytest.mark.parametrize(("name", "count"), [("vacancies", 11), ("tablets", 9)])
def test_a_list_asks_the_database_as_often_for_many_as_for_one(organiser, lists, fair, enrol, name, count, by_day):
    organiser.get(lists[name])
    for n in range(10):
        enrol(fair.clothing)
        number = models.Vacancy.free_number()
        new_vacancy(fair.kitchen, number=number, title=f"{n}", trade="cook", openings=1)

    with assert_query_count(count):
        organiser.get(lists[name] + "?sort=-booth&q=1")


def test_every_list_says_what_to_do_when_it_is_empty(app, fair):
    empty = models.MarketDay.create(county=fair.elsewhere, town=fair.town, date=date(2026, 3, 1))
    models.MarketDay.delete().where(models.MarketDay.id == fair.other_day.id).execute()
    models.Employer.delete().where(models.Employer.county == fair.elsewhere).execute()
    neighbour = app.test_client(user=fair.neighbour)
    day = f"/organiser/market-days/{empty.id}"

    for path in (day, f"{day}/vacancies", f"{day}/tablets", f"{day}/live", f"{day}/passes", "/organiser/employers"):
        page = neighbour.get(path).text
        assert 'class="empty"' in page, path
        assert 'class="button button-main"' in page, path
    empty.delete_instance()
    page = neighbour.get("/organiser/market-days").text
    assert 'class="empty"' in page and 'href="/organiser/market-days/new"' in page


def test_a_market_day_says_what_is_missing_before_it_opens(app, fair, enrol):
    day = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2099, 1, 3))
    stand = models.Booth.create(market_day=day, number=1, name="绣坊")
    models.Booth.create(market_day=day, number=2, name="服务台", kind="desk")
    organiser = app.test_client(user=fair.chen)

    before = one_line(organiser.get(f"/organiser/market-days/{day.id}").text)
    enrol(stand)
    after = organiser.get(f"/organiser/market-days/{day.id}").text

    assert before.count('class="is-missing"') == 3 and "全部展位" in before
    assert f'href="/organiser/market-days/{day.id}/booths/1" aria-label="1号展位"' in before
    missing = after.split("还没有平板：")[1].split("</li>")[0]
    assert "2号展位" in missing and "1号展位" not in missing
    assert "开场前准备" not in organiser.get(f"/organiser/market-days/{fair.day.id}").text  # it is past
