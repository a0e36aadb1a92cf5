"""A person is forgotten: what figures and repeats need stays, and of the person nothing."""

import json
import re

import pytest

from models.base.clock import milliseconds, utcnow
from models.base.database import fetch, writing
from models.derived.forget import forget, forget_surnames
from models.derived.forget_rows import Forgetting
from models.derived.replay import replay
from models.figures.summary import figures
from models.intake.hand_over import receive
from models.intake.ingest import SharedIdentity, ingest
from models.keys.seal import SealKey, text_of
from models.kiosk.record import changes_for
from models.log.forgotten import PERIOD
from models.quarantine.decide import settle
from models.schema import Candidate, ForgottenKey, Operation, Remark, Settlement, Tablet
from tests.sealing import sealed

WANG = "01900000-0000-7000-8000-000000000001"
AGAIN = "01900000-0000-7000-8000-000000000002"
SCAN = "01900000-0000-7000-8000-00000000000a"
DATA = {
    "name": "王小芳", "birth_year": 1983, "sex": "female", "home_division": "八塘镇三元村", "education": "junior",
    "trades": ["sewing"], "groups": ["MIG"], "wanted_place": "town", "wanted_pay_min_fen": 400_000,
}  # fmt: skip
PERSONAL = ("王小芳", "小芳", "13812345678", "三元村", "1983", "400000", "老王")


@pytest.fixture
def tablet(fair) -> Tablet:
    return Tablet.enlist(fair.clothing, "A")


@pytest.fixture
def morning(fair, tablet, operation) -> list[dict]:
    """Wang with a sealed phone: registered, amended, tied, withdrawn with words, and a kind of a newer tablet."""
    contact = text_of(SealKey.current(fair.county).seal(b'{"phone": "13812345678"}'))
    facts = [
        operation(1, "candidate.registered", id=WANG, contact=contact, pass_=fair.passes[0], **DATA),
        operation(2, "candidate.amended", id=WANG, based_on=1, name="王小芳", note="是老王的女儿"),
        operation(3, "candidate.amended", id=WANG, based_on=1, trades=["cook"]),
        operation(4, "check_in.recorded", id=SCAN, pass_=fair.passes[0], vacancy=fair.sewing.number),
        operation(5, "check_in.progressed", check_in=SCAN, stage="hired", place="town"),
        operation(6, "check_in.withdrawn", check_in=SCAN, by="candidate", reason="老王不同意"),
        operation(7, "kite.flown", candidate=WANG, words="王小芳 13812345678"),
        operation(8, "candidate.amended", based_on=1, name="王小芳", birth_year=1983),
        operation(9, "candidate.registered", name="王小芳", birth_year=1983, phone=13812345678),
    ]
    ingest(tablet.log, facts)
    return facts


def forget_now(fair, *candidates: str, **more: str):
    with writing():
        return forget(candidates, Forgetting(fair.county, milliseconds(utcnow()), **more))


def left_of(words: tuple[str, ...]) -> list[str]:
    """Return which of these words are left, numbers as numbers: a hash may have the same digits."""
    text = everything()
    return [word for word in words if re.search(rf"(?<![0-9a-f]){word}(?![0-9a-f])", text)]


def everything() -> str:
    """Return all rows of sources and of candidates as one text."""
    rows = [
        sorted(fetch(f"SELECT * FROM {table}"), key=str)
        for table in ("operation", "settlement", "overruled", "candidate", "forgotten", "forgotten_key", "consent")
    ]
    return repr(rows).encode().decode("unicode-escape", "replace") + repr(rows) + json.dumps(rows, default=str)


def test_nothing_of_the_person_is_left_and_the_figures_are_those_of_before(fair, tablet, morning):
    before = figures(fair.day)
    gone = forget_now(fair, WANG)

    assert (gone.candidates, gone.phones, gone.operations) == ({WANG}, 1, 6)
    assert not left_of(PERSONAL)
    after = figures(fair.day)
    for name in ("persons", "registered", "check_ins", "reached", "places", "groups", "trades", "persons_reached"):
        assert after[name] == before[name]
    row = Candidate.get_by_id(WANG)
    assert (row.name, row.birth_year, row.phone, row.trades, row.version) == ("王某", 1977, None, ["cook"], 3)


def test_a_replay_gives_the_same(fair, tablet, morning):
    forget_now(fair, WANG)
    before, counted = everything(), figures(fair.day)["groups"]
    with writing():
        replay([tuple(key) for key in fetch("SELECT tablet_id, seq FROM operation")])

    assert (everything(), figures(fair.day)["groups"]) == (before, counted)


def test_a_repeat_is_known_and_other_content_under_a_seq_is_still_an_alarm(fair, tablet, morning):
    forget_now(fair, WANG)
    repeated = ingest(tablet.log, morning)
    other = morning[0] | {"data": morning[0]["data"] | {"name": "李强"}}

    assert {outcome for _, outcome, _ in repeated.results} == {"duplicate"}
    with pytest.raises(SharedIdentity):
        ingest(tablet.log, [other])
    stored = Operation.get(Operation.log == tablet.log, Operation.seq == 1)
    with pytest.raises(SharedIdentity):  # neither is what we made of it a repeat, unless it is exactly that
        ingest(tablet.log, [json.loads(stored.body) | {"seq": 1, "operator": "x"}])


def test_the_hash_is_keyed_by_county(fair, tablet, morning):
    forget_now(fair, WANG)
    stored = Operation.get(Operation.log == tablet.log, Operation.seq == 1).forgotten
    fair.county.identity_key = "00" * 32
    fair.county.save()

    with pytest.raises(SharedIdentity):
        ingest(Tablet.get_by_id(tablet.id).log, morning)
    assert len(stored) == 64


def test_booths_that_knew_the_person_withdraw_the_record(fair, tablet, morning):
    other = Tablet.enlist(fair.clothing, "B")
    told, cursor, _ = changes_for(other, 0)
    forget_now(fair, WANG)
    news, _, _ = changes_for(other, cursor)

    assert [change["data"]["name"] for change in told if change["kind"] == "candidate"] == ["王小芳"]
    assert {"kind": "candidate", "id": WANG, "data": None} in news


def test_unsent_facts_of_a_forgotten_person_are_counted_and_forgotten_again(fair, tablet, morning, operation):
    ingest(Tablet.enlist(fair.kitchen, "B").log, [operation(1, "visit.recorded", pass_=fair.passes[0])])
    forget_now(fair, WANG)
    late = Tablet.enlist(fair.kitchen, "C")
    facts = [
        operation(1, "candidate.registered", id=AGAIN, phone="138-1234-5678", **DATA),
        operation(2, "candidate.amended", id=WANG, based_on=2, phone="13812345678"),
        operation(3, "check_in.recorded", candidate=AGAIN, vacancy=fair.cook.number),
        operation(4, "candidate.amended", id=AGAIN, based_on=1, home_division="三元村"),
    ]
    for _ in range(2):
        ingest(late.log, facts)
    found = figures(fair.day)

    assert not left_of(PERSONAL)
    assert (found["persons"], found["registered"], found["check_ins"]) == (1, 1, 2)
    assert len({candidate.person for candidate in Candidate.select()}) == 1
    assert Candidate.get_by_id(AGAIN).identity == Candidate.get_by_id(WANG).identity


def test_what_was_refused_is_shortened_whether_it_comes_before_or_after(fair, tablet, morning, operation):
    odd = {"candidate": WANG, "vacancy": fair.sewing.number, "channel": {"illegible": "王小芳"}}
    ingest(tablet.log, [operation(10, "check_in.recorded", **odd)])
    forget_now(fair, WANG)
    ingest(tablet.log, [operation(11, "check_in.recorded", **odd)])
    kept = [json.loads(body) for (body,) in fetch("SELECT body FROM operation WHERE seq IN (10, 11) ORDER BY seq")]
    assert kept[0]["data"] == kept[1]["data"] and "王小芳" not in everything()


def test_what_a_hand_over_brings_late_is_forgotten_too(fair, tablet, morning, operation):
    forget_now(fair, WANG)
    late = Tablet.enlist(fair.kitchen, "C")
    box = sealed(late, [operation(1, "candidate.registered", id=AGAIN, phone="13812345678", **DATA)])
    for _ in range(2):
        receive(fair.day, box, "file", "chen")
    receive(fair.day, sealed(tablet, morning), "file", "chen")

    assert not left_of(PERSONAL)
    assert figures(fair.day)["persons"] == 1


def test_one_who_comes_again_afterwards_is_somebody_new(fair, tablet, morning, operation):
    forget_now(fair, WANG)
    later = operation(10, "candidate.registered", id=AGAIN, at="2199-02-24T09:00:00+08:00", phone="13812345678", **DATA)
    ingest(tablet.log, [later])

    assert Candidate.get_by_id(AGAIN).name == "王小芳"


def test_people_who_were_one_stay_one_by_a_link_that_says_nothing(fair, tablet, operation):
    facts = [
        operation(seq, "candidate.registered", id=id, phone="13812345678", **DATA)
        for seq, id in enumerate((WANG, AGAIN), start=1)
    ]
    ingest(tablet.log, facts)
    gone = forget_now(fair, AGAIN, cause=PERIOD)
    links = {candidate.identity for candidate in Candidate.select()}

    assert gone.candidates == {WANG, AGAIN}
    assert figures(fair.day)["registered"] == 1
    assert len(links) == 1
    assert not links & {key.key for key in ForgottenKey.select()}


def test_a_decision_stands_without_its_words(fair, tablet, operation):
    wrong = operation(1, "candidate.registered", id=WANG, phone="13812345678", **DATA | {"birth_year": "1983"})
    ingest(tablet.log, [wrong])
    settle((tablet.id, 1), "corrected", "chen", DATA | {"phone": "13812345678"}, "王小芳 said so")
    before = figures(fair.day)["groups"]
    forget_now(fair, WANG)

    assert not left_of(PERSONAL)
    assert Settlement.get().act == "corrected"
    with writing():
        replay([(tablet.id, 1)])
    assert figures(fair.day)["groups"] == before
    assert ingest(tablet.log, [wrong]).results == [(1, "duplicate", None)]


def test_of_somebody_who_is_gone_nothing_waits_for_a_decision(fair, tablet, morning, operation):
    ingest(tablet.log, [
        operation(10, "candidate.amended", id=WANG, based_on=1, trades=["welder"]),
        operation(11, "candidate.amended", id=WANG, based_on=1, contact="no box"),
    ])  # fmt: skip
    waiting = {remark.reason for remark in Remark.select()}
    forget_now(fair, WANG)

    assert waiting >= {"parallel_edit", "contact_unreadable"}
    assert not {remark.reason for remark in Remark.select()} & {"parallel_edit", "contact_unreadable"}


def test_after_the_ledgers_time_the_surname_goes_too(fair, tablet, morning):
    forget_now(fair, WANG)
    with writing():
        forget_surnames([WANG])
        replay([(tablet.id, 1)])

    assert Candidate.get_by_id(WANG).name == "某"
    assert "王" not in everything()
    assert ingest(tablet.log, morning).results[0] == (1, "duplicate", None)
