"""Counts: how many check-ins of a vacancy have reached which stage. The one count of who is hired that everybody reads.

It is kept by the same functions, and in the same transaction, that write check-ins: ``change_counts`` adds what came
and takes off what went. tests/properties/ compare it with a recount after every random morning.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch, fetch_in
from models.market.market_day import MarketDay
from models.vocabulary.stage import HIRED

K = TypeVar("K")
# (market day, vacancy, booth or None, rank reached, place or None) of one check-in
Counted = tuple[int, str, int | None, int, str | None]
# For a statement with vacancies as v: how many people the vacancy has hired, on whichever market days.
HIRED_SQL = f"(SELECT COUNT(DISTINCT h.person) FROM check_in AS h WHERE h.vacancy = v.number AND h.reached >= {HIRED})"


class CheckInCount(BaseModel):
    """How many check-ins stand alike. An unknown ``booth`` is 0, an unknown ``place`` empty: a key holds no null."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    vacancy = CharField(max_length=7)
    booth = IntegerField()
    reached = IntegerField()
    place = CharField(max_length=16)
    count = IntegerField()

    class Meta:
        primary_key = CompositeKey("market_day", "vacancy", "booth", "reached", "place")


def change_counts(gone: Iterable[Counted], come: Iterable[Counted]) -> Counter[tuple[int, str]]:
    """Take off check-ins that are gone, add those that came; call it inside ``writing()``.

    Returns by how much the hired of each (market day, vacancy) changed.
    """
    change: Counter[tuple[int, str, int, int, str]] = Counter()
    change.update((day, vacancy, booth or 0, reached, place or "") for day, vacancy, booth, reached, place in come)
    change.subtract((day, vacancy, booth or 0, reached, place or "") for day, vacancy, booth, reached, place in gone)
    rows = sorted((*key, count) for key, count in change.items() if count)
    execute_many(
        "INSERT INTO check_in_count (market_day_id, vacancy, booth, reached, place, count) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (market_day_id, vacancy, booth, reached, place)"
        " DO UPDATE SET count = check_in_count.count + excluded.count",
        rows,
    )
    execute_many(  # a count of nothing is no row: equal states are equal tables
        "DELETE FROM check_in_count WHERE market_day_id = ? AND vacancy = ? AND booth = ? AND reached = ? AND place = ?"
        " AND count = 0",
        [row[:-1] for row in rows if row[-1] < 0],
    )
    hired: Counter[tuple[int, str]] = Counter()
    for day, vacancy, _, reached, _, count in rows:
        hired[day, vacancy] += count if reached >= HIRED else 0
    return hired


def hired_counts(vacancies: Iterable[str]) -> dict[str, int]:
    """Return how many people each of these vacancies has hired over all market days; a person hired twice is one."""
    rows = fetch_in(
        "SELECT vacancy, COUNT(DISTINCT person) FROM check_in"  # by the index of those who are hired
        f" WHERE reached >= {HIRED} AND vacancy IN (??) GROUP BY vacancy",
        vacancies := set(vacancies),
    )
    return dict.fromkeys(vacancies, 0) | dict(rows)


def counts_of(market_day: int) -> list[tuple[str, int | None, int, str | None, int]]:
    """Return ``(vacancy, booth, rank reached, place, check-ins)`` of a market day."""
    rows = fetch(
        "SELECT vacancy, booth, reached, place, count FROM check_in_count WHERE market_day_id = ?", (market_day,)
    )
    return [(vacancy, booth or None, reached, place or None, count) for vacancy, booth, reached, place, count in rows]


def check_ins_by_vacancy(market_day: int) -> dict[str, tuple[int, int]]:
    """Return ``{vacancy: (check-ins, hired)}`` of a market day."""
    return _sums((vacancy, reached, count) for vacancy, _, reached, _, count in counts_of(market_day))


def check_ins_by_booth(market_day: int) -> dict[int, tuple[int, int]]:
    """Return ``{booth's number: (check-ins, hired)}`` of a market day."""
    return _sums((booth, reached, count) for _, booth, reached, _, count in counts_of(market_day) if booth)


def _sums(rows: Iterable[tuple[K, int, int]]) -> dict[K, tuple[int, int]]:
    sums: dict[K, tuple[int, int]] = {}
    for key, reached, count in rows:
        all_of_them, hired = sums.get(key, (0, 0))
        sums[key] = (all_of_them + count, hired + (count if reached >= HIRED else 0))
    return sums
