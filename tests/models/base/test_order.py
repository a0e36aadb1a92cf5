"""Names stand in the order in which a clerk looks for them."""

import random

from models.base.order import by_pinyin


def test_common_characters_stand_by_pinyin_and_rare_ones_behind():
    names = ["3M", "Abc", "安沐", "璧山", "成都", "重庆", "周记", "璧味坊", "喆记", "𠮷野家"]
    wanted = ["3M", "Abc", "安沐", "成都", "重庆", "周记", "璧山", "璧味坊", "喆记", "𠮷野家"]
    random.Random(1).shuffle(names)

    assert sorted(names, key=by_pinyin) == wanted  # 璧 is none of the 3,755: it follows them


def test_case_and_nothing_have_a_place():
    assert by_pinyin("") < by_pinyin("a") == by_pinyin("A") < by_pinyin("啊")


def test_a_number_in_a_name_counts_as_a_number():
    wanted = ["1号展位", "2号展位", "10号展位", "备用"]
    assert sorted(["10号展位", "备用", "2号展位", "1号展位"], key=by_pinyin) == wanted
