"""Rounds of asking after a market day."""

from datetime import date, timedelta

import pytest

from models.figures.breakdown import local_share
from models.follow_up.round import DONE, DUE, LATER, Asked, round_of

DAY = date(2026, 2, 24)


def after(days: int) -> date:
    return DAY + timedelta(days)


def asked(days: int, result: str, again: int | None = None) -> Asked:
    return Asked(after(days), result, after(again) if again else None)


@pytest.mark.parametrize(("today", "attempts", "expected"), [
    (3, [], (7, LATER, 7)),
    (7, [], (7, DUE, 7)),
    (8, [asked(7, "no_answer")], (7, DUE, 7)),
    (8, [asked(7, "no_answer", 12)], (7, LATER, 12)),
    (12, [asked(7, "later", 12)], (7, DUE, 12)),
    (12, [asked(3, "reached")], (7, DONE, 7)),
    (29, [asked(8, "reached")], (7, DONE, 7)),
    (30, [asked(8, "reached")], (30, DUE, 30)),
    (31, [asked(8, "reached"), asked(30, "reached")], (30, DONE, 30)),
    (95, [asked(8, "reached"), asked(30, "no_answer", 99)], (90, DUE, 90)),
    (95, [asked(8, "refused")], (90, DONE, 90)),
    (95, [asked(8, "wrong_number")], (90, DONE, 90)),
])  # fmt: skip
def test_which_round_is_due(today, attempts, expected):
    days, state, on = round_of(DAY, after(today), attempts)
    assert (days, state, on) == (expected[0], expected[1], after(expected[2]))


def test_local_share_is_the_bureaus():
    assert local_share({"town": 1_491, "county": 3_000, "city": 1_000, "outside": 2_459}) == 69.1
