"""Grounds: why a vacancy is recommended, in at most three short things that are true of it.

A ground is a code and what it is filled with: ``("pays_more", {"yuan": 300})``. Where it stands in words, in the
language of who reads it, is the page's matter.
"""

from typing import Any

from models.matching.rules import Rules
from models.matching.score import Parts, monthly_fen
from models.matching.wish import Post, Wish

MOST = 3
NEAR_KM = 30  # further is no reason
Ground = tuple[str, dict[str, Any]]


def grounds(wish: Wish, post: Post, parts: Parts, rules: Rules) -> list[Ground]:
    """Return the grounds, the weightiest first: the work, the pay, the way, then what else speaks for it."""
    found = [
        *_of_work(wish, post, parts, rules),
        *_of_pay(wish, post, rules),
        *_of_way(post),
        *_of_terms(wish, post, rules),
    ]
    return found[:MOST]


def _of_work(wish: Wish, post: Post, parts: Parts, rules: Rules) -> list[Ground]:
    if post.trade in wish.trades:
        return [("same_trade", {"trade": post.trade})]
    if parts.trade >= rules["points"]["trade"]["near"]:
        return [("near_trade", {"trade": post.trade})]
    return []


def _of_pay(wish: Wish, post: Post, rules: Rules) -> list[Ground]:
    least = monthly_fen(post.pay_min_fen, post.pay_unit, rules)
    if least is None or not wish.pay_min_fen:
        return []
    more = (least - wish.pay_min_fen) // 100
    if more > 0:
        return [("pays_more", {"yuan": more})]
    return [("pays_enough", {})] if more == 0 else []


def _of_way(post: Post) -> list[Ground]:
    if post.km is not None:
        return [("distance", {"km": post.km})] if post.km <= NEAR_KM else []
    return [("here", {"place": post.place})] if post.place in ("town", "county") else []


def _of_terms(wish: Wish, post: Post, rules: Rules) -> list[Ground]:
    older = post.suits_older and wish.age >= rules["older_from"]
    found = [
        ("board_and_lodging", post.board and post.lodging),
        ("lodging", post.lodging and not post.board),
        ("board", post.board and not post.lodging),
        ("suits_older", older),
        ("day_shift", post.shift == "day" and wish.night is False),
        ("starts_now", post.starts_now),
        ("places_left", post.remaining >= 5),
    ]
    return [(code, {"count": post.remaining} if code == "places_left" else {}) for code, stands in found if stands]
