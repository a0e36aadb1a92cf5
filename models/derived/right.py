"""Rights: which log an id belongs to, when two used it for entries that differ.

First come the phones' and the office's logs, whose ids the server made. Then the log whose market day is nearest to the
moment that a time-ordered id says it was made at; then the tablet that was enrolled first. No fact can choose any of
these: who forges an entry chooses its time, and has to take an id that is there.
"""

from datetime import date

from models.market.log import DEVICE, RESCUED, Log

Right = tuple[bool, int, int]  # the least has it
TAKEN = "id_taken"  # of an entry whose id belongs to another log
DAY_MS = 86_400_000


def right_of(log: Log, id: str) -> Right:
    """Return a log's place in the order of rights to an id."""
    return log.kind in (DEVICE, RESCUED), _days_between(log, id), log.id


def _days_between(log: Log, id: str) -> int:
    """Return how many days lie between a log's market day and what a UUID of version 7 says; 0 of any other."""
    if id[14] != "7":
        return 0
    made_ms = int(id[:8] + id[9:13], 16) + log.market_day.utc_offset_ms()
    return abs(made_ms // DAY_MS - (log.market_day.date - date(1970, 1, 1)).days)
