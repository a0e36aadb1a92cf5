"""What the tests of phone pages share: the morning of the market day, and a form filled in."""

import re
from datetime import UTC, datetime

import pytest

from models.database import fetch
from models.people import registration
from routes import _kept, _phone

MORNING = datetime(2026, 2, 24, 1, 0, tzinfo=UTC)  # nine o'clock at the market


@pytest.fixture
def morning(monkeypatch, fair):
    """Return a function that sets the clock, and let it be nine on the market day."""

    def at(moment: datetime) -> None:
        for module in (_phone, registration):
            monkeypatch.setattr(module, "utcnow", lambda: moment)

    at(MORNING)
    _kept.forget()
    return at


@pytest.fixture
def sign_up(client, fair, morning):
    """Return a function that opens a vacancy's page and sends its form; changes spoil a field."""

    def post(vacancy=None, browser=None, **changes):
        browser, number = browser or client, (vacancy or fair.sewing).number
        form = {
            "registration": number_of(browser.get(f"/v/{number}")),
            "name": "王师傅",
            "birth_year": "1975",
            "phone": "",
            "trades": ["sewing", "cook"],
        }
        form = {name: value for name, value in (form | changes).items() if value is not None}
        return browser.post(f"/v/{number}", data=form, headers={"Sec-Fetch-Site": "same-origin"})

    return post


def number_of(page) -> str | None:
    """Return the number minted with a page's form."""
    found = re.search(r'name="registration" value="([^"]+)"', page.text)
    return found and found[1]


def facts(*kinds: str) -> list[tuple]:
    """Return ``(kind, outcome)`` of what phones recorded."""
    rows = fetch("SELECT o.kind, o.outcome FROM operation AS o JOIN tablet AS t ON t.id = o.tablet_id"
                 " WHERE t.letter = 'web' ORDER BY o.seq")  # fmt: skip
    return [row for row in rows if not kinds or row[0] in kinds]
