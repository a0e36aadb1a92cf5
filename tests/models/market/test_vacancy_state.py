"""When a vacancy is open, full or closed."""

import pytest

from models.market.vacancy import places_left, vacancy_state


@pytest.mark.parametrize(
    ("closed", "openings", "hired", "state", "left"),
    [(False, 2, 1, "open", 1), (False, 2, 2, "full", 0), (False, 2, 3, "full", 0), (True, 2, 0, "closed", 2)],
)
def test_a_closure_goes_before_the_count(closed, openings, hired, state, left):
    assert vacancy_state(closed, openings, hired) == state
    assert places_left(openings, hired) == left
