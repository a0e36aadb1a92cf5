"""The office's clock: noon, because after midnight every page asks whether a night market still goes on."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.market import planning

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Let it be noon of today in the county: pages cost as many statements at whichever hour the tests run."""
    monkeypatch.setattr(planning, "utcnow", lambda: datetime.now(ZONE).replace(hour=12))
