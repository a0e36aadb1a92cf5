"""Facts set aside in bulk: all of a tablet, of the phones or of an operator, those to come too, and back again."""

from datetime import UTC, datetime

import pytest

from models.figures.summary import figures
from models.schema import AuditEntry, Exclusion, Operator, Settlement


@pytest.fixture
def address(fair):
    return f"/organiser/market-days/{fair.day.id}/exclusions"


@pytest.fixture
def thief(enrol, fair, operation):
    """A tablet with two honest facts at nine, and three after it was stolen at half past."""
    tablet = enrol(fair.clothing)
    late = "2026-02-24T09:40:00+08:00"
    tie = {"vacancy": fair.sewing.number, "channel": "card"}
    facts = [
        operation(1, "visit.recorded", pass_=fair.passes[0], channel="card"),
        operation(2, "check_in.recorded", pass_=fair.passes[1], **tie),
        operation(3, "check_in.recorded", at=late, pass_=fair.passes[2], **tie),
        operation(4, "visit.recorded", at=late, pass_=fair.passes[3], channel="card"),
        operation(5, "tally.counted", at=late, topic="visitor", count=50),
    ]
    assert tablet.sync(*facts).status_code == 200
    return tablet


def counted(fair) -> tuple:
    found = figures(fair.day, datetime(2026, 2, 24, 4, tzinfo=UTC))
    return found["visits"], found["check_ins"], found["persons"], found["tallies"], found["attention"]


def test_a_preview_says_what_would_be_set_aside_and_changes_nothing(organiser, address, fair, thief):
    before = counted(fair)
    form = {"whose": f"log-{thief.tablet.id}", "start": "09:30", "note": "stolen", "act": "preview"}

    page = organiser.post(address, data=form, headers={"Accept-Language": "en"})

    assert page.status_code == 200
    assert "This sets aside 3 entries." in page.text and 'value="exclude"' in page.text
    assert counted(fair) == before and not Exclusion.select().exists()


def test_what_was_recorded_from_then_on_never_was_and_counts_again_when_taken_back(
    organiser, address, fair, thief, operation
):
    before = counted(fair)
    form = {"whose": f"log-{thief.tablet.id}", "start": "09:30", "note": "stolen", "act": "exclude"}
    assert organiser.post(address, data=form).status_code == 303
    assert counted(fair) == (2, 1, 2, {}, 0)

    answer = thief.sync(
        operation(6, "tally.counted", at="2026-02-24T09:50:00+08:00", topic="leaflet", count=9),
        operation(7, "tally.counted", at="2026-02-24T09:10:00+08:00", topic="leaflet", count=1),
    )
    assert [(r["outcome"], r.get("reason")) for r in answer.json["results"]] == [
        ("refused", "set_aside"), ("applied", None)]  # fmt: skip
    assert counted(fair) == (2, 1, 2, {"leaflet": 1}, 0)
    assert [(e.action, e.rows) for e in AuditEntry.select() if e.action.startswith("fact")] == [("facts_excluded", 3)]

    exclusion = Exclusion.get()
    for _ in range(2):
        assert organiser.post(f"{address}/{exclusion.id}/delete").status_code == 303
    visits, check_ins, persons, tallies, attention = before
    assert counted(fair) == (visits, check_ins, persons, tallies | {"leaflet": 10}, attention)
    assert not Settlement.select().exists()
    assert AuditEntry.select().where(AuditEntry.action == "exclusion_ended").count() == 1


def test_an_operators_facts_and_a_decision_about_one_of_them(organiser, address, fair, enrol, operation):
    operator = Operator.enlist(fair.clothing, "李工", "1234")
    tablet = enrol(fair.clothing)
    facts = [operation(seq, "tally.counted", topic="leaflet", count=1) for seq in range(1, 4)]
    facts[0] |= {"operator": operator.id}
    facts[1] |= {"operator": str(operator.id)}
    tablet.sync(*facts)
    form = {"whose": f"operator-{operator.id}", "start": "08:00", "end": "10:00", "note": "made up", "act": "exclude"}
    organiser.post(address, data=form)
    assert counted(fair)[3] == {"leaflet": 1}

    one = f"/organiser/market-days/{fair.day.id}/quarantine/{tablet.tablet.id}/1"
    organiser.post(one, data={"act": "accepted"})
    assert counted(fair)[3] == {"leaflet": 2}
    organiser.post(f"{one}/delete")  # back to what the exclusion says
    assert counted(fair)[3] == {"leaflet": 1}


def test_any_fact_can_be_set_aside_and_put_back(organiser, fair, thief):
    one = f"/organiser/market-days/{fair.day.id}/quarantine/{thief.tablet.id}/5"
    assert 'value="set_aside"' in organiser.get(one).text
    assert organiser.post(one, data={"act": "accepted"}).status_code == 422

    assert organiser.post(one, data={"act": "set_aside", "note": "a slip"}).status_code == 303
    assert counted(fair)[3] == {}
    organiser.post(f"{one}/delete")
    assert counted(fair)[3] == {"visitor": 50}


@pytest.mark.parametrize(
    "changes",
    [{"whose": "log-99"}, {"whose": ""}, {"start": "nine"}, {"end": "08:00"}, {"note": ""}],
)
def test_a_bad_field_is_422_with_the_form(organiser, address, thief, changes):
    form = {"whose": f"log-{thief.tablet.id}", "start": "09:30", "note": "stolen", "act": "exclude"} | changes
    assert organiser.post(address, data=form).status_code == 422
    assert not Exclusion.select().exists()


def test_the_tables_of_another_day_are_no_choice(organiser, fair, enrol, address):
    theirs = enrol(fair.other_booth)
    form = {"whose": f"log-{theirs.tablet.id}", "start": "09:30", "note": "stolen", "act": "exclude"}
    assert organiser.post(address, data=form).status_code == 422


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00Z", "2025-02-23T09:00:00+08:00", "2026-02-23T23:59:00+08:00"])
def test_a_thief_who_writes_times_of_another_day_is_set_aside_with_the_whole_log(
    organiser, address, fair, enrol, operation, at
):
    """From half past nine on nothing of it would be found: the tablet chooses the times that it writes."""
    thief = enrol(fair.clothing)
    before = counted(fair)
    thief.sync(*(operation(seq, "visit.recorded", at=at, pass_=fair.passes[seq]) for seq in range(1, 6)))
    assert counted(fair)[0] == before[0] + 5
    form = {"whose": f"log-{thief.tablet.id}", "note": "stolen", "act": "preview"}
    page = organiser.post(address, data=form | {"start": ""}, headers={"Accept-Language": "en"}).text
    assert "This sets aside 5 entries." in page

    assert organiser.post(address, data=form | {"start": "", "act": "exclude"}).status_code == 303
    thief.sync(operation(6, "visit.recorded", at=at, pass_=fair.passes[6]))

    assert counted(fair) == before
    assert organiser.get(address).status_code == 200
