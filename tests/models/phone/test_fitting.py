"""What fits somebody on a market day: vacancies as posters say them, read as matching knows them."""

import datetime

import pytest

from models.matching.wish import Wish
from models.phone.fitting import fitting, post_of
from models.phone.notice import day_notice, vacancies_of_day


@pytest.fixture
def offered(fair):
    """Return a function that gives the sewing vacancy with fields changed, and the market day."""
    day = day_notice(fair.day.id)
    (sewing,) = (one for one in vacancies_of_day(fair.day.id) if one.number == fair.sewing.number)
    return lambda **changed: post_of(sewing._replace(**changed), day)


@pytest.mark.parametrize(
    ("benefits", "lodging", "board"),
    [("五险,包吃住", True, True), ("包住,工作餐", True, True), ("包午餐", False, True), ("五险,班车接送", False, False),
     ("不包吃住", False, False), ("住宿自理,餐补", False, True), ("", False, False), ("夫妻房,提供宿舍", True, False)],
)  # fmt: skip
def test_lodging_and_meals_are_read_from_the_benefits(offered, benefits, lodging, board):
    post = offered(benefits=benefits)
    assert (post.lodging, post.board) == (lodging, board)


def test_a_vacancy_is_what_its_poster_says(offered):
    day = datetime.date(2026, 1, 1)
    said = {"suits": "older,disabled", "starts": "随时到岗", "shift": "night"}
    post = offered(closed=True, valid_until=day, adults_only=True, **said)
    assert post.closed and post.expired and post.suits_older and post.starts_now and post.adults_only
    assert (post.shift, post.employer) == ("night", "山城制衣厂")
    assert not offered(valid_until=None).expired and not offered(starts="年后").starts_now
    assert offered(true_employer="真厂").employer == "真厂"  # an agency's vacancies are spread over the true ones


def test_what_somebody_is_tied_to_is_not_recommended_and_what_is_left_out_is_counted(fair):
    day = day_notice(fair.day.id)
    found = fitting(Wish(age=40, trades=("sewing",)), day, "somebody")
    assert found.fits[0].vacancy.number == fair.sewing.number
    without = fitting(Wish(age=40, trades=("sewing",)), day, "somebody", {fair.sewing.number})
    assert fair.sewing.number not in [fit.vacancy.number for fit in without.fits]
    child = fitting(Wish(age=15), day, "somebody")
    assert child.fits == [] and set(child.left_out) == {"too_young"}
    assert sum(child.left_out.values()) == len(vacancies_of_day(day.id))
