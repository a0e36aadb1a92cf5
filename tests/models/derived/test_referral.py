"""Referrals: people sent on, once by topic, and what the desk that takes them says; sensitive groups."""

from uuid import uuid4

from models.figures.summary import figures
from models.intake.ingest import ingest
from models.people.candidate import Candidate
from models.schema import Tablet

LATER = "2026-02-24T10:00:00+08:00"


def counted(day: object, name: str) -> dict[str, int]:
    return {topic: count for topic, count in figures(day)[name].items() if count}


def test_a_person_counts_once_a_topic_and_the_last_word_of_a_desk_holds(fair, operation):
    sender, taker = Tablet.enlist(fair.clothing, "A"), Tablet.enlist(fair.desk, "B")
    one, other = fair.passes[:2]
    ingest(taker.log, [
        operation(1, "referral.progressed", pass_=one, topic="training", outcome="later"),
        operation(2, "referral.progressed", at=LATER, pass_=one, topic="training", outcome="taken_up"),
        operation(3, "referral.progressed", pass_=other, topic="legal_aid", outcome="taken_up"),  # nobody was sent
    ])  # fmt: skip
    assert (counted(fair.day, "referred"), counted(fair.day, "taken_up")) == ({}, {})
    ingest(sender.log, [
        operation(1, "referral.made", pass_=one, topic="training", about="育婴班"),
        operation(2, "referral.made", pass_=one, topic="training"),
        operation(3, "referral.made", pass_=one, topic="no such topic"),
    ])  # fmt: skip
    assert counted(fair.day, "referred") == {"training": 1, "other": 1}
    assert counted(fair.day, "taken_up") == {"training": 1}


def test_a_mistake_is_taken_back_and_two_who_prove_to_be_one_are_counted_once(fair, operation):
    tablet = Tablet.enlist(fair.desk, "A")
    number, candidate, made = fair.passes[0], str(uuid4()), str(uuid4())
    person = {"name": "王师傅", "birth_year": 1970, "trades": []}
    ingest(tablet.log, [
        operation(1, "referral.made", pass_=number, topic="training"),
        operation(2, "candidate.registered", id=candidate, **person),
        operation(3, "referral.made", id=made, candidate=candidate, topic="training"),
        operation(4, "referral.made", candidate=candidate, topic="welfare_post"),
    ])  # fmt: skip
    assert counted(fair.day, "referred") == {"training": 2, "welfare_post": 1}
    ingest(tablet.log, [operation(5, "pass.bound", pass_=number, candidate=candidate)])
    assert counted(fair.day, "referred") == {"training": 1, "welfare_post": 1}
    ingest(tablet.log, [operation(6, "referral.withdrawn", candidate=candidate, referral=made)])
    assert counted(fair.day, "referred") == {"training": 1, "welfare_post": 1}  # the pass's own stands


def test_no_sensitive_group_is_derived_without_its_own_consent(fair, operation):
    tablet, candidate = Tablet.enlist(fair.desk, "A"), str(uuid4())
    person = {"name": "王师傅", "birth_year": 1970, "trades": [], "groups": ["MIG", "DIS", "REL"]}
    ingest(tablet.log, [operation(1, "candidate.registered", id=candidate, **person)])
    assert Candidate.get().groups == ["MIG"]
    agreed = {"groups": ["DIS"], "groups_consent_at": LATER, "based_on": 1}
    ingest(tablet.log, [operation(2, "candidate.amended", id=candidate, **agreed)])
    assert Candidate.get().groups == ["DIS"]
