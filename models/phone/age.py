"""Age: whether somebody may be introduced to a vacancy, judged by the birth year alone."""

from typing import NamedTuple

from models.market.market_day import YOUNGEST

ADULT = 18  # kept from hard and dangerous work below (Special Protection of Juvenile Workers, 3 and 4)
TOO_YOUNG, ASK = "too_young", "ask"


class AgeVerdict(NamedTuple):
    """``verdict`` is None when old enough, ``ask`` when it depends on the birthday."""

    verdict: str | None
    least: int


def judge_age(birth_year: int, year: int, adults_only: bool = False) -> AgeVerdict:
    """Judge a birth year for a market day of ``year``, where some vacancies take adults only."""
    reached = year - birth_year
    least = ADULT if adults_only and reached >= YOUNGEST else YOUNGEST
    verdict = TOO_YOUNG if reached < least else ASK if reached == least else None
    return AgeVerdict(verdict, least)
