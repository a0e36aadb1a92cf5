"""The steps of a first run: what there is to set up, where, and what of it is done, which follows from the data.

Three steps come before the first account, by the secret of the address (first_runs.py), three after it
(first_steps.py).
"""

from typing import NamedTuple

from flask import g, request, session, url_for
from flask_login import current_user

from models.market.county import County
from models.market.device import Device
from models.market.first_run import FirstRun
from models.market.market_rule import MarketRule
from models.market.planning import towns_of
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.web.asker import county, may_change

GOES_ON = "first_steps"  # in the session: the set-up goes on, so every page of the office shows the steps
PRINTED = "first_print"  # in the session: the test print was found right
WORDS = {
    "county": N_("County"), "office": N_("Office"), "account": N_("First account"),
    "towns": N_("Towns and market rules"), "device": N_("First tablet"), "print": N_("Test print"),
}  # fmt: skip
BEFORE = ("county", "office", "account")  # the steps before there is an account
WHERE = {  # by the page's blueprint, or its endpoint
    "county_settings": "county", "service_points": "county", "divisions": "county", "own_account": "account",
    "accounts": "account", "market_rules": "towns", "first_steps.edit_device": "device",
    "first_steps.update_device": "device", "tablets": "device", "devices": "device", "first_steps.sheet": "print",
}  # fmt: skip


class Step(NamedTuple):
    """One step: its key, its name in English, whether it is done, and its page (None: not before the account)."""

    key: str
    words: str
    is_done: bool
    url: str | None
    is_here: bool


def first_run_steps() -> list[Step]:
    """Return the steps as they are before there is an account."""
    mine = FirstRun.county()
    done = {"county": mine is not None, "office": bool(mine and mine.service_name)}
    here = request.path.rpartition("/")[2]
    pages = {key: url_for(f"first_runs.edit_{key}") for key in BEFORE}
    return [Step(key, words, done.get(key, False), pages.get(key), key == here) for key, words in WORDS.items()]


def first_steps() -> list[Step]:
    """Return the steps for the head of a page, while an organiser's set-up goes on; else none."""
    if "without_database" in g or not session.get(GOES_ON) or not may_change("first_steps"):
        return []
    if "first_steps" not in g:
        g.first_steps = steps_of(county())
    return list(g.first_steps)


def steps_of(mine: County) -> list[Step]:
    """Return the steps as they are for a signed-in organiser of a county. Three statements."""
    pages = {
        "county": url_for("county_settings.edit"), "office": url_for("county_settings.edit"),
        "account": url_for("own_account.show"), "towns": url_for("market_rules.index"),
        "device": url_for("first_steps.edit_device"), "print": url_for("first_steps.sheet"),
    }  # fmt: skip
    towns = [town.code for town in towns_of(mine, today_in(mine))]
    done = {
        "county": True, "office": bool(mine.service_name), "account": current_user.is_authenticated,
        "towns": MarketRule.is_any_confirmed(towns), "device": Device.is_any_in(mine),
        "print": bool(session.get(PRINTED)),
    }  # fmt: skip
    here = WHERE.get(request.endpoint or "") or WHERE.get(request.blueprint or "")
    return [Step(key, words, done[key], pages[key], key == here) for key, words in WORDS.items()]
