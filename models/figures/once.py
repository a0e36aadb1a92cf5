"""Once: what stands on several market days of a report and is counted once: employers, vacancies, people.

No version knows it, for a version is about one day. It is read from the rows as they stand now, over the days whose
figures are in the report: a person is who the county knows to be one (models/derived/person.py), whichever day it
learned it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.base.database import fetch
from models.vocabulary.follow_up import CONFIRMED
from models.vocabulary.stage import RANKS, STAGES

PEOPLE = ("persons", "registered", "persons_checked_in", *STAGES[1:])
MANY_DAYS, NO_DAY = 30_000, 0  # more than a statement takes, and no county has; one that there never is


class TradeOffered(NamedTuple):
    """What was wanted of one trade: kinds of work, and places."""

    kinds: int
    places: int


def employers_once(days: Sequence[int]) -> int:
    """Count the employers with a booth on any of these market days."""
    sql = "SELECT COUNT(DISTINCT employer_id) FROM booth WHERE kind = 'employer' AND market_day_id IN (??)"
    return _fetch(sql, days)[0][0]


def offered_once(days: Sequence[int]) -> dict[str, TradeOffered]:
    """Return by trade what these market days offered; a vacancy that several of them offered counts once."""
    rows = _fetch(
        "SELECT trade, COUNT(*), SUM(openings) FROM vacancy WHERE id IN"
        " (SELECT vacancy_id FROM offer WHERE market_day_id IN (??)) GROUP BY trade",
        days,
    )
    return {trade: TradeOffered(kinds, int(places)) for trade, kinds, places in rows}


def people_once(days: Sequence[int]) -> dict[str, int]:
    """Count people by ``PEOPLE``, each once over all the days: who came, was registered, tied, and by stage.

    It reads each visit and each check-in of these days.
    """
    furthest = dict(_fetch(
        "SELECT reached, COUNT(*) FROM (SELECT MAX(reached) AS reached FROM check_in WHERE market_day_id IN (??)"
        " GROUP BY person) AS furthest GROUP BY reached",
        days,
    ))  # fmt: skip
    return {
        "persons": _fetch("SELECT COUNT(DISTINCT person) FROM visit WHERE market_day_id IN (??)", days)[0][0],
        "registered": _fetch("SELECT COUNT(DISTINCT person) FROM candidate WHERE market_day_id IN (??)", days)[0][0],
        "persons_checked_in": sum(furthest.values()),
        **{stage: sum(n for rank, n in furthest.items() if rank >= RANKS[stage]) for stage in STAGES[1:]},
    }


def confirmed_later(days: Sequence[int]) -> int:
    """Count who was found at work afterwards by asking, each person once a market day."""
    return _fetch(
        "SELECT COUNT(*) FROM (SELECT DISTINCT market_day_id, person FROM contact_attempt"
        f" WHERE outcome IN {CONFIRMED} AND market_day_id IN (??)) AS confirmed",
        days,
    )[0][0]


def _fetch(sql: str, days: Sequence[int]) -> list[tuple]:
    """Return rows of a statement over all days at once: parts of them could not be told apart from one another."""
    asked = list(days[:MANY_DAYS]) or [NO_DAY]
    return fetch(sql.replace("(??)", f"({','.join('?' * len(asked))})"), asked)
