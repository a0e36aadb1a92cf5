"""Sign-ups for programmes: once a person, in order, beyond the seats on the waiting list, and within the county."""

from datetime import date
from uuid import uuid4

import pytest

from models.derived.sign_up import seats_of
from models.intake.ingest import ingest, record
from models.kiosk.programme_record import draw_programmes, keep_programme, programmes_for
from models.kiosk.record import changes_for
from models.log.settlement import ACCEPTED, SET_ASIDE
from models.market.programme import Programme
from models.quarantine.decide import settle
from models.schema import Operation, Tablet


@pytest.fixture
def trip(fair) -> Programme:
    return programme(fair.county, seats=1)


def programme(county, **more) -> Programme:
    made = Programme(county=county, kind="trip", title="去广东", begins_on=date(2026, 2, 26), clock="08:30",
                     place="汽车站", contact="周队长", phone="13800000000", **({"seats": 2} | more))  # fmt: skip
    keep_programme(made)
    return made


def outcomes(log) -> list[str | None]:
    return [one.reason for one in Operation.select().where(Operation.log == log).order_by(Operation.seq)]


def test_seats_go_in_order_each_person_once_and_the_latest_waits(fair, operation, trip):
    desk, kitchen = Tablet.enlist(fair.desk, "A"), Tablet.enlist(fair.kitchen, "B")
    who = str(uuid4())

    def made(seq: int, clock: str, **named: str) -> dict:
        return operation(seq, "sign_up.made", at=f"2026-02-24T{clock}:00+08:00", programme=trip.id, **named)

    known = operation(1, "candidate.registered", id=who, name="王师傅", birth_year=1980, pass_=fair.passes[1])
    ingest(desk.log, [known, made(2, "09:10", pass_=fair.passes[0]), made(3, "09:20", candidate=who)])
    ingest(kitchen.log, [made(1, "09:05", pass_=fair.passes[1]), made(2, "09:30", pass_=fair.passes[2])])
    seats = seats_of([trip.id])[trip.id]
    assert [(seat.place, seat.person == who) for seat in seats] == [(1, True), (2, False), (3, False)]
    assert len(seats[0].facts) == 2

    told = draw_programmes(desk, [str(trip.id)])[str(trip.id)]
    assert (told["seats"], told["taken"]) == (1, 3) and who not in repr(told) and fair.passes[0] not in repr(told)
    assert ("programme", str(trip.id)) in {(one["kind"], one["id"]) for one in changes_for(desk, 0)[0]}
    assert draw_programmes(kitchen, [str(trip.id)]) == programmes_for(kitchen) == {}  # only desks sign people up

    came = {"candidate": who, "programme": trip.id, "outcome": "came"}
    ingest(desk.log, [operation(4, "sign_up.progressed", at="2026-02-24T10:00:00+08:00", **came)])
    assert seats_of([trip.id])[trip.id][0].outcome == "came"
    gone = {"programme": trip.id, "sign_up": seats[1].facts[0]}
    ingest(kitchen.log, [operation(3, "sign_up.withdrawn", pass_=fair.passes[2], **gone)])
    assert len(seats_of([trip.id])[trip.id]) == 3  # not theirs to take back
    record(fair.day, [operation(0, "sign_up.withdrawn", pass_=fair.passes[0], **gone)])
    assert [seat.node for seat in seats_of([trip.id])[trip.id]] == [fair.passes[1], fair.passes[2]]
    settle((kitchen.log.id, 2), SET_ASIDE, "chen")
    assert len(seats_of([trip.id])[trip.id]) == 1


def test_a_programme_of_another_county_or_day_takes_nobody(fair, operation, trip):
    desk = Tablet.enlist(fair.desk, "A")
    theirs, other_day = programme(fair.elsewhere), programme(fair.county, market_day=fair.day)
    Programme.update(market_day=fair.other_day.id).where(Programme.id == other_day.id).execute()
    wanted = [theirs.id, 999_999, other_day.id, trip.id]
    ingest(desk.log, [operation(seq, "sign_up.made", pass_=fair.passes[0], programme=number)
                      for seq, number in enumerate(wanted, start=1)])  # fmt: skip
    reasons = ["programme_unknown", "programme_unknown", "programme_other_day", None]
    assert outcomes(desk.log) == reasons
    for seq in (1, 3):
        settle((desk.log.id, seq), ACCEPTED, "chen")
    assert outcomes(desk.log) == ["programme_unknown", "programme_unknown", "accepted", None]
    assert [len(seats) for seats in seats_of(wanted).values()] == [1, 0, 1, 0]
    assert {one["title"] for one in programmes_for(desk).values()} == {"去广东"} and len(programmes_for(desk)) == 1
