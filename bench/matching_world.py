"""A made-up market for matching: vacancies, people, and a hidden utility of another form than the score.

One vacancy in twenty is filed under another trade than its title says, as clerks do. The utility is a product of real
numbers (pay beside a private reservation wage, a private dread of the way, skills with a private transfer between
trades), so a score that sums points cannot be right by having its form. Sex and group are drawn beside everything else
and enter neither utility nor score: what differs between them would be unfair.
"""

import math
import random
from dataclasses import dataclass

from models.matching.gate import PLACES, obstacles
from models.matching.rules import DEFAULT
from models.matching.wish import Post, Wish

KM = {"town": (0, 8), "county": (5, 40), "city": (30, 120), "outside": (300, 1_600)}
PREFIX = ("", "", "", "熟练", "学徒", "夜班", "白班", "长期", "急招")
TRADES = DEFAULT["trades"]
TRUE_TRADE = {word: trade for trade, known in TRADES.items() for word in known["words"]}
MISFILED = 0.05


@dataclass(frozen=True)
class Person:
    """Somebody made up. ``reservation``, ``dread`` and ``transfer`` are hidden from matching."""

    id: str
    wish: Wish
    sex: str
    group: str
    reservation: float  # fen a month
    dread: float  # of the way
    transfer: float  # how well they do in a neighbouring trade


def posts(count: int, seed: int) -> list[Post]:
    """Return vacancies of ``count // 4`` employers; a few are closed, full, expired or public-welfare posts."""
    chance = random.Random(seed)
    return [_post(chance, number, count) for number in range(count)]


def _post(chance: random.Random, number: int, count: int) -> Post:
    trade = chance.choice(list(TRADES))
    filed = chance.choice(list(TRADES)) if chance.random() < MISFILED else trade
    place = chance.choices(PLACES, (30, 40, 20, 10))[0]
    unit = chance.choices(("month", "day", "hour", "piece"), (75, 15, 5, 5))[0]
    least = int(chance.lognormvariate(8.35, 0.3)) // 100 * 100 * 100
    pay = {"month": least, "day": least // 22, "hour": least // 176, "piece": 300}[unit]
    openings = max(1, int(chance.lognormvariate(1.6, 1)))
    return Post(
        number=f"{1_000_000 + number}",
        employer=f"e{int(chance.random() ** 2 * count / 4)}",
        title=chance.choice(PREFIX) + chance.choice(TRADES[trade]["words"]),
        trade=filed,
        openings=openings,
        remaining=chance.choices((openings, max(openings // 2, 1), 0), (70, 25, 5))[0],
        place=place if chance.random() < 0.95 else None,
        km=chance.randint(*KM[place]) if chance.random() < 0.7 else None,
        work_kind=chance.choices(("full_time", "part_time", "day", "welfare"), (72, 12, 13, 3))[0],
        pay_min_fen=pay if chance.random() < 0.95 else None,
        pay_max_fen=int(pay * chance.uniform(1, 1.4)),
        pay_unit=unit,
        shift=chance.choice(("day", "day", "night", "rotating", "flexible", "")),
        lodging=chance.random() < (0.7 if place in ("city", "outside") else 0.3),
        board=chance.random() < 0.5,
        adults_only=chance.random() < 0.2,
        suits_older=chance.random() < 0.3,
        starts_now=chance.random() < 0.4,
        closed=chance.random() < 0.03,
        expired=chance.random() < 0.02,
        checked_days=chance.choice((None, 0, 1, 2, 5, 12)),
    )


def people(count: int, seed: int) -> list[Person]:
    """Return job seekers; one in fifty is 16 or 17, a few are children."""
    chance = random.Random(seed)
    return [_person(chance, number) for number in range(count)]


def _person(chance: random.Random, number: int) -> Person:
    reservation = chance.lognormvariate(8.3, 0.3) * 100
    says_pay = chance.random() < 0.6
    trades = tuple(chance.sample(list(TRADES), chance.choice((1, 1, 2, 3))))
    further = chance.choice(list(TRADES)) if chance.random() < 0.15 else None
    wish = Wish(
        age=chance.choices((chance.randint(13, 15), chance.randint(16, 17), chance.randint(18, 70)), (1, 2, 97))[0],
        trades=trades,
        words=chance.choice(TRADES[further]["words"]) if further else "",
        place=chance.choice((*PLACES, None)),
        pay_min_fen=int(reservation) // 50_000 * 50_000 if says_pay else None,
        work_kinds=tuple(chance.sample(("full_time", "part_time", "day"), chance.choice((0, 1, 1, 2)))),
        lodging=chance.random() < 0.1,
        travels=chance.random() < 0.3,
        night=False if chance.random() < 0.3 else None,
    )
    return Person(
        f"p{number}", wish, chance.choice(("female", "male")), chance.choice(("RUR", "OLD", "DIS", "none")),
        reservation, chance.uniform(0.5, 2), chance.uniform(0.3, 0.9),
    )  # fmt: skip


def utility(person: Person, post: Post) -> float:
    """Return the hidden utility of a vacancy for somebody: 0 where anything keeps it from them."""
    wish = person.wish
    if obstacles(wish, post, DEFAULT):
        return 0.0
    skill = _skill(person, post)
    pay = _expected_pay(post)
    km = post.km if post.km is not None else sum(KM[post.place or "county"]) / 4
    way = math.exp(-person.dread * km / (400 if post.lodging else 60))
    wage = 1 / (1 + math.exp(-4 * math.log(pay / person.reservation)))
    comfort = 1 + 0.08 * post.board + 0.06 * (post.shift in ("day", "flexible")) + 0.05 * post.starts_now
    older = 1.1 if post.suits_older and wish.age >= 50 else 1.0
    chance_of_a_place = min(post.remaining, 5) / 5 * 0.15 + 0.85
    return skill * way**0.6 * wage * comfort * older * chance_of_a_place


def _skill(person: Person, post: Post) -> float:
    true = next(trade for word, trade in TRUE_TRADE.items() if post.title.endswith(word))
    if true in person.wish.trades or TRUE_TRADE.get(person.wish.words) == true:
        return 1.0
    near = any(true in TRADES[trade]["near"] for trade in person.wish.trades)
    return person.transfer if near else 0.12


def _expected_pay(post: Post) -> float:
    month = {"month": 1, "day": 22, "hour": 176}
    if post.pay_min_fen is None or post.pay_unit not in month:
        return 380_000.0
    return (post.pay_min_fen * 0.6 + (post.pay_max_fen or post.pay_min_fen) * 0.4) * month[post.pay_unit]
