"""Fitting: the vacancies of a market day that fit somebody, with grounds, and what was left out and why.

How often a vacancy was recommended is not written down; how many are tied to it on the day stands for it, so that a
list spreads people over employers, and asking twice changes nothing (docs/matching.md).
"""

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from models.base.lists import listed
from models.derived.count import check_ins_by_vacancy
from models.matching.gate import obstacles
from models.matching.poster import has_lodging, has_meals, starts_at_once
from models.matching.recommend import Market, Recommendation, listed_apart, recommend
from models.matching.wish import Post, Wish
from models.phone.board import OLDER, distance
from models.phone.notice import DayNotice, VacancyNotice, vacancies_of_day
from models.phone.wishes import Wishes

MARKETS = 4  # market days kept prepared; a day of 800 vacancies takes a tenth of a second


class Fit(NamedTuple):
    """A vacancy that is recommended, with the recommendation."""

    vacancy: VacancyNotice
    recommendation: Recommendation


class Fitting(NamedTuple):
    """What fits somebody on a market day. ``left_out``: how many vacancies each obstacle keeps from them."""

    day: DayNotice
    fits: list[Fit]
    welfare: list[VacancyNotice]
    left_out: dict[str, int]


def fitting(wish: Wish, day: DayNotice, key: str, tied: Collection[str] = ()) -> Fitting:
    """Return what fits a wish on a market day, but the vacancies (numbers) to which somebody is ``tied`` already.

    ``key``: the person's id. Two statements.
    """
    vacancies = {one.number: one for one in vacancies_of_day(day.id) if one.number not in tied}
    market = _market(tuple(post_of(one, day) for one in vacancies.values()))
    given = {number: check_ins for number, (check_ins, _hired) in check_ins_by_vacancy(day.id).items()}
    found = recommend(wish, market, given, key)
    return Fitting(
        day,
        [Fit(vacancies[one.post.number], one) for one in found],
        [vacancies[post.number] for post in listed_apart(wish, market)],
        _left_out(wish, market),
    )


def wish_of(birth_year: int, day: DayNotice, said: Wishes) -> Wish:
    """Return somebody's wish, as far as matching may know it, from what they said."""
    return Wish(
        age=day.date.year - birth_year,
        trades=said.trades,
        place=said.wanted_place or None,
        pay_min_fen=said.wanted_pay_min_fen,
        work_kinds=said.work_kinds,
    )


def post_of(vacancy: VacancyNotice, day: DayNotice) -> Post:
    """Return a vacancy as matching knows it; lodging and meals are read from the words of its benefits."""
    said = [*listed(vacancy.benefits), *listed(vacancy.pay_includes)]
    return Post(
        number=vacancy.number,
        employer=vacancy.true_employer or vacancy.employer,
        title=vacancy.title,
        trade=vacancy.trade,
        openings=vacancy.openings,
        remaining=vacancy.remaining,
        place=distance(vacancy, day) or None,
        work_kind=vacancy.work_kind,
        pay_min_fen=vacancy.pay_min_fen,
        pay_max_fen=vacancy.pay_max_fen,
        pay_unit=vacancy.pay_unit,
        shift=vacancy.shift,
        lodging=has_lodging(said),
        board=has_meals(said),
        adults_only=vacancy.adults_only,
        suits_older=OLDER in vacancy.suit_list,
        starts_now=starts_at_once(vacancy.starts),
        closed=vacancy.closed,
        expired=vacancy.ended or (vacancy.valid_until is not None and vacancy.valid_until < day.date),
    )


@lru_cache(maxsize=MARKETS)
def _market(posts: tuple[Post, ...]) -> Market:
    return Market(posts)


def _left_out(wish: Wish, market: Market) -> dict[str, int]:
    """Count the vacancies that are kept from somebody by the first obstacle of each; public-welfare posts apart."""
    first = (next(iter(obstacles(wish, post, market.rules)), None) for post in market.posts)
    return dict(Counter(code for code in first if code and code != "welfare"))
