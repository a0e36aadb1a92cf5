"""Visits: a person was at a booth on a market day."""

from collections.abc import Iterable

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.market.market_day import MarketDay

# Facts that show somebody was there. One that was undone still does.
PRESENCE = ("visit.recorded", "check_in.recorded", "candidate.registered")


class Visit(BaseModel):
    """A distinct (person, booth) of a market day and the earliest fact that shows it. Derived."""

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    booth = IntegerField()
    person = CharField(max_length=36)
    at_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("market_day", "person", "booth")  # counts persons in its order
        indexes = ((("person",), False),)




def record_visits(rows: Iterable[tuple[int, int, str, int]]) -> None:
    """Store ``(market day, booth, person, at_ms)`` rows; the earliest time of a visit stays."""
    execute_many(
        "INSERT INTO visit (market_day_id, booth, person, at_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (market_day_id, booth, person) DO UPDATE SET at_ms ="
        " CASE WHEN excluded.at_ms < visit.at_ms THEN excluded.at_ms ELSE visit.at_ms END",
        rows,
    )


def derive_visits(persons: dict[str, str], gone: Iterable[str]) -> None:
    """Derive the visits of these nodes again from the operations about them.

    ``persons`` maps each node to its person; ``gone`` are the persons whose visits are dropped first.
    """
    execute_many("DELETE FROM visit WHERE person = ?", [(person,) for person in gone])
    kinds = ", ".join(f"'{kind}'" for kind in PRESENCE)
    rows = fetch_in(
        "SELECT market_day_id, booth, subject, at_ms FROM operation WHERE booth IS NOT NULL"
        f" AND outcome <> 'refused' AND kind IN ({kinds}) AND subject IN (??)",
        persons,
    )
    record_visits((day, booth, persons[node], at_ms) for day, booth, node, at_ms in rows)
