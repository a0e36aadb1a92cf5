"""What the live page shows is the summary's, in another order."""

from datetime import datetime, timedelta

import pytest

from models.figures import live
from models.figures.summary import figures


def at(day, clock: str, days: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day.date + timedelta(days=days)}T{clock}:00+08:00")


@pytest.mark.parametrize(
    ("clock", "days", "complete", "phase"),
    [
        ("09:00", -1, True, "ahead"),
        ("07:59", 0, False, "early"),
        ("08:00", 0, True, "open"),
        ("11:59", 0, True, "open"),
        ("12:00", 0, False, "closing"),
        ("12:00", 0, True, "over"),
        ("23:59", 0, False, "closing"),
        ("00:00", 1, False, "over"),
    ],
)
def test_a_day_is_over_when_it_closed_and_everything_is_there_or_at_midnight(fair, clock, days, complete, phase):
    assert live.phase(fair.day, at(fair.day, clock, days), complete) == phase


@pytest.fixture
def busy(fair, enrol, operation):
    """Three tied to the clothing factory, early, in time and late, of whom one was hired; one to the restaurant."""
    times = ("06:30", "09:10", "12:05")
    scans = [
        operation(
            n, "check_in.recorded", at=f"2026-02-24T{time}:00+08:00",
            pass_=fair.passes[n], vacancy=fair.sewing.number,
        )
        for n, time in enumerate(times, start=1)
    ]  # fmt: skip
    enrol(fair.clothing).sync(
        *scans,
        operation(4, "check_in.progressed", check_in=scans[0]["id"], stage="hired", place="town"),
        operation(5, "check_in.progressed", check_in=scans[1]["id"], stage="introduced"),
    )
    enrol(fair.kitchen).sync(
        operation(
            1, "check_in.recorded", at="2026-02-24T09:20:00+08:00", pass_=fair.passes[9], vacancy=fair.cook.number
        )
    )
    return figures(fair.day)


def test_each_step_holds_those_that_went_further(busy):
    assert [(step.stage, step.persons, step.reached, step.share) for step in live.steps(busy)] == [
        ("interested", 4, 4, 100), ("introduced", 2, 2, 50), ("interviewed", 1, 1, 25),
        ("agreed", 1, 1, 25), ("hired", 1, 1, 25), ("started", 0, 0, 0),
    ]  # fmt: skip


def test_every_hour_of_the_market_is_there_and_those_around_it_that_had_any(busy, fair):
    assert [(row["hour"], row["check_ins"]) for row in live.hours(busy, fair.day)] == [
        (6, 1), (7, 0), (8, 0), (9, 2), (10, 0), (11, 0), (12, 1),
    ]  # fmt: skip


def test_hours_before_anything_happened_are_the_market_s(fair):
    fair.day.opens_at, fair.day.closes_at = "07:30", "12:30"

    assert [row["hour"] for row in live.hours(figures(fair.day), fair.day)] == [7, 8, 9, 10, 11, 12]
    assert [step.share for step in live.steps(figures(fair.day))] == [0] * 6


def test_booths_side_by_side_add_up_to_the_whole(busy):
    rows = live.side_by_side(busy)

    assert [(row["booth"], row["check_ins"], row["hired"]) for row in rows] == [(1, 3, 1), (2, 1, 0), (3, 0, 0)]
    assert sum(row["hired"] for row in rows) == busy["reached"]["hired"]
