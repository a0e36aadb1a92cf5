"""What is matched: somebody's wish and what a vacancy offers, as far as matching may know them.

Neither has a field for sex, ethnicity, household registration, key group or name, so none of them can enter a score.
``static/js/match/`` reads the same fields by the same names (tests/data/matching.json).
"""

from msgspec import Struct


class Wish(Struct, frozen=True):
    """What somebody looks for. ``age``: years on the market day. None and empty: they did not say."""

    age: int
    trades: tuple[str, ...] = ()
    words: str = ""  # what they want in their own words
    place: str | None = None  # town, county, city or outside: so far and no further
    pay_min_fen: int | None = None  # the lowest pay a month
    work_kinds: tuple[str, ...] = ()
    lodging: bool = False  # must live there
    travels: bool = False  # goes further than ``place`` where there is lodging
    night: bool | None = None  # False: no night work


class Post(Struct, frozen=True):
    """A vacancy as it is offered on a market day."""

    number: str  # 7 digits
    employer: str  # an id: recommendations are spread over employers
    title: str
    trade: str
    openings: int
    remaining: int  # places left
    place: str | None = None  # town, county, city or outside, from the market's town
    km: int | None = None  # from the market's town
    work_kind: str = "full_time"
    pay_min_fen: int | None = None
    pay_max_fen: int | None = None
    pay_unit: str = "month"
    shift: str = ""
    lodging: bool = False
    board: bool = False  # meals
    adults_only: bool = False
    suits_older: bool = False
    starts_now: bool = False
    closed: bool = False
    expired: bool = False
    checked_days: int | None = None  # since somebody asked the employer whether it still holds
