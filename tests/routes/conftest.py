"""Fixtures of the pages: an organiser in the office; the clock of phones and of market dates; a form filled in."""

from datetime import datetime

import pytest

from models.market import day_labour
from models.phone import notice, registration
from routes.office import market_dates
from routes.phone import page
from tests.routes.phone.visit import MORNING


@pytest.fixture
def organiser(app, fair):
    """Return the client of a signed-in organiser of the cast's county."""
    return app.test_client(user=fair.chen)


@pytest.fixture
def day(fair):
    """Return the address of the cast's market day in the office."""
    return f"/organiser/market-days/{fair.day.id}"


@pytest.fixture
def morning(monkeypatch, fair):
    """Return a function that sets the clock, and let it be nine on the market day."""

    def at(moment: datetime) -> None:
        for module in (page, registration, notice, market_dates, day_labour):
            monkeypatch.setattr(module, "utcnow", lambda: moment)

    at(MORNING)
    return at


@pytest.fixture
def form():
    """Return a form as it is typed: all that is asked for, nothing wrong."""
    return {"name": "王师傅", "birth_year": "1975", "phone": "", "trades": ["sewing", "cook"]}


@pytest.fixture
def sign_up(client, fair, morning):
    """Return a function that opens a vacancy's page and sends its form; changes spoil a field."""

    def post(vacancy=None, browser=None, **changes):
        browser, number = browser or client, (vacancy or fair.sewing).number
        browser.get(f"/v/{number}")  # the form's number comes as a cookie
        form = {
            "name": "王师傅",
            "birth_year": "1975",
            "phone": "",
            "trades": ["sewing", "cook"],
        }
        form = {name: value for name, value in (form | changes).items() if value is not None}
        return browser.post(f"/v/{number}", data=form, headers={"Sec-Fetch-Site": "same-origin"})

    return post
