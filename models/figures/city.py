"""The city's totals: what the counties' market days of some time came to. Nobody and no place below a county is named.

A closed day counts as its signed sheet says, any other as it stands now. Figures of people are sums over market days,
so somebody who came to two of them is counted at both, as the sheets count. Who was found at work later by asking is
counted apart: no sheet has them.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from models.base.clock import utcnow
from models.base.database import fetch_in, reading
from models.figures.completeness import completeness
from models.figures.suppression import Table, crossed, suppressed
from models.figures.version import has_opened
from models.market.booth import Booth
from models.market.county import County
from models.market.market_day import MarketDay
from models.vocabulary.follow_up import CONFIRMED
from models.vocabulary.stage import HIRED

STATES = ("coming", "held", "closed", "cancelled")
SHEETS = ("persons", "visits", "registered", "check_ins", "hired")  # figures of people on a sheet
CONFIRMED_LATER = "confirmed"
PEOPLE = (*SHEETS, CONFIRMED_LATER)
AT_ONCE = 100  # sheets
BOUNDS = (("persons", "visits"), ("hired", "check_ins"))  # the first are at most the second
Cell = int | str

_COUNTED = {
    "persons": "SELECT market_day_id, COUNT(DISTINCT person) FROM visit WHERE market_day_id IN (??)",
    "visits": "SELECT market_day_id, COUNT(*) FROM visit WHERE market_day_id IN (??)",
    "visitors": "SELECT market_day_id, SUM(count) FROM tally WHERE topic = 'visitor' AND market_day_id IN (??)",
    "registered": "SELECT market_day_id, COUNT(DISTINCT person) FROM candidate WHERE market_day_id IN (??)",
    "check_ins": "SELECT market_day_id, SUM(count) FROM check_in_count WHERE market_day_id IN (??)",
    "hired": f"SELECT market_day_id, COUNT(DISTINCT person) FROM check_in WHERE reached >= {HIRED}"
             " AND market_day_id IN (??)",
}  # fmt: skip


_CONFIRMED = (
    f"SELECT market_day_id, COUNT(DISTINCT person) FROM contact_attempt WHERE outcome IN {CONFIRMED}"
    " AND market_day_id IN (??) GROUP BY market_day_id"
)


class Line(NamedTuple):
    """A county's line, or that of all together: market days by state and complete ones, and people."""

    name: str
    days: dict[str, int]
    complete: int
    people: dict[str, Cell]

    @property
    def took_place(self) -> int:
        """How many market days were held, closed or not."""
        return self.days["held"] + self.days["closed"]


def totals(start: date, end: date, now: datetime | None = None) -> tuple[list[Line], Line]:
    """Return a line for each county that has market days from ``start`` to ``end``, both included, and their sum.

    Counts of people below five are hidden, and what would tell one (models/figures/suppression.py).
    """
    now = now or utcnow()
    with reading():
        found = _days(start, end)
        counted = _people(found, now)
    lines = [_line(county, [row for row in counted if row[0].county_id == county.id]) for county in _counties(found)]
    whole = _sum(lines)
    _suppress(lines, whole)
    return lines, whole


def _days(start: date, end: date) -> list[MarketDay]:
    of_that_time = (MarketDay.date >= start) & (MarketDay.date <= end)
    of_that_time &= MarketDay.published_at.is_null(False)  # a draft is the county's own
    rows = MarketDay.select(MarketDay, County).join(County).where(of_that_time)
    return list(rows.order_by(County.id, MarketDay.id))


def _counties(days: list[MarketDay]) -> list[County]:
    return list({day.county_id: day.county for day in days}.values())


def _people(days: list[MarketDay], now: datetime) -> list[tuple[MarketDay, str, bool, dict[str, int]]]:
    """Return each market day with its state, whether it is complete, and its figures."""
    signed = _signed(days)
    states = {day.id: _state(day, day.id in signed, now) for day in days}
    open_days = [day for day in days if states[day.id] == "held"]
    counted, confirmed = _counted(open_days), dict(fetch_in(_CONFIRMED, states))
    rows = []
    for day in days:
        figures = signed.get(day.id) or counted.get(day.id) or dict.fromkeys((*SHEETS, "complete"), 0)
        people = {name: figures[name] for name in SHEETS} | {CONFIRMED_LATER: confirmed.get(day.id, 0)}
        rows.append((day, states[day.id], bool(figures["complete"]), people))
    return rows


def _state(day: MarketDay, is_closed: bool, now: datetime) -> str:
    if day.is_cancelled:
        return "cancelled"
    return "closed" if is_closed else "held" if has_opened(day, now) else "coming"


def _signed(days: list[MarketDay]) -> dict[int, dict[str, int]]:
    """Return the figures of the versions that hold. Sheets are read by the hundred: a season of them is 100 MB."""
    held = [day.id for day in days if not day.is_cancelled]
    sql = "SELECT market_day_id, figures FROM closing WHERE market_day_id IN (??) ORDER BY version"
    found: dict[int, dict[str, int]] = {}
    for start in range(0, len(held), AT_ONCE):
        rows = fetch_in(sql, held[start : start + AT_ONCE])
        found |= {day: _of_a_sheet(json.loads(figures)) for day, figures in rows}  # the latest stands last
    return found


def _of_a_sheet(sheet: dict[str, Any]) -> dict[str, int]:
    same = {name: sheet[name] for name in ("persons", "visits", "registered", "check_ins", "complete")}
    return same | {"hired": sheet["persons_reached"]["hired"]}


def _counted(days: list[MarketDay]) -> dict[int, dict[str, int]]:
    """Return the figures of market days that are not closed, in six statements, and whether each is complete."""
    ids, now = [day.id for day in days], utcnow()
    found = {what: dict(fetch_in(f"{sql} GROUP BY market_day_id", ids)) for what, sql in _COUNTED.items()}
    booths: dict[int, list[Booth]] = {}
    for booth in Booth.select().where(Booth.market_day.in_(ids)):
        if not booth.is_round:
            booths.setdefault(booth.market_day_id, []).append(booth)
    return {
        day.id: {name: int(found[name].get(day.id, 0)) for name in SHEETS}
        | {"visits": int(found["visits"].get(day.id, 0) + found["visitors"].get(day.id, 0))}
        | {"complete": completeness(day, booths.get(day.id, []), now)["complete"]}
        for day in days
    }


def _line(county: County, rows: Iterable[tuple[MarketDay, str, bool, dict[str, int]]]) -> Line:
    days, people, complete = Counter(dict.fromkeys(STATES, 0)), Counter(dict.fromkeys(PEOPLE, 0)), 0
    for _day, state, is_complete, figures in rows:
        days[state] += 1
        complete += is_complete
        people.update(figures)
    return Line(county.name, dict(days), complete, dict(people))


def _sum(lines: list[Line]) -> Line:
    days = {state: sum(line.days[state] for line in lines) for state in STATES}
    people: dict[str, Cell] = {name: sum(int(line.people[name]) for line in lines) for name in PEOPLE}
    return Line("", days, sum(line.complete for line in lines), people)


def _suppress(lines: list[Line], whole: Line) -> None:
    """Leave out of all columns together what would tell a count below five; the last row is the sum of the others."""
    rows = [*lines, whole]
    counts = {(at, figure): int(row.people[figure]) for at, row in enumerate(rows) for figure in PEOPLE}
    table = Table(
        counts,
        list(crossed(counts, {len(lines): list(range(len(lines)))})),
        [((at, part), [(at, all)]) for at in range(len(rows)) for part, all in BOUNDS],
    )
    for (at, figure), shown in suppressed(table).items():
        rows[at].people[figure] = shown
