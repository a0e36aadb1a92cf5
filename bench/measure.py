"""Measuring: rounds of the thing and of its baseline, interleaved, so that a busy machine slows both."""

import time
from collections.abc import Callable
from statistics import median

Work = Callable[[], object]
Clock = Callable[[], float]


def medians(rounds: int, *works: Work, clock: Clock = time.perf_counter) -> list[float]:
    """Run each work once a round, one after the other, and return the median seconds of each."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, seconds in zip(works, taken, strict=True):
            seconds.append(_seconds(work, clock))
    return [median(seconds) for seconds in taken]


def _seconds(work: Work, clock: Clock) -> float:
    start = clock()
    work()
    return clock() - start


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def ms(seconds: float) -> str:
    """Write seconds as milliseconds with three digits that count."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.3g} ms"
