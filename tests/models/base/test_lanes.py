"""Lanes add up as their numbers do, also below zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.lanes import MOST, from_bytes, pack, to_bytes, unpack

DAYS = st.lists(st.dictionaries(st.integers(0, 40), st.integers(1 - MOST, MOST - 1)), max_size=8)


@given(days=DAYS)
def test_the_sum_of_packed_numbers_is_the_sum_of_each(days):
    whole = unpack(sum(from_bytes(to_bytes(pack(day))) for day in days))

    expected = [sum(day.get(lane, 0) for day in days) for lane in range(41)]
    assert (whole + [0] * 41)[:41] == expected
    assert not any(whole[41:])


def test_a_number_that_would_leave_its_lane_is_refused():
    with pytest.raises(OverflowError):
        pack({3: MOST})
