"""What a vacancy pays, as the digits on a poster."""

import pytest

from models.market.pay import pay_range
from models.schema import Vacancy


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (450_000, 580_000, "4500–5800"),
        (450_000, 450_000, "4500"),
        (450_000, None, "4500"),
        (None, 580_000, "5800"),
        (350, 500, "3.5–5"),
        (305, 310, "3.05–3.1"),
        (None, None, ""),
    ],
)
def test_pay_is_shown_in_yuan(low, high, shown):
    assert pay_range(Vacancy(pay_min_fen=low, pay_max_fen=high)) == shown
