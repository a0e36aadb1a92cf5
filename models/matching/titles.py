"""Titles: how much a vacancy's title says what somebody looks for, by BM25 over characters and pairs of characters.

Chinese titles are short and have no blanks; on a labelled set segmenting them into words added nothing. All arithmetic
is of whole numbers, so that a tablet's JavaScript comes to the same points as the server.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from models.matching.rules import Rules

UNIT = 256  # of logarithms and weights
_NOISE = re.compile(r"[\s（）()【】\[\]，,。.、/·:：-]+")


@lru_cache(maxsize=4_096)
def grams(text: str) -> tuple[str, ...]:
    """Return the characters of a text and its pairs of neighbours, each as often as it occurs."""
    plain = _NOISE.sub("", text)
    return (*plain, *(plain[place : place + 2] for place in range(len(plain) - 1)))


def log2(number: int) -> int:
    """Return the binary logarithm of a number from 1 to 2**31 in 256ths, rounded down to them bit by bit."""
    whole = number.bit_length() - 1
    mantissa = (number << 16) >> whole  # 1.0 to 2.0 in 65,536ths
    found = whole
    for _ in range(8):
        mantissa = (mantissa * mantissa) >> 16
        found *= 2
        if mantissa >= 131_072:
            mantissa >>= 1
            found += 1
    return found


class Titles:
    """The titles of a market day, counted once for all who are matched there."""

    def __init__(self, titles: Iterable[str], rules: Rules) -> None:
        self._counts = {title: Counter(grams(title)) for title in titles}
        self._sizes = {title: sum(counts.values()) for title, counts in self._counts.items()}
        self._mean = max(sum(self._sizes.values()) // max(len(self._counts), 1), 1)
        self._with: dict[str, list[str]] = {}
        for title, counts in self._counts.items():
            for gram in counts:
                self._with.setdefault(gram, []).append(title)
        self._k1, self._b = rules["bm25"]["k1_tenths"], rules["bm25"]["b_percent"]
        self._most = rules["points"]["trade"]["title"]
        self._asked: dict[str, dict[str, int]] = {}
        self._trades = {title: self._trade_of(title, rules) for title in self._counts}

    def trade_of(self, title: str) -> str | None:
        """Return the trade that a title plainly says: the one of whose words it has most; None when it says none."""
        return self._trades.get(title)

    def _trade_of(self, title: str, rules: Rules) -> str | None:
        found, most = None, rules["plain"] - 1
        for trade, known in rules["trades"].items():
            points = max((self.points(word, title) for word in known["words"]), default=0)
            if points > most:
                found, most = trade, points
        return found

    def points(self, query: str, title: str) -> int:
        """Return how well a title fits a query, from 0 to the most points that a title can get."""
        if query not in self._asked:
            self._asked[query] = self._points(tuple(dict.fromkeys(grams(query))))
        return self._asked[query].get(title, 0)

    def _points(self, asked: tuple[str, ...]) -> dict[str, int]:
        """Return the points of each title that shares a gram with a query. All grams once, at mean length: the most."""
        weights: dict[str, int] = {}
        for gram in asked:
            rarity = self._rarity(gram)
            for title in self._with.get(gram, ()):
                weights[title] = weights.get(title, 0) + rarity * self._share(gram, title)
        best = sum(self._rarity(gram) for gram in asked) * UNIT
        return {title: min(weight * self._most // best, self._most) for title, weight in weights.items()}

    def _rarity(self, gram: str) -> int:
        """Return how much a gram tells, in 256ths: log2((2N + 2) / (2n + 1)), n of N titles having it."""
        return log2(2 * len(self._counts) + 2) - log2(2 * len(self._with.get(gram, ())) + 1)

    def _share(self, gram: str, title: str) -> int:
        """Return BM25's share of that for a title, in 256ths: 1 if it is of the mean length and has the gram once."""
        often = self._counts[title][gram]
        longer = 100 - self._b + self._b * self._sizes[title] // self._mean  # hundredths of the mean length
        return often * (self._k1 + 10) * 100 * UNIT // (often * 1_000 + self._k1 * longer)
