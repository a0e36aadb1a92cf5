"""What a tablet that lost its store gets back from the server, and what it says of the loss."""

import pytest

from models.figures.summary import figures
from models.schema import AuditEntry, Booth, Tablet


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.desk)


@pytest.fixture
def morning(tablet, fair, operation):
    """A morning at the desk: two leaflets, one taken back, and a person tied to a vacancy."""
    tie = operation(4, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number, channel="card")
    counts = [operation(seq, "tally.counted", topic="leaflet", count=n) for seq, n in enumerate((1, 1, -1), 1)]
    assert tablet.sync(*counts, tie, unsent=4).json["acknowledged"] == 4
    return tie


def records(answer, kind: str) -> list[dict]:
    return [change for change in answer.json["changes"] if change["kind"] == kind]


def test_a_tablet_learns_who_it_is_and_how_far_the_server_has_its_log(tablet, morning, fair):
    assert tablet.browser.get("/kiosk/identity").json == {
        "tablet": tablet.tablet.letter, "booth": 3, "market_day": fair.day.id,
        "log": tablet.tablet.device.resume_hash, "acknowledged": 4, "unsent": 0, "name": "",
        "assignment": None,
    }  # fmt: skip


def test_a_browser_without_a_cookie_is_nobody(client, fair):
    answer = client.get("/kiosk/identity")
    assert (answer.status_code, answer.json) == (401, {"error": "not_enrolled"})


def test_the_snapshot_leaves_out_what_the_tablet_made_itself(tablet, morning):
    answer = tablet.browser.get("/kiosk/snapshot")
    assert records(answer, "check_in") == records(answer, "own_tallies") == []


def test_a_tablet_without_a_store_gets_its_own_facts_back(tablet, morning):
    answer = tablet.browser.get("/kiosk/snapshot?own=1")

    assert [change["id"] for change in records(answer, "check_in")] == [morning["id"]]
    (tallies,) = records(answer, "own_tallies")
    assert tallies["data"] == {"through": 4, "counts": {"leaflet": 1}}
    assert records(answer, "vacancy")


def test_another_tablets_counts_are_not_its_own(enrol, tablet, morning, fair):
    other = enrol(fair.desk)
    (tallies,) = records(other.browser.get("/kiosk/snapshot?own=1"), "own_tallies")
    assert tallies["data"] == {"through": 0, "counts": {}}


def test_lost_facts_are_kept_in_mind_and_make_the_figures_incomplete(tablet, morning, fair):
    Booth.update(expects_tablet=False).where(Booth.id != tablet.tablet.booth_id).execute()
    assert figures(fair.day)["complete"]

    for _ in range(2):
        assert tablet.sync(lost=3).status_code == 200

    assert Tablet.get_by_id(tablet.tablet.id).lost == 3
    shown = figures(fair.day)
    assert (shown["complete"], shown["tablets"][0]["lost"]) == (False, 3)
    (entry,) = AuditEntry.select().where(AuditEntry.action == "facts_lost")
    assert (entry.who, entry.rows) == (f"tablet:{tablet.tablet.letter}", 3)


def test_a_store_rolled_back_does_not_unsay_a_loss(tablet):
    for lost in (3, 0, 2):
        tablet.sync(lost=lost)
    assert Tablet.get_by_id(tablet.tablet.id).lost == 3


@pytest.mark.parametrize("lost", [-1, "3", None, 2**40, 1.5, [], True])
def test_a_loss_that_cannot_be_read_is_no_loss_and_no_error(tablet, lost):
    assert tablet.sync(lost=lost).status_code == 200
    assert Tablet.get_by_id(tablet.tablet.id).lost is None
