"""Called numbers: who is called where and for how long, whom a booth may call, and what a phone is told of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from models.derived.calling import LASTS, Called, called
from models.intake.ingest import ingest, record
from models.kiosk.record import changes_for
from models.log.settlement import SET_ASIDE
from models.phone.own_page import OwnPage
from models.phone.own_queue import places_of
from models.quarantine.decide import settle
from models.schema import Operation, Tablet

NINE = datetime(2026, 2, 24, 1, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NINE + timedelta(minutes=count)


@pytest.fixture
def kitchen(fair):
    return Tablet.enlist(fair.kitchen, "A")


@pytest.fixture
def queue(fair, operation, kitchen) -> list[str]:
    """Three people tied at the kitchen's booth from nine on, a minute apart: their check-ins. Two carry cards."""
    ids = [str(uuid4()) for _ in range(3)]
    people = [{"pass_": fair.passes[0]}, {"pass_": fair.passes[1]}, {"candidate": str(uuid4())}]
    facts = [operation(1, "candidate.registered", id=people[2]["candidate"], name="王师傅", birth_year=1980)]
    for number, (id, who) in enumerate(zip(ids, people, strict=True)):
        at = minutes(number).isoformat()
        facts.append(operation(number + 2, "check_in.recorded", id=id, at=at, vacancy=fair.cook.number, **who))
    ingest(kitchen.log, facts)
    return ids


def calling(operation, seq: int, scan: str, at: datetime, how: str = "") -> dict:
    data = {"check_in": scan} | ({"how": how} if how else {})
    return operation(seq, "calling.ended" if how else "calling.made", at=at.isoformat(), **data)


def shown(fair, at: datetime) -> list[tuple[int, str]]:
    return [(one.booth, one.number) for one in called(fair.day.id, at)]


def test_a_number_is_called_for_some_minutes_again_when_asked_and_not_once_it_ended(fair, operation, kitchen, queue):
    first, second, nameless = queue
    ingest(kitchen.log, [calling(operation, 5, first, minutes(10)), calling(operation, 6, nameless, minutes(10.5)),
                         calling(operation, 7, second, minutes(11))])  # fmt: skip
    assert shown(fair, minutes(9.9)) == []
    two = [(2, fair.passes[1]), (2, fair.passes[0])]
    assert shown(fair, minutes(11)) == two  # nobody can be named who carries no pass
    assert shown(fair, minutes(10) + LASTS) == two[:1] and shown(fair, minutes(11) + LASTS) == []
    assert called(fair.day.id, minutes(11))[0].short == (fair.passes[1][3:6], fair.passes[1][6:])

    ingest(kitchen.log, [calling(operation, 8, first, minutes(17)),
                         calling(operation, 9, second, minutes(17), "no_show")])  # fmt: skip
    assert shown(fair, minutes(18)) == [(2, fair.passes[0])]
    ingest(kitchen.log, [operation(10, "check_in.progressed", at=minutes(18).isoformat(), check_in=first,
                                   stage="interviewed")])  # fmt: skip
    assert shown(fair, minutes(18)) == []
    settle((kitchen.log.id, 10), SET_ASIDE, "chen")
    assert shown(fair, minutes(18)) == [(2, fair.passes[0])]


def test_a_booth_calls_whom_it_may_move_and_cannot_fill_the_board(fair, operation, kitchen, queue):
    other, second = Tablet.enlist(fair.clothing, "B"), Tablet.enlist(fair.kitchen, "C")
    ingest(other.log, [calling(operation, 1, queue[0], minutes(10)), calling(operation, 2, str(uuid4()), minutes(10))])
    reasons = [one.reason for one in Operation.select().where(Operation.log == other.log).order_by(Operation.seq)]
    assert reasons == ["check_in_other_booth", "check_in_unknown"] and shown(fair, minutes(11)) == []

    many = [str(uuid4()) for _ in range(6)]
    ties = [operation(seq, "check_in.recorded", id=id, pass_=fair.passes[10 + seq], vacancy=fair.sewing.number)
            for seq, id in enumerate(many, start=3)]  # fmt: skip
    calls = [calling(operation, seq, id, minutes(10 + seq / 10)) for seq, id in enumerate(many, start=9)]
    ingest(other.log, ties + calls)
    ingest(kitchen.log, [calling(operation, 5, queue[0], minutes(10))])
    booths = [booth for booth, _ in shown(fair, minutes(13))]
    assert booths == [1, 1, 1, 2]

    # The booth's other tablet hears of it, the booth next door does not.
    told = [{key for one in changes_for(tablet, 0)[0] if one["kind"] == "calling" for key in [one["id"]]}
            for tablet in (second, other)]  # fmt: skip
    assert told == [{queue[0]}, set()]


def test_a_phone_is_told_about_how_many_are_before_it_and_that_it_is_called(fair, operation, kitchen, queue):
    me = str(uuid4())
    at = minutes(5).isoformat()
    record(fair.day, [operation(0, "candidate.registered", id=me, name="何姐", birth_year=1982, at=at),
                      operation(0, "check_in.recorded", at=at, candidate=me, vacancy=fair.cook.number)])  # fmt: skip
    page = OwnPage(me, me, "何姐", 1982, fair.county.id, None, "八塘镇", fair.day.id)

    def told(at: datetime) -> list[tuple]:
        return [(one.booth, one.before, one.is_called) for one in places_of(page, page.check_ins(), at)]

    assert told(minutes(6)) == [(2, 3, False)]
    ingest(kitchen.log, [operation(5, "check_in.progressed", check_in=queue[0], stage="interviewed"),
                         operation(6, "check_in.withdrawn", check_in=queue[1]),
                         calling(operation, 7, page.check_ins()[0].scan, minutes(20))])  # fmt: skip
    assert told(minutes(21)) == [(2, 1, True)] and told(minutes(40)) == [(2, 1, False)]
    assert told(minutes(60 * 12)) == [] and told(minutes(-60 * 24)) == []
    assert shown(fair, minutes(21)) == []  # they carry no pass; only their own page says it


def test_what_is_called_names_nobody():
    assert Called._fields == ("booth", "number", "at")
