"""Typed text, by the vectors that the tablet is held to as well (tests/data/text.json, names.json)."""

import pytest

from models.base.typed import LONGEST_NAME, digits_of, name_of, phone_of, year_of
from tests.vectors import vectors

TEXT, NAMES = vectors("text"), vectors("names")
CASES = [
    pytest.param(read, case["typed"], case["is"], id=f"{read.__name__} {case['typed'][:30]!a}")
    for read, cases in (
        (digits_of, TEXT["digits"]), (phone_of, TEXT["phones"]), (year_of, TEXT["years"]), (name_of, NAMES["kept"]),
    )
    for case in cases
]  # fmt: skip


@pytest.mark.parametrize(("read", "typed", "expected"), CASES)
def test_what_was_typed_is_read_as_the_vectors_say(read, typed, expected):
    assert read(typed) == expected


def test_a_names_length_is_counted_in_characters():
    longest = NAMES["longest"]
    assert LONGEST_NAME == longest["count"] == len(name_of(longest["letter"] * longest["count"]))
