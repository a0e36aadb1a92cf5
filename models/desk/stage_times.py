"""Stage times: when each stage of people's check-ins was recorded, as the office and an employer read it."""

from collections.abc import Iterable
from datetime import datetime

from models.base.clock import from_milliseconds
from models.derived.check_in import Pair, times_of_check_ins
from models.vocabulary.stage import RANKS, STAGES

Times = list[tuple[str, datetime]]  # (stage, when), a way out last


def stage_times(persons: Iterable[str]) -> dict[Pair, Times]:
    """Return when each stage was recorded, by (market day, vacancy, person). Two statements."""
    return {pair: _in_order(times) for pair, times in times_of_check_ins(persons).items()}


def _in_order(times: dict[str, int]) -> Times:
    by_rank = sorted(times, key=lambda stage: RANKS.get(stage, len(STAGES)))
    return [(stage, from_milliseconds(times[stage])) for stage in by_rank]
