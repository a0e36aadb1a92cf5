"""Changes: what a booth's tablets have yet to hear of, by position in the market day's log.

One row per (booth, kind, key) holds the position of its latest change, so that the log never
grows beyond the things it speaks of, and a snapshot is the log read from 0. Positions are
given under the writers' lock, hence in commit order: a later number never hides an earlier one.
"""

from collections.abc import Iterable

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch
from models.market.market_day import MarketDay

LEAP = 1_000_000_000  # more positions than were ever given
PAGE, FIRST_PAGE = 500, 5_000  # changes in an answer to a sync, and in a page of the first load


class Change(BaseModel):
    """The latest change of one thing as one booth may see it.

    ``source`` is the tablet that made the thing and knows it already; null once
    anybody else had a part in it.
    """

    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    booth = IntegerField()
    kind = CharField(max_length=16)
    key = CharField(max_length=36)
    position = BigIntegerField()
    source = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("market_day", "booth", "kind", "key")
        indexes = ((("market_day", "booth", "position"), False),)


Told = tuple[int, str, str]  # (booth number, kind, key)


def announce(market_day: int, told: Iterable[Told], source: int | None = None) -> None:
    """Put things at the head of the market day's log. Call it inside ``writing()``."""
    told = sorted(set(told))
    if not told:
        return
    ((head,),) = fetch(
        "UPDATE market_day SET position = position + ? WHERE id = ? RETURNING position",
        (len(told), market_day),
    )
    execute_many(
        "INSERT INTO change (market_day_id, booth, kind, key, position, source)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (market_day_id, booth, kind, key)"
        " DO UPDATE SET position = excluded.position, source = NULL",
        [
            (market_day, *thing, head - len(told) + place, source)
            for place, thing in enumerate(told, start=1)
        ],
    )


def tell_again() -> None:
    """Move everything past any position a tablet may have heard. Call it inside ``writing()``.

    After an older backup was put back, tablets ask for what came after positions that are still to be given.
    """
    for table in ("market_day", "change"):
        execute_many(f"UPDATE {table} SET position = position + ?", [(LEAP,)])


def changes_since(
    market_day: int, booth: int, cursor: int, tablet: int, most: int = PAGE
) -> tuple[list[tuple[str, str]], int, bool]:
    """Return ``([(kind, key)], the cursor after them, whether more wait)`` for one booth.

    Left out is what ``tablet`` made itself and knows already; 0 is nobody.
    """
    ((head,),) = fetch("SELECT position FROM market_day WHERE id = ?", (market_day,))
    rows = fetch(
        "SELECT kind, key, position FROM change WHERE market_day_id = ? AND booth = ?"
        " AND position > ? AND (source IS NULL OR source <> ?) ORDER BY position LIMIT ?",
        (market_day, booth, cursor, tablet, most + 1),
    )
    page = rows[:most]
    more = len(rows) > most
    return [(kind, key) for kind, key, _ in page], page[-1][2] if more else head, more
