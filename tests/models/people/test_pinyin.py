"""How names are read: surnames their own way, parts in any script, every character of the standard list."""

import pytest

from models.people.pinyin import TABLE, initials_of, pinyin_of, syllables_of


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王小明", "wangxiaoming", "wxm"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾师傅", "zengshifu", "zsf"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("吕布", "lvbu", "lb"),
        ("买买提·艾力", "maimaitiaili", "mmtal"),
        ("买买提•艾力", "maimaitiaili", "mmtal"),
        ("李 Anna", "lianna", "lanna"),
        ("·", "", ""),
    ],
)
def test_names_are_read(name, pinyin, initials):
    assert (pinyin_of(name), initials_of(name)) == (pinyin, initials)


def test_a_character_alone_is_read_as_in_a_word():
    assert syllables_of("仇") == ["chou"]
    assert syllables_of("仇师傅")[0] == "qiu"


def test_table_has_each_character_once_under_a_syllable_that_a_keyboard_types():
    lines = [line.split(" ") for line in TABLE.read_text().splitlines()]
    letters = "".join(letters for _, letters in lines)
    assert len(letters) == len(set(letters)) > 20_000
    assert all(syllable.isascii() and syllable.islower() for syllable, _ in lines)
