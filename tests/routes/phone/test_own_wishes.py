"""The second breath on a phone: said, changed and taken back on the own page; sensitive groups with consent."""

import re

import pytest

from models.base.database import fetch
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.vocabulary.trade import TRADES
from tests.routes.phone.visit import facts

ALL = {
    "trades": ["welder", "cook"], "wanted_place": "city", "work_kinds": ["day"], "wanted_pay_min_fen": "500000",
    "wishes": ["training"], "last_province": "zhejiang", "groups": ["MIG", "VET"],
}  # fmt: skip


@pytest.fixture
def wang(sign_up):
    """The address of a registered person's own page."""
    return sign_up(name="王桂芳").location


def amended() -> list[tuple]:
    return fetch("SELECT outcome, reason FROM operation WHERE kind = 'candidate.amended'")


def test_the_vacancy_says_what_they_can_do_and_the_first_breath_asks_for_nothing_of_it(client, fair, sign_up):
    form = client.get(f"/v/{fair.sewing.number}").text
    assert 'name="trades"' not in form
    sign_up(trades=[])
    assert Candidate.get().trades == [Vacancy.get(Vacancy.number == fair.sewing.number).trade]


def test_what_is_said_is_noted_shown_and_changed_and_all_of_it_is_optional(client, wang):
    client.post(f"{wang}/wishes", data={})
    assert Candidate.get().version == 2  # without a tick there is no trade any more
    answer = client.post(f"{wang}/wishes", data=ALL)

    assert answer.status_code == 303 and answer.location == f"{wang}?done=wished#more"
    row = Candidate.get()
    assert (row.trades, row.wanted_place, row.work_kinds, row.wanted_pay_min_fen) == (
        ["cook", "welder"] if row.trades[0] == "cook" else ["welder", "cook"], "city", ["day"], 500_000
    )  # fmt: skip
    assert (row.wishes, row.last_province, row.groups) == (["training"], "zhejiang", ["MIG", "VET"])
    shown = client.get(f"{wang}?done=wished").text
    ticked = ("welder", "city", "day", "500000", "training", "zhejiang", "MIG")
    assert all(f'value="{code}" checked' in shown for code in ticked)
    client.post(f"{wang}/wishes", data=ALL)  # twice is once
    client.post(f"{wang}/wishes", data=ALL | {"groups": ["VET"], "wishes": []})
    assert (Candidate.get().groups, Candidate.get().wishes) == (["VET"], [])
    assert amended() == [("applied", None)] * 3


def test_a_sensitive_group_needs_its_own_consent_and_can_be_taken_back(client, wang):
    client.post(f"{wang}/wishes", data=ALL | {"sensitive": "DIS"})
    assert Candidate.get().groups == ["MIG", "VET"] and Candidate.get().groups_consent_at is None
    client.post(f"{wang}/wishes", data=ALL | {"sensitive": "DIS", "agrees": "yes"})
    assert Candidate.get().groups == ["MIG", "VET", "DIS"] and Candidate.get().groups_consent_at
    assert re.search(r'name="agrees" value="yes" checked', client.get(wang).text)
    client.post(f"{wang}/wishes", data=ALL)
    assert Candidate.get().groups == ["MIG", "VET"]


def test_nobody_is_asked_about_prison_or_drugs_and_what_is_no_code_is_no_answer(client, wang):
    page = client.get(wang).text
    assert 'value="DIS"' in page and 'value="REL"' not in page and 'value="REH"' not in page
    odd = {"wishes": "astronaut", "trades": "astronaut", "wanted_pay_min_fen": "1e9"}
    client.post(f"{wang}/wishes", data=odd | {"groups": ["REL", "REH"], "sensitive": ["REH"], "agrees": "yes"})
    row = Candidate.get()
    assert (row.groups, row.wishes, row.wanted_pay_min_fen) == ([], [], None)


def test_nine_likely_trades_come_first_the_days_own_among_them(client, wang):
    more = client.get(wang).text.split('id="more"')[1].split("</form>")[0]
    first, others = more.split("<details>")
    assert first.count('name="trades"') == 9 and 'value="sewing"' in first
    assert others.split("</details>")[0].count('name="trades"') == len(TRADES) - 9


def test_a_strangers_address_is_nobodys(client, fair):
    assert client.post("/me/nobody/wishes", data=ALL).status_code == 404
    assert facts() == []
