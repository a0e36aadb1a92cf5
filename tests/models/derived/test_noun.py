"""A noun that is made up here is read, judged, stored, told, taken back and given back, and no other file knows it."""

from collections.abc import Iterator

import pytest
from peewee import CharField, CompositeKey, IntegerField

from models.base.database import BaseModel, db, execute_many, fetch, fetch_in
from models.derived import nouns
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun
from models.derived.scope import Scope
from models.intake.ingest import ingest
from models.kiosk.record import changes_for
from models.log.kind import Kind, Somebody, Word
from models.log.settlement import ACCEPTED, SET_ASIDE
from models.quarantine.decide import put_back, settle
from models.schema import Alias, Operation, Tablet
from models.vocabulary.reason import PRECEDENCE


class Umbrella(BaseModel):
    """An umbrella that somebody was lent."""

    tablet_id = IntegerField()  # no foreign key: peewee would look for this table wherever logs are deleted
    seq = IntegerField()
    id = CharField(max_length=36)
    person = CharField(max_length=36)
    node = CharField(max_length=36)
    colour = CharField(max_length=32)

    class Meta:
        primary_key = CompositeKey("tablet_id", "seq")


class Lent(Somebody, kw_only=True):
    """``umbrella.lent``."""

    colour: Word


class Rained(Kind):
    """``rain.noted``: a kind without a table."""

    minutes: int


def judge(batch: Batch) -> None:
    for fact in batch.of("umbrella.lent"):
        if fact.data["colour"] == "red":
            fact.remarks.add("umbrella_red")


def store(batch: Batch) -> None:
    execute_many(
        "INSERT INTO umbrella (tablet_id, seq, id, person, node, colour) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (batch.log.id, fact.seq, fact.uuid, batch.persons[fact.subject], fact.subject, fact.data["colour"])
            for fact in batch.of("umbrella.lent")
        ],
    )


def regroup(_: Batch, regrouping: Regrouping) -> None:
    execute_many("UPDATE umbrella SET person = ? WHERE node = ?", [(p, n) for n, p in regrouping.now.items()])


def announce(batch: Batch) -> None:
    batch.told |= {(batch.booth, "umbrella", fact.uuid) for fact in batch.of("umbrella.lent")}


def note(scope: Scope) -> None:
    logs = "SELECT l.id, l.market_day_id, b.number FROM log AS l JOIN booth AS b ON b.id = l.booth_id"
    for log, day, booth in fetch(logs):
        of_log = [seq for tablet, seq in scope.keys if tablet == log]
        ids = fetch_in("SELECT id FROM umbrella WHERE tablet_id = ? AND seq IN (??)", of_log, log)
        scope.told[day] |= {(booth, "umbrella", id) for (id,) in ids}


def take_back(scope: Scope) -> None:
    execute_many("DELETE FROM umbrella WHERE tablet_id = ? AND seq = ?", scope.keys)


def draw(_: Tablet, ids: list[str]) -> dict[str, dict[str, object]]:
    return {id: {"colour": colour} for id, colour in fetch_in("SELECT id, colour FROM umbrella WHERE id IN (??)", ids)}


UMBRELLA = Noun(
    "umbrella",
    kinds={"umbrella.lent": Lent, "rain.noted": Rained},
    reasons=("umbrella_red",),
    tables=(Umbrella,),
    records={"umbrella": draw},
    judge=judge,
    store=store,
    regroup=regroup,
    announce=announce,
    note=note,
    take_back=take_back,
)


@pytest.fixture
def tablet(monkeypatch, fair) -> Iterator[Tablet]:
    db.create_tables([Umbrella])
    monkeypatch.setattr(nouns, "NOUNS", (*nouns.NOUNS, UMBRELLA))
    yield Tablet.enlist(fair.clothing, "A")
    db.drop_tables([Umbrella])


def umbrellas() -> list[tuple]:
    return list(Umbrella.select(Umbrella.seq, Umbrella.person, Umbrella.colour).order_by(Umbrella.seq).tuples())


def told(tablet: Tablet, cursor: int = 0) -> dict[str, object]:
    records, _, _ = changes_for(tablet, cursor)
    return {record["id"]: record["data"] for record in records if record["kind"] == "umbrella"}


def outcomes() -> list[tuple]:
    return list(Operation.select(Operation.outcome, Operation.reason).order_by(Operation.seq).tuples())


def test_it_is_read_and_judged_like_any_other(tablet, fair, operation):
    mine = {"pass_": fair.passes[0]}
    receipt = ingest(tablet.log, [
        operation(1, "umbrella.lent", **mine, colour="blue"), operation(2, "umbrella.lent", **mine, colour="red"),
        operation(3, "umbrella.lent", **mine, colour=""), operation(4, "umbrella.lent", colour="blue"),
        operation(5, "umbrella.lent", **mine, colour="blue", size=3), operation(6, "rain.noted", minutes=20),
        operation(7, "rain.noted"), operation(8, "umbrella.lent", pass_="7000000002", colour="blue"),
    ])  # fmt: skip

    expected = [
        ("applied", None), ("attention", "umbrella_red"), ("refused", "malformed: colour"),
        ("refused", "malformed: candidate"), ("attention", "unknown_field"), ("applied", None),
        ("refused", "malformed: minutes"), ("attention", "pass_unknown"),
    ]  # fmt: skip
    assert [(outcome, reason) for _, outcome, reason in receipt.results] == outcomes() == expected
    assert [seq for seq, *_ in umbrellas()] == [1, 2, 5, 8]


def test_it_is_told_to_its_booth(tablet, fair, operation):
    other = Tablet.enlist(fair.kitchen, "B")
    lent = operation(1, "umbrella.lent", pass_=fair.passes[0], colour="blue")
    ingest(tablet.log, [lent])

    assert (told(tablet), told(other)) == ({lent["id"]: {"colour": "blue"}}, {})


def test_it_is_taken_back_and_given_back(tablet, fair, operation):
    lent = operation(1, "umbrella.lent", pass_=fair.passes[0], colour="red")
    ingest(tablet.log, [lent])
    stored = umbrellas()
    settle((tablet.log.id, 1), SET_ASIDE, "chen")
    assert (umbrellas(), outcomes(), told(tablet)) == ([], [("refused", "set_aside")], {lent["id"]: None})

    put_back((tablet.log.id, 1), "chen")
    assert (umbrellas(), outcomes()) == (stored, [("attention", "umbrella_red")])
    settle((tablet.log.id, 1), ACCEPTED, "chen")
    assert (umbrellas(), outcomes()) == (stored, [("applied", "accepted")])


def test_it_follows_a_person_who_proves_to_be_another(tablet, fair, operation):
    somebody = operation(2, "candidate.registered", name="王芳", birth_year=1980)
    ingest(tablet.log, [operation(1, "umbrella.lent", pass_=fair.passes[0], colour="blue")])
    ingest(tablet.log, [somebody, operation(3, "pass.bound", pass_=fair.passes[0], candidate=somebody["id"])])

    assert umbrellas() == [(1, somebody["id"], "blue")]
    assert Alias.get_by_id(fair.passes[0]).person == somebody["id"]


def test_without_its_entry_its_kinds_are_kept_and_marked(tablet, fair, operation, monkeypatch):
    monkeypatch.setattr(nouns, "NOUNS", nouns.NOUNS[:-1])
    ingest(tablet.log, [operation(1, "umbrella.lent", pass_=fair.passes[0], colour="blue")])

    assert (umbrellas(), outcomes()) == ([], [("attention", "unknown_kind")])


def test_every_reason_that_a_noun_owns_has_its_place_in_the_one_order():
    owned = [reason for noun in nouns.NOUNS for reason in noun.reasons]
    assert len(set(owned)) == len(owned)
    of_the_log = {"malformed", "not_permitted", "set_aside", "accepted", "corrected", "unknown_kind", "unknown_field"}
    assert {*owned, *of_the_log, "clock_wrong"} == set(PRECEDENCE)
