"""Recommendations: the vacancies that fit somebody best, each with its grounds, spread fairly over employers.

Among nearly equal vacancies one whose employer was recommended less often today comes first, and a vacancy that was
recommended to more people than its places can use loses points for it. Nothing is recommended by chance: the same
market, wish and counts give the same list, on a tablet as on the server.
"""

from collections.abc import Iterable, Mapping
from statistics import median_low
from typing import NamedTuple

from models.matching.gate import fits, obstacles
from models.matching.grounds import Ground, grounds
from models.matching.rules import DEFAULT, Rules
from models.matching.score import Parts, prepare, score, seek
from models.matching.titles import UNIT, Titles, log2
from models.matching.wish import Post, Wish

MOST_LOOKED_AT = 60  # of the best, among which the others are spread: more would only take time


class Recommendation(NamedTuple):
    """A vacancy that fits. ``score``: the sum of ``parts``."""

    post: Post
    score: int
    parts: Parts
    grounds: list[Ground]


class Market:
    """The vacancies of a market day, prepared once for all who are matched with them."""

    def __init__(self, posts: Iterable[Post], rules: Rules = DEFAULT) -> None:
        self.posts = tuple(posts)
        self.rules = rules
        self.titles = Titles((post.title for post in self.posts), rules)
        self._prepared = [prepare(post, self.titles, rules) for post in self.posts]
        pays = [offered.pay for offered in self._prepared if offered.pay is not None]
        self._middle_fen = median_low(pays) if pays else 0

    def scored(self, wish: Wish) -> "list[tuple[Post, Parts]]":
        """Return each vacancy that nothing keeps from somebody, with its points."""
        sought = seek(wish, self.rules)
        return [
            (offered.post, score(sought, offered, self.titles, self._middle_fen, self.rules))
            for offered in self._prepared
            if fits(wish, offered.post, self.rules)
        ]


def recommend(wish: Wish, market: Market, given: Mapping[str, int], key: str) -> list[Recommendation]:
    """Return at most ``shown`` recommendations, the best first.

    ``given``: how often each vacancy (by number) was recommended today. ``key``: the person's id, by which equals are
    told apart, so that no vacancy is always first of its equals.
    """
    counts: dict[str, int] = {}
    for post in market.posts:
        counts[post.employer] = counts.get(post.employer, 0) + given.get(post.number, 0)
    left = [_weighed(post, parts, given.get(post.number, 0), key, market.rules) for post, parts in market.scored(wish)]
    return [
        Recommendation(one.post, sum(one.parts), one.parts, grounds(wish, one.post, one.parts, market.rules))
        for one in _spread(left, counts, market.rules)
    ]


def listed_apart(wish: Wish, market: Market) -> list[Post]:
    """Return the public-welfare posts, for which nobody is ranked: all of them, in the order of their numbers."""
    posts = (post for post in market.posts if obstacles(wish, post, market.rules) == ["welfare"])
    return sorted(posts, key=lambda post: post.number)


class _Weighed(NamedTuple):
    """A vacancy that fits, before the spread. ``weight``: its score, less what it was recommended beyond its places."""

    weight: int
    lot: int
    parts: Parts
    post: Post


def _weighed(post: Post, parts: Parts, given: int, key: str, rules: Rules) -> _Weighed:
    beyond = given // (max(post.remaining, 1) * rules["a_place"])
    return _Weighed(sum(parts) - beyond * rules["beyond"], _lot(key, post.number), parts, post)


def _spread(fitting: list[_Weighed], counts: dict[str, int], rules: Rules) -> list[_Weighed]:
    """Return the best; after the first, each next one is the best of those nearly as good, less what spreads them.

    ``counts``: how often each employer was recommended today. Each doubling of it costs ``a_doubling_tenths``.
    """
    left = sorted(fitting, key=lambda one: (-one.weight, one.lot))[:MOST_LOOKED_AT]
    chosen: list[_Weighed] = []

    def cost(one: _Weighed) -> tuple[int, int]:
        often = log2(1 + counts.get(one.post.employer, 0))
        return rules["a_doubling_tenths"] * often - 10 * UNIT * one.weight, one.lot

    while left and len(chosen) < rules["shown"]:
        best = left[0]
        if chosen:
            best = min((one for one in left if left[0].weight - one.weight <= rules["within"]), key=cost)
        left.remove(best)
        chosen.append(best)
        counts[best.post.employer] = counts.get(best.post.employer, 0) + 1
    return chosen


def _lot(key: str, number: str) -> int:
    """Return a number by which equals are told apart: FNV-1a of 32 bits over a person's id and a vacancy's number."""
    found = 0x811C9DC5
    for byte in f"{key}{number}".encode("ascii", "replace"):
        found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
    return found
