"""The way of one person from tied to hired, with its times, and who waits where: in the office and at the tablets."""

from datetime import datetime
from uuid import uuid4

from models.desk.person import Person
from models.desk.record import ties_of
from models.figures.queue import Queue, queues_of
from models.intake.ingest import ingest, record
from models.kiosk.record import changes_for
from models.kiosk.vacancy_record import draw_vacancies
from models.schema import Tablet


def at(clock: str) -> str:
    return f"2026-02-24T{clock}:00+08:00"


def test_the_times_of_a_check_in_are_the_same_everywhere_and_the_queues_follow(fair, operation):
    kitchen, desk = Tablet.enlist(fair.kitchen, "A"), Tablet.enlist(fair.desk, "B")
    wang, luo, he, tie = (str(uuid4()) for _ in range(4))

    def recorded(seq, who, clock, id=None):
        data = {"candidate": who, "vacancy": fair.cook.number}
        return operation(seq, "check_in.recorded", id=id or str(uuid4()), at=at(clock), **data)

    people = [operation(seq, "candidate.registered", id=who, name="王师傅", birth_year=1970 + seq, at=at("09:00"))
              for seq, who in enumerate((wang, luo), start=1)]  # fmt: skip
    ingest(desk.log, [*people, recorded(3, wang, "09:10", tie), recorded(4, luo, "09:12")])
    ingest(kitchen.log, [recorded(1, luo, "09:15")])
    early = {"name": "何姐", "birth_year": 1982}
    record(fair.day, [operation(0, "candidate.registered", id=he, at="2026-02-23T20:00:00+08:00", **early),
                      operation(0, "check_in.recorded", at="2026-02-23T20:01:00+08:00", candidate=he,
                                vacancy=fair.cook.number)])  # fmt: skip
    assert queues_of(fair.day) == {fair.kitchen.number: Queue(waiting=1, coming=2)}

    moves = [("introduced", "09:13"), ("interviewed", "09:20"), ("agreed", "09:31"), ("hired", "09:40")]
    ingest(desk.log, [operation(5, "check_in.progressed", at=at("09:13"), check_in=tie, stage="introduced")])
    ingest(kitchen.log, [operation(seq, "check_in.progressed", at=at(clock), check_in=tie, stage=stage)
                         for seq, (stage, clock) in enumerate(moves[1:], start=2)])  # fmt: skip

    (seen,) = ties_of(Person.find(fair.county, wang, None))
    wanted = [("interested", "09:10"), *moves]
    assert seen.times == [(stage, datetime.fromisoformat(at(clock))) for stage, clock in wanted]
    for tablet in (kitchen, desk):
        told = {one["id"]: one["data"] for one in changes_for(tablet, 0, own=True)[0] if one["kind"] == "check_in"}
        assert list(told[tie]["times"]) == [stage for stage, _ in wanted] and "times" not in told[other(told, tie)]
    assert queues_of(fair.day) == {fair.kitchen.number: Queue(waiting=1, coming=1)}

    # One place, and a second hire: not refused, and the booth reads by how many.
    assert "over" not in draw_vacancies(kitchen, [fair.cook.number])[fair.cook.number]
    luos = other(told, tie)
    ingest(kitchen.log, [operation(5, "check_in.progressed", at=at("10:00"), check_in=luos, stage="hired")])
    known = draw_vacancies(kitchen, [fair.cook.number])[fair.cook.number]
    assert (known["remaining"], known["over"]) == (0, 1)


def other(told: dict, tie: str) -> str:
    return next(key for key, data in told.items() if key != tie and data["tablet"] != "web")
