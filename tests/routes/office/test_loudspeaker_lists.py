"""What an organiser's helper reads out over the market."""

import pytest

from models.market.offer import new_vacancy
from models.schema import AuditEntry


@pytest.fixture
def listed(app, fair):
    def get(user=fair.chen, day=fair.day, **query):
        browser = app.test_client(user=user) if user else app.test_client()
        return browser.get(f"/organiser/market-days/{day.id}/loudspeaker", query_string=query)

    return get


def test_each_booth_is_read_out_with_its_open_vacancies_and_the_desk_with_its_advice(listed, fair):
    page = listed().text

    assert page.count('<p class="loudspeaker-booth"') == 3
    said = "缝纫工八人，熨烫工两人，每月三千五百到四千五百元；包吃住。"
    for words in ("一号展位，山城制衣厂", said, "拖欠工资", "12333"):
        assert words in page


def test_pay_is_said_as_people_say_it_and_what_is_beyond_six_kinds_of_work_is_counted(listed, fair):
    pays = ((2_000_000, "month"), (18_050, "day"), (35_000_00, "month"), (None, "month"), (150, "piece"), (3, "hour"))
    for fen, unit in pays:
        new_vacancy(fair.kitchen, title=f"活{fen}", trade="cook", openings=12, pay_min_fen=fen, pay_unit=unit)

    page = listed().text

    said = ("每月两万元", "每天一百八十点五元", "每月三万五千元", "工资面议", "每件一点五元", "还有一种岗位", "十二人")
    assert [words for words in said if words not in page] == []


def test_what_is_full_is_not_read_out(listed, fair):
    fair.cook.closed = True
    fair.cook.save()

    assert "厨师" not in listed().text and "来凤鱼庄" not in listed().text


def test_it_speaks_english_too(listed):
    said = "Booth 1, 山城制衣厂</b>: 缝纫工 8 people, 熨烫工 2 people, each month 3500 to 4500 yuan; with 包吃住."
    assert said in listed(lang="en").text


def test_reading_it_is_noted_and_only_for_the_county(listed, fair):
    listed()

    entry = AuditEntry.get(action="print")
    assert (entry.who, entry.rows) == ("chen", 3)
    assert listed(user=fair.reader).status_code == 200
    assert listed(user=fair.neighbour).status_code == 404
    assert listed(user=None).status_code == 303
