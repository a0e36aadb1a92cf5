"""Fixtures of the properties: a tablet at each booth of the cast."""

import pytest

from models import Tablet


@pytest.fixture
def tablets(fair) -> list[Tablet]:
    """Tablets A, B and C at the clothing factory's booth, the restaurant's and the desk."""
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [
        Tablet.create(market_day=fair.day, booth=booth, letter=letter)
        for booth, letter in zip(booths, "ABC", strict=True)
    ]
