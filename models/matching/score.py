"""The score: how well a vacancy fits a wish, 0 to 100, in whole numbers and by parts that a person can check.

What does not depend on who looks is reckoned once for a market day (``Prepared``), what does not depend on the vacancy
once for somebody (``Sought``).
"""

from typing import NamedTuple

from models.matching.rules import Rules
from models.matching.titles import Titles
from models.matching.wish import Post, Wish

MONTHLY = ("month", "day", "hour")


class Parts(NamedTuple):
    """Points by what they were given for."""

    trade: int
    place: int
    pay: int
    terms: int
    older: int
    fresh: int


class Prepared(NamedTuple):
    """A vacancy with what is the same for everybody. ``said``: the trade by its title; ``pay``: fen a month or None."""

    post: Post
    said: str
    place: int
    pay: int | None
    terms: int
    fresh: int


class Sought(NamedTuple):
    """A wish with the trades that it names and their neighbours."""

    wish: Wish
    trades: frozenset[str]
    near: frozenset[str]


def prepare(post: Post, titles: Titles, rules: Rules) -> Prepared:
    """Reckon what is the same for everybody."""
    points = rules["points"]
    said = titles.trade_of(post.title) or post.trade
    terms = _terms(post, points["terms"])
    return Prepared(
        post, said, _place(post, points["place"]), typical_fen(post, rules), terms, _fresh(post, points["fresh"])
    )


def seek(wish: Wish, rules: Rules) -> Sought:
    """Reckon which trades a wish names, by ticks and in its own words, and which are their neighbours."""
    table = rules["trades"]
    in_words = (trade for trade, known in table.items() if any(word in wish.words for word in known["words"]))
    named = next(in_words, None) if wish.words else None
    trades = frozenset(wish.trades) | ({named} if named else set())
    return Sought(wish, trades, frozenset(near for trade in trades if trade in table for near in table[trade]["near"]))


def score(sought: Sought, offered: Prepared, titles: Titles, middle_fen: int, rules: Rules) -> Parts:
    """Return a vacancy's points. ``middle_fen``: the middle pay a month of the market day's vacancies, 0 if unknown."""
    points, wish, post = rules["points"], sought.wish, offered.post
    far_or_needed = wish.lodging or post.place in ("city", "outside")
    return Parts(
        trade=_trade(sought, offered, titles, points["trade"]),
        place=offered.place,
        pay=_pay(wish.pay_min_fen, offered.pay, middle_fen, points["pay"]),
        terms=offered.terms + (points["terms"]["lodging"] if post.lodging and far_or_needed else 0),
        older=points["older"] if post.suits_older and wish.age >= rules["older_from"] else 0,
        fresh=offered.fresh,
    )


def _trade(sought: Sought, offered: Prepared, titles: Titles, points: dict[str, int]) -> int:
    """Return the points of the trade: the same, a neighbour of one, or by how far the title has somebody's own words.

    A clerk files a vacancy under one trade; where its title plainly says another, the title is believed more.
    """
    post, wish = offered.post, sought.wish
    if offered.said in sought.trades:
        return points["same"] if offered.said == post.trade else points["by_title"]
    by_file = points["by_file"] if post.trade in sought.trades else 0
    near = points["near"] if offered.said in sought.near else 0
    return max(by_file, near, titles.points(wish.words, post.title) if wish.words else 0)


def monthly_fen(amount: int | None, unit: str, rules: Rules) -> int | None:
    """Return a pay as fen a month; None when it is by the piece or not said."""
    if amount is None or unit not in MONTHLY:
        return None
    return amount if unit == "month" else amount * int(rules["month"][unit])


def typical_fen(post: Post, rules: Rules) -> int | None:
    """Return what somebody may count on a month: the lowest pay, and a third of what the highest is above it."""
    least, most = (monthly_fen(fen, post.pay_unit, rules) for fen in (post.pay_min_fen, post.pay_max_fen))
    return None if least is None else least + max((most or least) - least, 0) // 3


def _place(post: Post, points: dict[str, int]) -> int:
    """Return the points of the way: by kilometres where they are known, else by town, county, city.

    Who lives where they work does not go that way each day, so with lodging a kilometre weighs less.
    """
    if post.km is None:
        return points.get(post.place or "unknown", points["unknown"])
    a_point = points["km_a_point_with_lodging" if post.lodging else "km_a_point"]
    return max(points["town"] - post.km // a_point, 0)


def _pay(wanted_fen: int | None, pay: int | None, middle_fen: int, points: dict) -> int:
    """Return the points of the pay: by what was asked for, else by the middle of the market day."""
    if pay is None:
        return int(points["unknown"])
    if wanted_fen:
        return _step(points["wish"], pay * 100 // wanted_fen)
    return _step(points["middle"], pay * 100 // middle_fen if middle_fen else 100)


def _step(steps: list[list[int]], percent: int) -> int:
    """Return the points of the last step that a percentage reaches."""
    return next((points for least, points in reversed(steps) if percent >= least), 0)


def _terms(post: Post, points: dict[str, int]) -> int:
    """Return the points of meals, day hours and a start now. Lodging counts where somebody needs it."""
    return (
        (points["board"] if post.board else 0)
        + (points["hours"] if post.shift in ("day", "flexible") else 0)
        + (points["starts_now"] if post.starts_now else 0)
    )


def _fresh(post: Post, points: dict[str, int]) -> int:
    """Return the points of a vacancy that was asked about of late, and of the places that are left."""
    of_late = post.checked_days is not None and post.checked_days <= points["days"]
    left = points["left"] * min(post.remaining, points["many"]) // points["many"]
    return (points["checked"] if of_late else 0) + left
