"""Fixtures of employers' links: nine on the market day, and links of the cast's employers."""

from html import unescape

import pytest

from models.market.employer_link import EmployerLink, usual_end


@pytest.fixture(autouse=True)
def at_nine(morning):
    """Let it be nine on the market day."""
    return morning


@pytest.fixture
def link(fair):
    """Return a function that makes a link and returns its address: by default the factory's, of the market day."""

    def make(employer=None, day="the cast's", purpose="安排面试", ends_on=None) -> str:
        day = fair.day if day == "the cast's" else day
        ends_on = ends_on or usual_end(day, fair.day.date)
        return "/e/" + EmployerLink.issue(employer or fair.factory, day, "周老板", purpose, "chen", ends_on)[1]

    return make


@pytest.fixture
def send(client, fair):
    """Return a function that opens a vacancy's form behind a link and sends it; changes spoil a field."""

    def post(address, vacancy=None, opened=None, **changes):
        where = f"{address}/vacancies/{(vacancy or fair.sewing).number}"
        form = {
            "title": "缝纫工", "trade": "sewing", "openings": "8", "duties": "按样板缝制", "place": "璧山区八塘镇",
            "pay_min": "3500", "pay_max": "4500", "pay_unit": "month", "work_kind": "full_time", "benefits": "包吃住",
            "bring": "身份证", "valid_until": "2026-04-30",
            "opened_with": opened or opened_with(client, f"{where}/edit"),
        }  # fmt: skip
        return client.post(where, data=form | changes)

    return post


def opened_with(browser, where: str) -> str:
    """Return what the form says stood there when it was opened."""
    return unescape(browser.get(where).text.partition('name="opened_with" value="')[2].partition('"')[0])
