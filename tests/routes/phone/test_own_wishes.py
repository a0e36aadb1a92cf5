"""The second breath on a phone: said, changed and taken back on the own page; sensitive groups with consent."""

import re

import pytest

from models.base.database import fetch
from models.intake.ingest import record
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.vocabulary.trade import TRADES
from tests.html import hidden_fields
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
    client.post(f"{wang}/wishes", data=ALL)
    refused = client.post(f"{wang}/wishes", data=ALL | {"wanted_place": "town", "sensitive": "DIS"})
    assert refused.status_code == 422 and 'id="field-agrees-error"' in refused.text
    assert all(f'value="{code}" checked' in refused.text for code in ("DIS", "town", "MIG"))  # nothing is lost
    assert Candidate.get().groups == ["MIG", "VET"] and Candidate.get().groups_consent_at is None
    client.post(f"{wang}/wishes", data=ALL | {"sensitive": "DIS", "agrees": "yes"})
    assert Candidate.get().groups == ["MIG", "VET", "DIS"] and Candidate.get().groups_consent_at
    assert re.search(r'name="agrees" value="yes" checked', client.get(wang).text)
    client.post(f"{wang}/wishes", data=ALL)
    assert Candidate.get().groups == ["MIG", "VET"] and Candidate.get().groups_consent_at is None  # nor is the consent


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


def test_what_was_said_is_taken_back_and_what_a_form_does_not_ask_stays(client, wang):
    client.post(f"{wang}/wishes", data=ALL)
    client.post(f"{wang}/wishes", data={name: ALL[name] for name in ("trades", "groups")})
    row = Candidate.get()
    assert (row.wanted_place, row.wanted_pay_min_fen, row.last_province) == ("city", 500_000, "zhejiang")
    assert row.work_kinds == []  # boxes of which none is ticked are not sent
    single = dict.fromkeys(("wanted_place", "wanted_pay_min_fen", "last_province"), "")
    client.post(f"{wang}/wishes", data=ALL | single)
    row = Candidate.get()
    assert [getattr(row, name) for name in single] == [None] * 3 and row.groups == ["MIG", "VET"]


def test_who_said_more_to_somebody_else_sees_it_and_takes_it_back(client, fair, wang):
    at = "2026-02-24T09:00:00+08:00"
    said = {"groups": ["VET", "REL", "XYZ"], "groups_consent_at": at, "based_on": 1}
    fact = {"id": Candidate.get().id, "kind": "candidate.amended", "at": at, "operator": None, "data": said}
    record(fair.day, [fact])
    page = client.get(f"{wang}/wishes").text
    assert 'value="REL" checked' in page and 'value="REH"' not in page
    said = {"groups": "VET", "agrees": "yes", "trades": ["sewing"]}
    client.post(f"{wang}/wishes", data=said | {"sensitive": "REL"})
    assert set(Candidate.get().groups) == {"VET", "REL", "XYZ"}
    client.post(f"{wang}/wishes", data=said | {"sensitive": "REL", "groups": "MIG"})
    client.post(f"{wang}/wishes", data=said)
    assert "REL" not in Candidate.get().groups


@pytest.mark.parametrize(
    "odd", [{"wanted_place": "moon"}, {"wanted_pay_min_fen": "1e9"}, {"last_province": "x" * 9_999}]
)
def test_what_was_never_offered_is_refused_and_nothing_ticked_is_lost(client, wang, odd):
    answer = client.post(f"{wang}/wishes", data=ALL | odd)
    ((field, _),) = odd.items()
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text
    assert 'value="VET" checked' in answer.text and "x" * 99 not in answer.text and amended() == []


def test_two_who_change_wishes_at_once_lose_nothing(client, wang):
    client.post(f"{wang}/wishes", data=ALL)
    opened = hidden_fields(client.get(f"{wang}/wishes").text)
    client.post(f"{wang}/wishes", data=ALL | {"wishes": ["legal_aid"]})
    client.post(f"{wang}/wishes", data=ALL | opened | {"last_province": "fujian"})
    assert (Candidate.get().wishes, Candidate.get().last_province) == (["legal_aid"], "fujian")


def test_nobody_else_changes_and_nobody_without_end(app, client, wang):
    stranger = app.test_client()
    assert stranger.get("/me/nobody/wishes").status_code == stranger.get(f"{wang}x/wishes").status_code == 404
    far = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"{wang}/wishes", data=ALL, headers=far).status_code == 403
    for n in range(20):
        assert client.post(f"{wang}/wishes", data=ALL | {"wishes": ["training", "legal_aid"][n % 2]}).status_code == 303
    answer = client.post(f"{wang}/wishes", data=ALL | {"groups": ["POV"]})
    assert answer.status_code == 429 and 'value="POV" checked' in answer.text and Candidate.get().version == 21
