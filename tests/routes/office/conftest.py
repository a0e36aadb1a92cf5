"""The office's clock, where a test counts statements."""

import pytest

from models.market import planning


@pytest.fixture
def by_day(monkeypatch):
    """At whichever hour the tests run: after midnight every page asks once more whether a night market goes on."""
    monkeypatch.setattr(planning, "NIGHT_UNTIL", "00:00")
