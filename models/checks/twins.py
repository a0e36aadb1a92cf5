"""Twins: two vacancies of one employer that say nearly the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from models.base.typed import same_of

LETTERS = 3  # in a piece that is compared
ALIKE = 0.9


def most_alike(values: Mapping[str, Any], others: Iterable[tuple[str, str, str, str]]) -> str:
    """Return the number of the vacancy that says nearly the same under one title at one place; empty if none does.

    ``others`` are ``(number, title, place, duties)``.
    """
    title, place = same_of(values.get("title") or ""), same_of(values.get("place") or "")
    own = None
    for number, other_title, other_place, duties in others:
        if (same_of(other_title), same_of(other_place)) == (title, place) and title:
            own = own or _pieces(values.get("duties") or "")
            if _share(own, _pieces(duties)) > ALIKE:
                return number
    return ""


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: the share of pieces of three letters that they have in common (Dice)."""
    return _share(_pieces(one), _pieces(other))


def _share(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


def _pieces(text: str) -> Counter[str]:
    same = f"  {same_of(text)} "
    return Counter(same[at : at + LETTERS] for at in range(len(same) - LETTERS + 1))
