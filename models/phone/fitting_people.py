"""Fitting people: the other way round, how many of those at a market would fit a booth's vacancies. Never who: a booth
is told that when they come or agree.

They were at the market, said which trades they want, and were hired by nobody there.
"""

from collections import Counter
from collections.abc import Iterator

from models.base.database import fetch, fetch_in
from models.base.lists import listed
from models.matching.recommend import Market
from models.matching.wish import Wish
from models.phone.fitting import post_of
from models.phone.notice import day_notice, vacancies_of_booth
from models.vocabulary.stage import HIRED

MOST_PEOPLE = 5_000  # of a market day: more are not looked at, a booth need not know more


def fitting_people(market_day: int, booth: int) -> dict[str, int]:
    """Return how many fit each vacancy of a booth (its id) and are not tied to it; 0 is left out.

    What somebody fits: nothing keeps them from it, and it is of a trade that they named or of a neighbour of one. Four
    statements, and one more for each 500 people.
    """
    day = day_notice(market_day)
    if day is None or not (vacancies := vacancies_of_booth(booth)):
        return {}
    market = Market(post_of(one, day) for one in vacancies)
    tied, hired = _ties(market_day)
    counts: Counter[str] = Counter()
    for person, wish in _wishes(market_day, day.date.year):
        if person not in hired:
            fitting = (post.number for post, parts in market.scored(wish) if parts.trade)
            counts.update(number for number in fitting if (number, person) not in tied)
    return dict(counts)


def _ties(market_day: int) -> tuple[set[tuple[str, str]], set[str]]:
    """Return the ties of a market day, ``(vacancy, person)``, and who was hired."""
    rows = fetch("SELECT vacancy, person, reached FROM check_in WHERE market_day_id = ?", (market_day,))
    hired = {person for _, person, reached in rows if reached >= HIRED}
    return {(vacancy, person) for vacancy, person, _ in rows}, hired


def _wishes(market_day: int, year: int) -> Iterator[tuple[str, Wish]]:
    """Yield who was at a market day, with what they look for; of several registrations of a person, the latest."""
    sql = "SELECT DISTINCT person FROM visit WHERE market_day_id = ? LIMIT ?"
    there = [person for (person,) in fetch(sql, (market_day, MOST_PEOPLE))]
    said = fetch_in(
        "SELECT person, birth_year, trades, wanted_place, wanted_pay_min_fen, work_kinds FROM candidate"
        " WHERE trades <> '' AND NOT EXISTS (SELECT 1 FROM forgotten AS f WHERE f.candidate = candidate.id)"
        " AND person IN (??) ORDER BY registered_at, id",
        there,
    )
    latest = {person: more for person, *more in said}
    for person, (born, trades, place, pay, kinds) in latest.items():
        if born:
            yield person, Wish(year - born, tuple(listed(trades)), "", place or None, pay, tuple(listed(kinds or "")))
