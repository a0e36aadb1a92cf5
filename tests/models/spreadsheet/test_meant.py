"""Dates, counts, pay and phones as people write them into tables."""

from datetime import date

import pytest

from models.spreadsheet.meant import Unclear, count_of, date_of, pay_of, phones_of, unit_in

TODAY = date(2026, 2, 24)


@pytest.mark.parametrize("text, wanted", [
    ("2026.3.5", "2026-03-05"), ("2026-03-05 00:00", "2026-03-05"), ("3月5日", "2026-03-05"),
    ("12月31日", "2026-12-31"), ("2月1日", "2026-02-01"),
    ("46086", "2026-03-05"), ("26.3.5", "2026-03-05"), ("2026年3月", "2026-03-31"), ("2026年12月", "2026-12-31"),
    ("2026年3月1日至2026年4月1日", "2026-04-01"), ("２０２６／３／５", "2026-03-05"), ("3.15", "2026-03-15"),
])  # fmt: skip
def test_a_date_is_read(text, wanted):
    assert date_of(text, TODAY) == date.fromisoformat(wanted)


@pytest.mark.parametrize("text", ["下个月", "13月5日", "2026-02-30", "3.1", "99999999", "-1", "5", "1/2/3/4"])
def test_what_is_no_date_or_may_be_two_is_not_guessed(text):
    with pytest.raises(Unclear):
        date_of(text, TODAY)  # 3.1 is what is left of 3.10 as a number


@pytest.mark.parametrize("text, wanted", [
    ("3500-4500", ("3500", "4500", "", "")), ("4500元/月", ("4500", "", "month", "")), ("4.5k", ("4500", "", "", "")),
    ("3-5K", ("3000", "5000", "", "")), ("0.45万", ("4500", "", "", "")), ("150元/天-200元/天",
    ("150", "200", "day", "")),
    ("月薪5,000元以上", ("5000", "", "", "")),
    ("18.5元/小时", ("18.50", "", "hour", "")), ("底薪3000+提成", ("3000", "", "", "提成")),
])  # fmt: skip
def test_pay_is_read(text, wanted):
    assert tuple(pay_of(text)) == wanted


@pytest.mark.parametrize("text", ["面议", "年薪10万", "看情况", "3000以下", "-", "3500元或更多"])
def test_pay_that_says_no_amount_is_refused(text):
    with pytest.raises(Unclear):
        pay_of(text)


def test_a_head_states_the_unit():
    assert [unit_in(text) for text in ("工资（元/天）", "月薪", "日工资", "工资待遇", "薪资(元/小时)")] == [
        "day", "month", "day", "", "hour",
    ]  # fmt: skip


def test_people_are_counted_and_not_guessed():
    assert [count_of(text) for text in ("5人", "５", "约10名", "3.0")] == ["5", "5", "10", "3"]
    for text in ("若干", "3-5人", "男2女3", "不限"):
        with pytest.raises(Unclear):
            count_of(text)


def test_phones_are_divided_and_their_blanks_dropped():
    assert phones_of("138 0000 1234") == "13800001234"
    assert phones_of("13800001234 13900005678") == phones_of("13800001234／13900005678") == "13800001234/13900005678"
    with pytest.raises(Unclear):
        phones_of("1.38E+10")
