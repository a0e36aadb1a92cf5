"""Quarantine: facts that were refused, wait or need attention, until a person settles them."""

from datetime import date, datetime

from models.base.database import fetch
from models.derived.person import is_pass, shown_number
from models.log.operation import ATTENTION, REFUSED, WAITING
from models.market.booth import ROUND
from models.market.log import AFTER, Log
from models.market.market_day import MarketDay
from models.quarantine.entry import Entry, entries, moment, names_of

SETTLED = "settled"
STATES = (WAITING, ATTENTION, REFUSED, SETTLED)
PAGE = 30  # rows; 200 cost a third of a second on a slow machine
MOST_TO_CHOOSE = 300  # a booth has that many in a morning

_DECIDED = "operation AS o LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
# What the office wrote down after the day stands apart from it: it is refused with what it is about, and settled there.
_OF_THE_DAY = f" AND o.tablet_id NOT IN (SELECT id FROM log WHERE market_day_id = o.market_day_id AND kind = '{AFTER}')"
_OF_THE_MARKET = (
    " AND NOT EXISTS (SELECT 1 FROM log AS l JOIN booth AS b ON b.id = l.booth_id"
    f" WHERE l.id = o.tablet_id AND b.kind = '{ROUND}')"
)
# Says what the partial index says, or SQLite would read every operation.
_WAITS = f"o.outcome <> 'applied' AND (s.act IS NULL OR s.act <> 'set_aside'){_OF_THE_DAY}"
_JOINED = f"{_DECIDED} WHERE o.market_day_id = ? AND {_WAITS}"
# What was accepted or corrected and is refused all the same, a child's fact, waits again.
_SETTLED = (
    "settlement AS s JOIN operation AS o ON o.tablet_id = s.tablet_id AND o.seq = s.seq"
    " WHERE s.market_day_id = ? AND (o.outcome <> 'refused' OR s.act = 'set_aside')"
    + _OF_THE_DAY
)


def counts(market_day: MarketDay, of_the_market: bool = False) -> dict[str, int]:
    """Return how many facts of a market day wait, need attention, are refused, and were settled.

    ``of_the_market`` leaves out what was recorded from door to door.
    """
    only = _OF_THE_MARKET if of_the_market else ""
    found = fetch(f"SELECT o.outcome, COUNT(*) FROM {_JOINED}{only} GROUP BY o.outcome", (market_day.id,))
    ((settled,),) = fetch(f"SELECT COUNT(*) FROM {_SETTLED}{only}", (market_day.id,))
    return {WAITING: 0, ATTENTION: 0, REFUSED: 0, SETTLED: settled} | dict(found)


def waiting(market_day: MarketDay) -> int:
    """Return how many facts of a market day wait for a person."""
    return fetch(f"SELECT COUNT(*) FROM {_JOINED}", (market_day.id,))[0][0]


def waiting_between(first: date, last: date) -> int:
    """Return how many facts of all counties' market days of these dates, both included, wait for a person."""
    days = "SELECT id FROM market_day WHERE date >= ? AND date <= ?"
    sql = f"SELECT COUNT(*) FROM {_DECIDED} WHERE o.market_day_id IN ({days}) AND {_WAITS}"
    return int(fetch(sql, (first, last))[0][0])


def list_of(market_day: MarketDay, state: str | None = None, page: int = 1) -> list[Entry]:
    """Return a page of what waits, in the day's own order, or of one state; what was settled last comes first."""
    if state == SETTLED:
        of_state, order = _SETTLED, "s.at DESC, s.tablet_id, s.seq"
    else:
        of_state, order = _JOINED, "o.at_ms, o.tablet_id, o.seq"
    only = f" AND o.outcome = '{state}'" if state in (WAITING, ATTENTION, REFUSED) else ""
    keys = fetch(
        f"SELECT o.tablet_id, o.seq FROM {of_state}{only} ORDER BY {order} LIMIT {PAGE} OFFSET ?",
        (market_day.id, PAGE * (page - 1)),
    )
    return entries(market_day, keys)


def check_ins_to_choose(log: Log) -> list[tuple[str, datetime, list[str], str, str]]:
    """Return ``(id, when, names, pass number, vacancy's title)`` of the check-ins that a log's move may be about.

    Those of its booth, the latest first; a log without a booth has those of every booth.
    """
    booth = (log.booth.number, log.booth_id) if log.booth else ()
    here = " AND (s.booth = ? OR t.booth_id = ?)" if booth else ""
    rows = fetch(
        "SELECT s.id, s.at_ms, s.node, COALESCE(v.title, s.vacancy) FROM scan AS s"
        " JOIN log AS t ON t.id = s.tablet_id LEFT JOIN vacancy AS v ON v.number = s.vacancy"
        f" WHERE s.market_day_id = ?{here} ORDER BY s.at_ms DESC LIMIT {MOST_TO_CHOOSE}",
        (log.market_day_id, *booth),
    )
    names = names_of(log.market_day.county_id, {node for _, _, node, _ in rows})
    return [
        (id, moment(at_ms), names[node], shown_number(node) if is_pass(node) else "", title)
        for id, at_ms, node, title in rows
    ]
