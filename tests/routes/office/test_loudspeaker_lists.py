"""What an organiser's helper reads out over the market."""

import pytest

from models.schema import AuditEntry


@pytest.fixture
def listed(app, fair):
    def get(user=fair.chen, day=fair.day, **query):
        browser = app.test_client(user=user) if user else app.test_client()
        return browser.get(f"/organiser/market-days/{day.id}/loudspeaker", query_string=query)

    return get


def test_each_booth_is_read_out_with_its_open_vacancies_and_the_desk_with_its_advice(listed, fair):
    page = listed().text

    assert page.count('<section class="loudspeaker-booth">') == 3
    for words in ("1号展位", "山城制衣厂", "缝纫工", "招8人", "每月3500到4500元", "包吃住", "拖欠工资", "12333"):
        assert words in page


def test_what_is_full_is_not_read_out(listed, fair):
    fair.cook.closed = True
    fair.cook.save()

    assert "厨师" not in listed().text and "来凤鱼庄" not in listed().text


def test_it_speaks_english_too(listed):
    assert "each month 3500 to 4500 yuan" in listed(lang="en").text


def test_reading_it_is_noted_and_only_for_the_county(listed, fair):
    listed()

    entry = AuditEntry.get(action="print")
    assert (entry.who, entry.rows) == ("chen", 3)
    assert listed(user=fair.reader).status_code == 200
    assert listed(user=fair.neighbour).status_code == 404
    assert listed(user=None).status_code == 303
