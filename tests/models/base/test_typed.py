"""Typed text, by the vectors that the tablet is held to as well (tests/data/text.json, names.json)."""

from itertools import chain
from pathlib import Path

import pytest

from models.base.typed import (
    LONGEST_NAME,
    digits_of,
    is_usual_phone,
    name_of,
    phone_of,
    plain_of,
    same_of,
    same_phone,
    text_of,
    year_of,
)
from tests.vectors import vectors

TEXT, NAMES = vectors("text"), vectors("names")
CASES = [
    pytest.param(read, case["typed"], case["is"], id=f"{read.__name__} {case['typed'][:30]!a}")
    for read, cases in (
        (plain_of, TEXT["plain"]), (digits_of, TEXT["digits"]), (phone_of, TEXT["phones"]),
        (year_of, TEXT["years"]), (name_of, NAMES["kept"]),
    )
    for case in cases
]  # fmt: skip


@pytest.mark.parametrize(("read", "typed", "expected"), CASES)
def test_what_was_typed_is_read_as_the_vectors_say(read, typed, expected):
    assert read(typed) == expected


def test_nothing_else_folds_or_judges_text():
    root, names = Path(__file__).parents[3], ("isprintable", "unicodedata.normalize", "unicodedata import normalize")
    sources = [path for folder in ("models", "routes", "bin") for path in (root / folder).rglob("*") if path.is_file()]
    found = {
        path.name for path in sources if path.suffix in ("", ".py") and any(name in path.read_text() for name in names)
    }

    assert found == {"typed.py", "pinyin"}  # the second takes marks from readings when its table is made


def test_a_names_length_is_counted_in_characters():
    longest = NAMES["longest"]
    assert LONGEST_NAME == longest["count"] == len(name_of(longest["letter"] * longest["count"]))


@pytest.mark.parametrize(("fold", "groups"), [(same_of, TEXT["same"]), (same_phone, TEXT["same_phones"])])
def test_what_is_the_same_folds_to_one_and_nothing_else_does(fold, groups):
    folded = [{fold(text) for text in group} for group in groups]

    assert [len(one) for one in folded] == [1] * len(groups), folded
    assert len(set(chain.from_iterable(folded))) == len(groups), folded


def test_a_phone_that_is_not_as_long_as_its_kind_is_told_from_others():
    for answer, phones in (("yes", TEXT["usual_phones"]["yes"]), ("no", TEXT["usual_phones"]["no"])):
        assert {phone: is_usual_phone(phone) for phone in phones} == dict.fromkeys(phones, answer == "yes")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  一行\r\n二行 ", "一行\n二行"), ("一\r二", "一\n二"), ("a\0b\x07", "ab"), ("\u202e工\u202c厂", "工厂"),
        ("\u200b\u2060", ""), ("\u3164", ""), ("孙\ue863\U0003158e", "孙\ue863\U0003158e"), ("工\t厂", "工\t厂"),
    ],
)  # fmt: skip
def test_text_keeps_its_lines_and_loses_what_cannot_be_seen(typed, kept):
    assert text_of(typed) == kept
