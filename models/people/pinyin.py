"""Pinyin: how names are read in Mandarin, without tones, so that a keyboard's letters find them.

``pinyin.txt`` beside this file holds one reading for each of 21,000 characters: a syllable, a blank, its characters.
``bin/pinyin`` makes it from Unicode's Unihan database. A surname is often read otherwise than the same character in a
word (单 shàn, 曾 zēng, 仇 qiú); those are listed here. Tones are left out and ü is v, as people type it.
"""

from functools import cache
from pathlib import Path

from models.base.typed import same_of

TABLE = Path(__file__).with_suffix(".txt")
# Surnames whose first reading is another, after 姓氏 in 现代汉语词典; compound ones whole.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha", "盖": "ge",
    "覃": "qin", "乐": "yue", "翟": "zhai", "缪": "miao", "宓": "fu", "员": "yun",
    "繁": "po", "种": "chong", "逢": "pang", "么": "yao", "秘": "bi", "折": "she", "召": "shao",
    "郇": "xun", "隗": "wei", "佴": "nai", "祭": "zhai", "万俟": "moqi", "尉迟": "yuchi",
    "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu", "令狐": "linghu",
}  # fmt: skip


def syllables_of(name: str) -> list[str]:
    """Return the syllables of a name, one a character; Latin letters and digits stand for themselves.

    Characters without a known reading, and dots and blanks between the parts of a name, are left out.
    """
    name = same_of(name)
    surname = next((head for head in (name[:2], name[:1]) if len(name) > len(head) and head in SURNAMES), "")
    first = _split(SURNAMES[surname], len(surname)) if surname else []
    readings = _readings()
    rest = (letter if letter.isascii() else readings.get(letter, "") for letter in name[len(surname) :])
    return first + [syllable for syllable in rest if syllable.isalnum()]


def pinyin_of(name: str) -> str:
    """Return the full pinyin of a name in one word: ``wangxiaoming``."""
    return "".join(syllables_of(name))


def initials_of(name: str) -> str:
    """Return the first letters of a name's syllables: ``wxm``."""
    return "".join(syllable[0] for syllable in syllables_of(name))


def _split(reading: str, count: int) -> list[str]:
    """Return the syllables of a surname of two characters, which are listed in one word."""
    if count == 1:
        return [reading]
    known = set(_readings().values())
    return next([reading[:at], reading[at:]] for at in range(1, len(reading)) if {reading[:at], reading[at:]} <= known)


@cache
def _readings() -> dict[str, str]:
    lines = (line.split(" ") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return {letter: syllable for syllable, letters in lines for letter in letters}
