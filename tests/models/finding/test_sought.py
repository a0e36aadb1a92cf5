"""What is typed into the office's search: words, dates in every form, numbers."""

from datetime import date

import pytest

from models.finding.sought import Sought, rank_of

TODAY = date(2026, 2, 20)
THIRD = date(2026, 10, 3)


@pytest.mark.parametrize("typed", [
    "2026年10月3日", "2026.10.3", "2026-10-03", "2026/10/3", "10月3日", "10月3号", "１０月３日", "10.3", "10/3",
    "Oct 3, 2026", "3 October 2026", "october 3",
])  # fmt: skip
def test_a_date_is_read_in_every_form(typed):
    assert (THIRD, THIRD) in Sought.read(typed, TODAY).spans


@pytest.mark.parametrize(("typed", "first", "last", "words"), [
    ("八塘 2月", date(2026, 2, 1), date(2026, 2, 28), ("八塘",)),
    ("2025年12月", date(2025, 12, 1), date(2025, 12, 31), ()),
    ("明天 八塘镇", date(2026, 2, 21), date(2026, 2, 21), ("八塘镇",)),
    ("10月3日大兴镇", THIRD, THIRD, ("大兴镇",)),
])  # fmt: skip
def test_what_stands_beside_a_date_stays(typed, first, last, words):
    sought = Sought.read(typed, TODAY)
    assert (first, last) in sought.spans and sought.words == words


@pytest.mark.parametrize("typed", [
    "13月40日", "2026.13.1", "91500120MA5YBT24QK", "缝纫工", "123 4567", "1.2.3.4", "2月30日",
])  # fmt: skip
def test_what_is_no_date_is_none(typed):
    assert Sought.read(typed, TODAY).spans == ()


def test_numbers_are_read_with_and_without_blanks():
    assert Sought.read("123 4567", TODAY).digits == "1234567"
    assert Sought.read("投诉 #12", TODAY).number == 12
    assert Sought.read("  \0 ", TODAY).text == "" and Sought.read("王" * 500, TODAY).text == "王" * 60


@pytest.mark.parametrize(("words", "rank"), [
    (("山城制衣厂",), 0), (("sczyc",), 0), (("山城",), 1), (("shancheng",), 1), (("制衣",), 2), (("山城", "厂"), 2),
    (("厂", "山城"), 2),    (("来凤",), None), (("-",), None),
])  # fmt: skip
def test_a_name_fits_the_better_the_more_of_it_is_typed(words, rank):
    assert rank_of("山城制衣厂", words) == rank
