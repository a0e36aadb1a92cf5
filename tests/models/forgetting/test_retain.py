"""What the periods end goes, in steps, and what is due again tomorrow is nothing."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from models.figures.summary import figures
from models.forgetting import retain as steps
from models.forgetting.due import Due
from models.forgetting.retain import old_backups, overwrite, retain, tidy_list
from models.forgetting.retention_run import RetentionRun
from models.intake.hand_over import receive
from models.intake.ingest import ingest
from models.market.audit import AuditEntry
from models.market.retention import Retention
from models.schema import Candidate, Forgotten, HandOver, Tablet
from tests.sealing import sealed

CAMPAIGN_ENDS = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch) -> None:
    monkeypatch.setattr(steps, "PAUSE_SECONDS", 0)


def after(days: int) -> date:
    return CAMPAIGN_ENDS + timedelta(days=days)


def names() -> set[str]:
    return {candidate.name for candidate in Candidate.select()}


def test_who_was_tied_to_nothing_goes_first_and_nobody_on_the_last_day(fair, people):
    untied, tied = people[0::2], people[1::2]
    assert Due(fair.county, after(90)).counts()["people"] == 0
    preview = Due(fair.county, after(91)).counts()
    went = retain(fair.county, after(91))
    kept = names()

    assert preview["people"] == went["people"] > 0
    assert kept & {one.name for one in untied} <= {one.name for one in tied}
    assert {one.name for one in tied} <= kept
    assert Due(fair.county, after(91)).counts()["people"] == 0
    retain(fair.county, after(181))
    assert {name[1:] for name in names()} == {"某"}


def test_after_two_years_no_surname_is_left_and_figures_are_those_of_before(fair, people, bytes_of_all, found_in):
    before = {name: figures(fair.day)[name] for name in ("persons", "registered", "groups", "trades", "reached")}
    retain(fair.county, after(200))
    retain(fair.county, date(2028, 2, 24))
    with_surnames = names()
    retain(fair.county, date(2028, 2, 25))
    overwrite()

    assert names() == {"某"} != with_surnames
    assert found_in(people, bytes_of_all()) == []
    assert {name: figures(fair.day)[name] for name in before} == before


def test_who_came_again_in_a_later_campaign_stays(fair, people, operation):
    other = type(fair.day).create(county=fair.county, town=fair.town, date=after(80))
    booth = type(fair.clothing).create(market_day=other, number=1, name="x")
    tablet = Tablet.enlist(booth, "B")
    ingest(tablet.log, [operation(1, "candidate.registered", at="2026-06-19T09:00:00+08:00", name=people[0].name,
                                  birth_year=people[0].year, phone=people[0].phone)])  # fmt: skip
    retain(fair.county, after(160))

    assert people[0].name in names()
    retain(fair.county, after(171))
    assert people[0].name not in names()


def test_refused_facts_boxes_and_old_entries_go_too(fair, people, operation, bytes_of_all, found_in):
    tablet, child = people[0].tablet, people[0]
    child.name, child.phone = "欧阳犇犇", "13712344321"
    ingest(tablet.log, [
        operation(len(child.facts) + 1, "candidate.registered", name=child.name, birth_year=2020, phone=child.phone),
        operation(len(child.facts) + 2, "candidate.amended", based_on=1, name=child.name),
        operation(len(child.facts) + 3, "pass.bound", pass_=fair.passes[99], candidate=str(uuid4())),
    ])  # fmt: skip
    receive(fair.day, sealed(tablet, child.facts), "file", "chen")
    HandOver.update(received_at=0).execute()
    AuditEntry.create(county=fair.county, who="chen", action="read", at=1)
    went = retain(fair.county, after(400))
    overwrite()

    assert (went["raw"], went["boxes"], went["audit"]) == (3, 1, 1)
    assert found_in([child], bytes_of_all()) == []
    again = retain(fair.county, after(400))
    assert not any(again.values())
    assert [run.counts for run in RetentionRun.latest(fair.county)] == [went]


def test_periods_of_one_county_say_nothing_of_another(fair, people):
    Retention.create(county=fair.elsewhere, contact_days=1)
    assert retain(fair.elsewhere, after(0)) == dict.fromkeys(Due(fair.county, after(0)).counts(), 0)
    Retention.create(county=fair.county, contact_days=5)
    assert retain(fair.county, after(6))["people"] > 0


def test_keyed_hashes_go_when_nothing_late_is_expected(fair, people, tmp_path):
    retain(fair.county, after(91))
    tidy_list(tmp_path / "list")
    lines, forgotten = (tmp_path / "list").read_text().count("\n"), Forgotten.select().count()
    went = retain(fair.county, date.today() + timedelta(days=500))

    assert lines > forgotten > 0
    assert went["keys"] > 0
    assert Forgotten.select().where(~Forgotten.listed).count()  # those of the second run, until the next night


def test_old_backups_are_named(fair, tmp_path):
    folder, now = tmp_path / "backups", datetime.now(UTC)
    folder.mkdir()
    for name in ("1.db", "2.dump", "notes.txt"):
        (folder / name).touch()
    assert old_backups(folder, now) == []
    assert [path.name for path in old_backups(folder, now + timedelta(days=31))] == ["1.db", "2.dump"]
