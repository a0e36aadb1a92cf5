"""Queues: who waits at which booth just now, for the office to see where people stand and where nobody does.

It is no figure of the day: a queue is what it is now, and empty in the evening.
"""

from typing import NamedTuple

from models.base.database import fetch
from models.market.market_day import MarketDay

_WAITING, _TALKING = ("interested", "introduced"), ("interviewed", "agreed")


class Queue(NamedTuple):
    """People at one booth: who wait, who are being talked with, and who come: tied elsewhere, and not seen here yet."""

    waiting: int = 0
    talking: int = 0
    coming: int = 0


def queues_of(day: MarketDay) -> dict[int, Queue]:
    """Return the queue of each booth at which anybody waits, by the booth's number. One statement."""
    rows = fetch(
        "SELECT c.booth, c.stage, EXISTS (SELECT 1 FROM visit AS v WHERE v.market_day_id = c.market_day_id"
        " AND v.person = c.person AND v.booth = c.booth), COUNT(DISTINCT c.person) FROM check_in AS c"
        " WHERE c.market_day_id = ? AND c.booth IS NOT NULL GROUP BY 1, 2, 3",
        (day.id,),
    )
    found: dict[int, Queue] = {}
    for booth, stage, is_here, people in rows:
        queue = found.get(booth, Queue())
        if stage in _TALKING:
            queue = queue._replace(talking=queue.talking + people)
        elif stage in _WAITING and is_here:
            queue = queue._replace(waiting=queue.waiting + people)
        elif stage in _WAITING:
            queue = queue._replace(coming=queue.coming + people)
        found[booth] = queue
    return found
