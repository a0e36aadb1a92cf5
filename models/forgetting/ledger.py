"""The ledger: who was introduced to which vacancy and what came of it, two years back, as a book.

Interim Regulations on Human Resources Markets, article 33. Names are masked once the period of names is over.
"""

from datetime import date, timedelta
from typing import NamedTuple

from models.base.database import fetch
from models.log.forgotten import MASKED
from models.log.shortened import SOMEBODY, masked
from models.market.county import County
from models.market.retention import Retention

MOST = 5_000  # lines of one book; a longer time is several books


class Line(NamedTuple):
    """One introduction: when and where, whom, to what, and how far it came."""

    date: date
    town: str
    booth: int | None
    name: str
    sex: str
    vacancy: str
    title: str
    employer: str
    stage: str
    place: str


def ledger_of(county: County, first: date, last: date, today: date) -> list[Line]:
    """Return a county's introductions from one date to another, both included, by date; at most MOST."""
    names_go = today - timedelta(days=Retention.of(county).contact_days)
    rows = fetch(
        "SELECT d.date, t.name, k.booth, c.name, c.sex, k.vacancy, v.title, COALESCE(e.name, b.name, ''), k.stage,"
        " k.place"
        " FROM market_day AS d JOIN division AS t ON t.code = d.town_id JOIN check_in AS k ON k.market_day_id = d.id"
        " LEFT JOIN candidate AS c ON c.id = k.person LEFT JOIN vacancy AS v ON v.number = k.vacancy"
        " LEFT JOIN employer AS e ON e.id = v.employer_id"
        " LEFT JOIN booth AS b ON b.market_day_id = d.id AND b.number = k.booth"
        " WHERE d.county_id = ? AND d.date >= ? AND d.date <= ?"
        " ORDER BY d.date, d.id, k.at_ms, k.vacancy, k.person LIMIT ?",
        (county.id, first, last, MOST),
    )
    return [_line(row, names_go) for row in rows]


def _line(row: tuple, names_go: date) -> Line:
    day, town, booth, name, sex, vacancy, title, employer, stage, place = row
    held = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
    shown = name or ""
    if shown and held < names_go and not shown.endswith(SOMEBODY):
        shown = masked(shown, MASKED)
    return Line(held, town, booth, shown, sex or "", vacancy, title or "", employer, stage, place or "")
