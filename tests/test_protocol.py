"""docs/protocol.md cannot lag behind: its examples are sent, and the answers compared with it."""

import json
import re
from pathlib import Path

import pytest

from models.market.vacancy import Vacancy

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"<!-- example: (.+?) -->\n```json\n(.+?)```", re.DOTALL)
EXAMPLES = {name: json.loads(text) for name, text in EXAMPLE.findall(PAGE)}
MINTED = {"as_of", "last_contact", "server_time", "cursor"}  # fields whose values the server makes


def shown(wanted: object, found: object, path: str = "") -> list[str]:
    """Return where ``found`` lacks what the page shows: fields may be added, never missing or of another type."""
    if isinstance(wanted, dict):
        missing = [f"{path}.{name} is missing" for name in wanted.keys() - found.keys()]
        common = wanted.keys() & found.keys() - MINTED
        wrong_type = [
            f"{path}.{name} is of another type"
            for name in wanted.keys() & found.keys() & MINTED
            if type(wanted[name]) is not type(found[name])
        ]
        deeper = [fault for name in common for fault in shown(wanted[name], found[name], f"{path}.{name}")]
        return missing + wrong_type + deeper
    if isinstance(wanted, list):
        one_by_one = zip(wanted, found, strict=False)
        faults = [fault for place, pair in enumerate(one_by_one) for fault in shown(*pair, f"{path}[{place}]")]
        return faults + ([f"{path} has {len(found)} entries"] if len(found) < len(wanted) else [])
    return [] if wanted == found else [f"{path} is {found!r}"]


@pytest.fixture
def tablet(fair, enrol):
    """The tablet of booth 1, at which the example's vacancy is offered."""
    Vacancy.update(number="1000002").where(Vacancy.id == fair.sewing.id).execute()
    return enrol(fair.clothing)


@pytest.fixture
def synced(tablet):
    """What the server answers to the example's batch."""
    return tablet.browser.post("/sync", json=EXAMPLES["sync"])


def test_the_batch_is_answered_as_the_page_shows(synced):
    answer = synced.get_json()
    assert synced.status_code == 200
    wanted = EXAMPLES["sync answered 200"]
    changes = {(change["kind"], change["id"]): change for change in answer["changes"]}
    told = [changes.get((change["kind"], change["id"]), {}) for change in wanted["changes"]]
    assert shown(wanted, answer | {"changes": told}) == []


def test_what_is_taken_back_is_answered_as_the_page_shows(tablet, synced):
    answer = tablet.browser.post("/sync", json=EXAMPLES["taken back"]).get_json()
    assert shown(EXAMPLES["taken back answered 200"], answer) == []


def test_what_is_recorded_at_a_door_is_answered_as_the_page_shows(tablet, synced):
    tablet.browser.post("/sync", json=EXAMPLES["taken back"])
    answer = tablet.browser.post("/sync", json=EXAMPLES["at a door"]).get_json()
    assert shown(EXAMPLES["at a door answered 200"], answer) == []


def test_the_same_batch_again_is_only_duplicates(tablet, synced):
    again = tablet.browser.post("/sync", json=EXAMPLES["sync"]).get_json()
    assert {result["outcome"] for result in again["results"]} == {"duplicate"}
    assert again["acknowledged"] == synced.get_json()["acknowledged"]


def test_the_summary_is_as_the_page_shows(app, fair, synced):
    address = f"/organiser/market-days/{fair.day.id}/summary.json"
    answer = app.test_client(user=fair.chen).get(address).get_json()
    assert shown(EXAMPLES["summary answered 200"], answer) == []


def test_the_comparison_notices_what_is_missing_or_different():
    assert shown({"a": 1, "b": [{"c": 2}]}, {"b": [{"c": 3}]}) == [".a is missing", ".b[0].c is 3"]
    assert shown({"a": [1, 2]}, {"a": [1]}) == [".a has 1 entries"]
    assert shown({"as_of": "2026"}, {"as_of": 3}) == [".as_of is of another type"]


def test_every_kind_that_the_page_names_is_known(app, tablet, operation, synced):
    """A kind of the table is read: with empty data it is malformed or applied, never unknown."""
    table = PAGE[PAGE.index("### 6.2 Kinds") : PAGE.index("`POST /sync`")]
    kinds = [
        kind
        for row in re.findall(r"^\| (`[a-z_.`, ]+) \|", table, re.MULTILINE)
        for kind in re.findall(r"`([a-z_]+\.[a-z_]+)`", row)
    ]
    assert len(kinds) >= 9
    first = synced.get_json()["acknowledged"] + 1
    answer = tablet.sync(*(operation(seq, kind) for seq, kind in enumerate(kinds, first))).get_json()
    assert [result for result in answer["results"] if result.get("reason") == "unknown_kind"] == []
