"""Shortcuts of the office: on every page each key leads to one place."""

import re
from collections import Counter

import pytest

from tests.routes.test_every_route import OF_THE_CITY, address, of_the_office, rules

__all__ = ["address"]

KEY = re.compile(r'data-key="([^"]+)"')


@pytest.mark.parametrize("who", ["chen", "clerk", "city"])
def test_no_key_of_a_page_means_two_things(app, fair, address, who):
    browser, keys, twice = app.test_client(user=getattr(fair, who)), 0, set()
    asked = [rule for rule in rules(app, "GET") if rule.endpoint in OF_THE_CITY] + of_the_office(app, "GET")
    for rule in asked:
        answer = browser.get(address(rule))
        if answer.status_code != 200 or not answer.content_type.startswith("text/html"):
            continue
        found = Counter(KEY.findall(answer.text))
        twice |= {(rule.endpoint, key) for key, times in found.items() if times > 1}
        keys += len(found)
    assert not twice
    assert keys > (10 if who == "city" else 100)


def test_a_first_key_is_no_shortcut_by_itself(app, fair, address):
    page = app.test_client(user=fair.chen).get(f"/organiser/market-days/{fair.day.id}").text
    keys = set(KEY.findall(page))
    assert not {key for key in keys if any(other.startswith(f"{key} ") for other in keys)}
