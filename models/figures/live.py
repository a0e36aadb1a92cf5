"""Live: a market day's figures in the order in which an organiser looks at them while it goes on.

Nothing is counted here: every number is a figure of the summary, or a sum of its rows.
"""

from datetime import datetime, time
from typing import NamedTuple

from models.figures.shapes import BoothShape, Headlines, HourShape
from models.market.market_day import MarketDay
from models.market.market_hours import closing_time, first_hour, span_of
from models.vocabulary.stage import STAGES


class Step(NamedTuple):
    """A stage, how many people and check-ins have reached it, and what part of all check-ins that is, in hundredths."""

    stage: str
    persons: int
    reached: int
    share: int


class BoothWithHires(BoothShape):
    """A booth's figures with how many its vacancies have hired."""

    hired: int


def phase(day: MarketDay, now: datetime, complete: bool) -> str:
    """Return where a market day is: ``ahead``, ``early`` (its date, not open yet), ``open``, ``closing`` or ``over``.

    After closing time it is ``closing`` until every tablet has sent all it holds, at the latest until the next
    midnight. ``now`` is the county's wall clock.
    """
    clock, closes = now.replace(tzinfo=None), closing_time(day.date, day.opens_at, day.closes_at)
    if clock.date() < day.date:
        return "ahead"
    if clock < closes:
        return "early" if clock < datetime.combine(day.date, time.fromisoformat(day.opens_at)) else "open"
    return "over" if complete or clock.date() > closes.date() else "closing"


def steps(found: Headlines) -> list[Step]:
    """Return the stages in their order; every check-in has reached the first."""
    all_of_them = found["check_ins"]
    counts = {STAGES[0]: all_of_them, **found["reached"]}
    persons = {STAGES[0]: found["persons_checked_in"], **found["persons_reached"]}
    shares = {stage: round(100 * counts[stage] / (all_of_them or 1)) for stage in STAGES}
    return [Step(stage, persons[stage], counts[stage], shares[stage]) for stage in STAGES]


def hours(found: Headlines, day: MarketDay) -> list[HourShape]:
    """Return visits and check-ins of every hour from opening to closing, and of those before and after that had any."""
    counted = {row["hour"]: row for row in found["hours"]}
    last = int(day.closes_at[:2]) - (day.closes_at[3:] == "00")
    first = first_hour(day.opens_at, day.closes_at)
    every = span_of([*counted, int(day.opens_at[:2]), last], first)
    return [counted.get(hour, {"hour": hour, "visits": 0, "check_ins": 0}) for hour in every]


def side_by_side(found: Headlines) -> list[BoothWithHires]:
    """Return each booth's figures with how many its vacancies have hired."""
    hired: dict[int, int] = {}
    for vacancy in found["vacancies"]:
        hired[vacancy["booth"]] = hired.get(vacancy["booth"], 0) + vacancy["hired"]
    return [{**booth, "hired": hired.get(booth["booth"], 0)} for booth in found["booths"]]
