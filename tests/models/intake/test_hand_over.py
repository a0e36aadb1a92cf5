"""Hand-overs: whatever came before, comes twice or is missing, every fact is kept and counts once."""

import gzip
import json
from functools import partial
from uuid import uuid4

import pytest

from models.base.clock import utcnow
from models.figures.summary import figures
from models.intake import hand_over as hand_over_module
from models.intake.hand_over import LARGEST, NoBox, TooManyBoxes, accept, apply, receive, set_aside
from models.intake.ingest import SharedIdentity, ingest
from models.keys.seal import SealKey, text_of
from models.market.log import PHONES, RESCUED
from models.schema import AuditEntry, Booth, Candidate, CheckIn, HandOver, Log, MarketDay, Operation, Tablet, Tally
from tests.sealing import packed, sealed, secret_of


@pytest.fixture
def tablet(fair):
    Booth.update(expects_tablet=False).where(Booth.id != fair.desk.id).execute()  # no other has one
    return Tablet.enlist(fair.desk, letter="A")


@pytest.fixture
def morning(fair, operation):
    """A desk's morning: leaflets, a registration with a sealed contact, and ties."""
    contact = SealKey.current(fair.county).seal(json.dumps({"phone": "13800000000"}).encode())
    leaflets = [operation(seq, "tally.counted", topic="leaflet", count=1) for seq in range(1, 5)]
    person = operation(
        5, "candidate.registered", name="王师傅", birth_year=1970, contact=text_of(contact),
        pass_=fair.passes[0],
    )  # fmt: skip
    ties = [
        operation(seq, "check_in.recorded", pass_=fair.passes[seq], vacancy=fair.sewing.number, channel="card")
        for seq in range(6, 11)
    ]
    return [*leaflets, person, *ties]


@pytest.fixture
def pack(tablet):
    """Return a function that seals facts as the tablet does; a key or changes spoil the box."""
    return partial(sealed, tablet)


@pytest.fixture
def hand_in(fair):
    return lambda box, day=None: receive(day or fair.day, box, "file", "chen")


def seqs(tablet: Tablet) -> list[int]:
    return [op.seq for op in Operation.select().where(Operation.log == tablet.id).order_by(Operation.seq)]


def test_a_box_with_the_whole_morning_counts_as_if_the_tablet_had_sent_it(fair, tablet, morning, pack, hand_in):
    Tablet.update(unsent=10, last_contact_at=utcnow()).where(Tablet.id == tablet.id).execute()

    received = hand_in(pack(morning))

    hand_over = received.hand_over
    assert (received.new, hand_over.facts, hand_over.reason) == (10, 10, None)
    assert seqs(tablet) == list(range(1, 11))
    shown = figures(fair.day)
    assert (shown["tallies"], shown["check_ins"], shown["registered"]) == ({"leaflet": 4}, 5, 1)
    assert (shown["complete"], shown["tablets"][0]["unsent"]) == (True, 0)
    assert Candidate.get().phone == "13800000000"


def test_any_number_of_boxes_with_the_same_facts_change_nothing(fair, tablet, morning, pack, hand_in):
    first = pack(morning)
    hand_in(first)
    before = figures(fair.day, now=utcnow())

    for box in (first, pack(morning), pack(morning[4:]), pack(morning[::-1]), pack(morning + morning)):
        assert hand_in(box).new == 0

    after = figures(fair.day, now=utcnow())
    assert before | {"as_of": ""} == after | {"as_of": ""} | {"tablets": before["tablets"]}
    assert HandOver.select().count() == 5
    assert Log.select().count() == 1


def test_a_box_and_the_tablets_own_sync_in_any_order(fair, tablet, morning, pack, hand_in):
    ingest(tablet.log, morning[:4])
    assert hand_in(pack(morning[2:])).new == 6
    receipt = ingest(tablet.log, morning[3:], unsent=7)

    assert receipt.acknowledged == 10
    assert {outcome for _, outcome, _ in receipt.results} == {"duplicate"}
    assert CheckIn.select().count() == 5


def test_a_revoked_tablets_facts_come_in(fair, tablet, morning, pack, hand_in):
    ingest(tablet.log, morning[:1], unsent=10)
    tablet.revoke()

    hand_in(pack(morning))

    assert figures(fair.day)["tablets"][0] | {"last_contact": ""} == {
        "tablet": "A", "booth": 3, "acknowledged": 10, "unsent": 0, "lost": 0, "complete": True,
        "written_off": "", "last_contact": "",
    }  # fmt: skip


def test_more_than_a_batch_comes_in(fair, tablet, operation, pack, hand_in):
    facts = [operation(seq, "tally.counted", topic="leaflet", count=1) for seq in range(1, 1_203)]

    assert hand_in(pack(facts)).new == 1_202
    assert Tally.select(Tally.count).scalar() == 1_202


def test_what_has_a_gap_before_it_is_kept_apart_and_counted_once(fair, tablet, morning, pack, hand_in):
    ingest(tablet.log, morning[:2], unsent=2)  # what the server has lost since, or never had, is 3 to 5

    for box in (pack(morning[5:]), pack(morning[5:]), pack(morning[4:])):
        received = hand_in(box)

    assert received.hand_over.reason == "gap"
    log = Log.get(rescued_from=tablet.id)
    assert seqs(tablet) == [1, 2] and seqs(log) == [1, 2, 3, 4, 5, 6]
    assert (log.letter, log.booth, log.kind) == ("B", fair.desk, RESCUED)
    assert not Tablet.select().where(Tablet.log == log).exists()
    assert CheckIn.select().count() == 5
    shown = figures(fair.day)
    assert [(row["tablet"], row["unsent"]) for row in shown["tablets"]] == [("A", 2)]  # 3 and 4 are missing
    assert not shown["complete"]

    ingest(tablet.log, morning[2:], unsent=8)

    again = figures(fair.day)
    assert (again["complete"], again["check_ins"], again["tallies"]) == (True, 5, {"leaflet": 4})
    assert again["registered"] == 1


def test_other_content_under_the_same_seq_is_kept_apart(fair, tablet, morning, operation, pack, hand_in):
    ingest(tablet.log, morning[:4])
    theirs = operation(4, "tally.counted", topic="leaflet", count=7)
    with pytest.raises(SharedIdentity):
        ingest(tablet.log, [theirs])

    received = hand_in(pack([*morning[:3], theirs, *morning[4:]]))

    assert (received.hand_over.reason, received.new) == ("shared_identity", 7)
    assert seqs(tablet) == list(range(1, 11))
    assert figures(fair.day)["tallies"] == {"leaflet": 11}
    assert figures(fair.day)["complete"]


def test_a_box_for_no_key_of_the_county_is_kept_and_can_be_tried_again(fair, tablet, morning, pack, hand_in):
    key = SealKey.make(fair.elsewhere)
    received = hand_in(pack(morning, key))
    assert (received.hand_over.reason, received.hand_over.is_applied) == ("unreadable", False)
    assert not Operation.select().exists()

    SealKey.update(county=fair.county).where(SealKey.id == key.id).execute()
    again = apply(HandOver.get(), "chen")

    assert (again.new, HandOver.get().reason, HandOver.get().facts) == (10, None, 10)


def test_another_county_cannot_import(fair, tablet, morning, pack):
    box = pack(morning)

    theirs = receive(fair.other_day, box, "file", "neighbour").hand_over
    assert (theirs.reason, Operation.select().count()) == ("unreadable", 0)

    ours = receive(fair.day, box, "file", "chen")  # and has not spoilt it for the county that can
    assert (ours.new, HandOver.select().count()) == (10, 2)


@pytest.mark.parametrize(
    "changes", [{"tablet": "B"}, {"tablet": "web"}, {"market_day": 2**31 - 1}, {"market_day": "elsewhere"}]
)
def test_facts_of_a_tablet_nobody_knows_are_kept(fair, tablet, morning, pack, hand_in, changes):
    Log.of(fair.day, PHONES)
    if changes == {"market_day": "elsewhere"}:
        changes = {"market_day": fair.other_day.id}
    received = hand_in(pack(morning, **changes))

    assert (received.hand_over.reason, received.hand_over.market_day) == ("unknown_tablet", fair.day)
    assert not Operation.select().exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2}, {"version": None}, {"tablet": None}, {"tablet": "A\0"}, {"tablet": "一"}, {"tablet": 7},
        {"market_day": True}, {"market_day": 2**40}, {"market_day": "1"}, {"operations": {}}, {"operations": [1]},
        {"operations": [{}]}, {"operations": [{"seq": 0}]}, {"operations": [{"seq": True}]},
        {"operations": [{"seq": 2**31}]}, {"operations": float("nan")},
    ],
)  # fmt: skip
def test_a_box_with_something_else_in_it_is_unreadable(tablet, morning, pack, hand_in, changes):
    assert hand_in(pack(morning, **changes)).hand_over.reason == "unreadable"


NO_PACKS = {
    "nothing": b"", "json": b"{}", "deep": b"[" * 100_000, "more": gzip.compress(b"[]") + b"x", "head": b"\x1f\x8b\x08",
}  # fmt: skip


@pytest.mark.parametrize("plain", NO_PACKS)
def test_a_box_with_no_pack_in_it_is_unreadable(fair, tablet, hand_in, plain):
    for content in (NO_PACKS[plain], gzip.compress(NO_PACKS[plain])):
        assert hand_in(SealKey.current(fair.county).seal(content)).hand_over.reason == "unreadable"


def test_a_bomb_is_not_unpacked(fair, hand_in):
    bomb = gzip.compress(b" " * 200_000_000, 9)
    assert len(bomb) < LARGEST

    assert hand_in(SealKey.current(fair.county).seal(bomb)).hand_over.reason == "unreadable"


NO_BOXES = {
    "nothing": b"", "short": b"\x01", "newer": b"\x02" + b"x" * 200, "zip": b"PK\x03\x04" + b"x" * 200,
    "large": b"\x01" * (LARGEST + 1),
}  # fmt: skip


@pytest.mark.parametrize("box", NO_BOXES)
def test_what_is_no_box_is_not_kept(fair, hand_in, box):
    with pytest.raises(NoBox):
        hand_in(NO_BOXES[box])
    assert not HandOver.select().exists()


def test_a_malformed_fact_in_a_box_is_quarantined_and_the_others_come_in(fair, tablet, morning, pack, hand_in):
    spoilt = morning[:2] + [{"seq": 3, "kind": 7}] + morning[3:]

    assert hand_in(pack(spoilt)).new == 10
    assert figures(fair.day)["refused"] == 1
    assert AuditEntry.get(action="hand_over_received").what.endswith("tablet A, 10 facts, 10 new, 1 refused")


def test_a_box_is_kept_even_if_applying_it_fails(fair, tablet, morning, pack, hand_in, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patched:
        patched.setattr(hand_over_module, "take", fail)
        with pytest.raises(RuntimeError):
            hand_in(pack(morning))
    kept = HandOver.get()
    assert (kept.is_applied, kept.reason) == (False, None)

    assert apply(kept, "chen").new == 10


def test_a_box_of_another_market_day_goes_where_its_facts_belong(fair, tablet, morning, pack, hand_in):
    later = MarketDay.create(county=fair.county, town=fair.town, date="2026-02-27")

    received = hand_in(pack(morning), later)

    assert received.hand_over.market_day == fair.day
    assert seqs(tablet) == list(range(1, 11))


def test_what_is_left_on_the_tablet_after_an_older_hand_over_is_still_known(fair, tablet, morning, pack, hand_in):
    ingest(tablet.log, morning[:2], unsent=10)  # it said that it holds eight more

    hand_in(pack(morning[2:7]))

    assert figures(fair.day)["tablets"][0]["unsent"] == 3


def forged(fair, tablet, operations, by=None) -> bytes:
    """Return a box in the tablet's name that it did not make: sealed by anybody, or with another tablet's MAC."""
    if by:
        return sealed(tablet, operations, by=by)
    secret_of(tablet)
    return SealKey.current(fair.county).seal(packed(tablet, operations))


@pytest.mark.parametrize("by_neighbour", [True, False], ids=["neighbour", "nobody"])
def test_forged_facts_wait_and_the_victim_goes_on(fair, tablet, morning, hand_in, by_neighbour):
    neighbour = Tablet.enlist(fair.kitchen, letter="B") if by_neighbour else None
    before = figures(fair.day, now=utcnow())

    box = forged(fair, tablet, morning, neighbour)
    received = receive(fair.day, box, "tablet", "tablet:B", neighbour and neighbour.log)

    assert (received.hand_over.reason, received.hand_over.facts, received.new) == ("unproven", None, 0)
    assert received.hand_over.log.id == tablet.id and received.hand_over.waits
    assert figures(fair.day, now=utcnow()) | {"as_of": ""} == before | {"as_of": ""}
    own = [{**raw, "id": str(uuid4())} for raw in morning]
    assert ingest(tablet.log, own).acknowledged == 10
    assert ("brought by tablet B of market day" in AuditEntry.get().what) is by_neighbour


def test_an_organiser_accepts_a_box_of_an_older_release(fair, tablet, morning, hand_in):
    box = forged(fair, tablet, morning)
    waiting = hand_in(box).hand_over
    assert hand_in(box).new == 0  # it may come again, and waits all the same

    received = accept(waiting, "chen")

    assert (received.new, received.hand_over.reason, received.hand_over.accepted_by) == (10, None, "chen")
    assert figures(fair.day)["check_ins"] == 5
    assert hand_in(box).hand_over.is_applied


def test_a_box_that_was_set_aside_stays_so_when_it_comes_again(fair, tablet, morning, hand_in):
    box = forged(fair, tablet, morning)
    set_aside(hand_in(box).hand_over, "chen")

    again = hand_in(box).hand_over

    assert (again.reason, again.is_applied, again.waits) == ("set_aside", False, False)
    assert not Operation.select().exists()
    assert [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)][1] == "hand_over_set_aside"


def test_a_tablet_brings_only_so_many_bytes(fair, tablet, morning, pack, monkeypatch):
    first, second = pack(morning[:5]), pack(morning)
    monkeypatch.setattr(hand_over_module, "QUOTA", len(first) + 10)
    receive(fair.day, first, "tablet", "tablet:A", tablet.log)

    with pytest.raises(TooManyBoxes):
        receive(fair.day, second, "tablet", "tablet:A", tablet.log)

    assert HandOver.select().count() == 1
    receive(fair.day, first, "tablet", "tablet:A", tablet.log)  # what is here already may come again
    assert receive(fair.day, second, "file", "chen").new == 5  # the office brings what it likes
