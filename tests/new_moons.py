"""New moons by their astronomy, to compare lunar dates with something that shares no table with borax.

A lunar month begins on the day, in Beijing, of a new moon. The series is chapter 49 of Meeus, Astronomical Algorithms,
good to some seconds. That is needed: the new moon of 2027-02-06 comes four minutes before midnight, and ICU 78 has it a
day late.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from math import radians, sin

BEIJING = timezone(timedelta(hours=8))
NOON_OF_2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)  # Julian day 2451545
CLOCKS_BEHIND = timedelta(seconds=70)  # terrestrial time less UTC, 2024 to 2030
# (days, power of E, multiples of M, M' and F)
TERMS = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2), (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2), (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2), (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2), (0.00004, 0, 3, 0, 0),
    (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2), (0.00003, 0, -1, 1, 2),
    (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
# (days, degrees, degrees a month): what planets do
PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip


def first_days(months: range) -> list[date]:
    """Return the dates in Beijing of these new moons, counted from that of 2000-01-06."""
    return [_new_moon(k).astimezone(BEIJING).date() for k in months]


def _new_moon(k: int) -> datetime:
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t * t - 0.00017 * sin(radians(node))
    for size, power, m, n, f in TERMS:
        days += size * e**power * sin(radians(m * sun + n * moon + f * latitude))
    for size, start, pace in PLANETS:
        days += size * sin(radians(start + pace * k))
    return NOON_OF_2000 + timedelta(days=days) - CLOCKS_BEHIND
