"""Report choices: which market days of a county a report is about, and their figures added up by what its rows are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from models.base.clock import utcnow
from models.base.database import fetch
from models.base.lanes import from_bytes, pick, unpack
from models.figures.rollup import counted, figure_names
from models.figures.summary import figures
from models.market.campaign import Campaign
from models.market.county import County
from models.market.division import Division
from models.market.life import CANCELLED, CLOSED, OPEN, SIGNED, states_of
from models.market.market_day import MarketDay

DAY, WEEK, MONTH, TOWN, VENUE, CAMPAIGN = BY = ("day", "week", "month", "town", "venue", "campaign")
COUNTED = (OPEN, CLOSED, SIGNED)
ROW = (  # figures that a row shows
    "persons", "visits", "registered", "persons_checked_in", "check_ins", "persons_reached.agreed", "reached.agreed",
    "persons_reached.hired",
)  # fmt: skip


class ReportChoice(NamedTuple):
    """Market days of a county from one date to another, both included, and by what the rows of the report are."""

    county: County
    start: date
    end: date
    campaign: Campaign | None = None
    town: Division | None = None
    venue: str = ""
    event_type: str = ""
    by: str = ""


class ReportDay(NamedTuple):
    """A market day of a report; ``version`` is 0 of one that is not closed."""

    id: int
    date: date
    town: str
    town_name: str
    campaign_id: int | None
    venue: str
    event_type: str
    level: str
    state: str
    version: int

    @property
    def is_counted(self) -> bool:
        """Say whether its figures are in the report: it has begun, and was not cancelled."""
        return self.state in COUNTED


class Sums(NamedTuple):
    """The days of a choice by date; what all came to by name (models/figures/rollup.py), each row by those of ROW."""

    days: list[ReportDay]
    rows: dict[Any, Counter[str]]
    whole: Counter[str]

    @property
    def counted(self) -> list[ReportDay]:
        """The days whose figures are in it."""
        return [day for day in self.days if day.is_counted]


_DAYS = (
    "SELECT d.id, d.date, d.town_id, t.name, d.campaign_id, d.venue, d.event_type, d.level, d.cancelled_at,"
    " r.version, r.counts, CASE WHEN r.version IS NULL THEN NULL ELSE"
    " (SELECT 1 FROM signing AS s WHERE s.market_day_id = d.id AND s.version = r.version) END"
    " FROM market_day AS d JOIN division AS t ON t.code = d.town_id LEFT JOIN rollup AS r ON r.market_day_id = d.id"
    " WHERE d.county_id = ? AND d.date >= ? AND d.date <= ?"
)


def sums_of(choice: ReportChoice, now: datetime | None = None) -> Sums:
    """Add up the market days of a choice: closed ones as their versions say, the others as they stand now.

    Closed days cost one statement however many there are, an open one as much as its own sheet.
    """
    days: list[ReportDay] = []
    packed: dict[Any, int] = {}
    unclosed: list[int] = []
    for id, on, town, name, campaign, venue, kind, level, cancelled_at, version, counts, signed in _rows(choice):
        state = CANCELLED if cancelled_at is not None else SIGNED if signed else CLOSED if version else ""
        on = on if isinstance(on, date) else date.fromisoformat(on)
        day = ReportDay(id, on, town, name, campaign, venue, kind, level, state, version or 0)
        if not state:
            unclosed.append(id)
        elif state != CANCELLED:
            row = row_of(day, choice.by)
            packed[row] = packed.get(row, 0) + from_bytes(counts)
        days.append(day)
    days.sort(key=lambda day: (day.date, day.id))  # here: a database would sort the rows of figures with them
    names = figure_names()
    lanes = {name: lane for lane, name in names.items()}
    shown = [lanes.get(name, len(lanes)) for name in ROW]
    rows = {row: Counter(dict(zip(ROW, pick(one, shown), strict=True))) for row, one in packed.items()}
    whole = Counter({names[lane]: n for lane, n in enumerate(unpack(sum(packed.values()))) if n})
    if unclosed:
        days = _with_states(days, unclosed, now)
        for day, found in _live([day for day in days if day.state == OPEN], choice.county, now):
            counts = counted(found)
            rows.setdefault(row_of(day, choice.by), Counter()).update({name: counts[name] for name in ROW})
            whole.update(counts)
    return Sums(days, rows, whole)


def row_of(day: ReportDay, by: str) -> Any:
    """Return the key of the row in which a market day stands: a code, a number or the first day of a time."""
    if by == WEEK:
        return day.date - timedelta(days=day.date.weekday())
    if by == MONTH:
        return day.date.replace(day=1)
    if by == TOWN:
        return day.town
    if by == VENUE:
        return day.venue
    if by == CAMPAIGN:
        return day.campaign_id or 0
    return day.id if by == DAY else ""


def _rows(choice: ReportChoice) -> list[tuple]:
    sql, values = _DAYS, [choice.county.id, choice.start, choice.end]
    for column, value in (
        ("campaign_id", choice.campaign and choice.campaign.id),
        ("town_id", choice.town and choice.town.code),
        ("venue", choice.venue),
        ("event_type", choice.event_type),
    ):
        if value:
            sql, values = f"{sql} AND d.{column} = ?", [*values, value]
    return fetch(sql, values)


def _with_states(days: list[ReportDay], unclosed: list[int], now: datetime | None) -> list[ReportDay]:
    """Return the days with the states of those that no version speaks for."""
    states: dict[int, str] = {}
    for start in range(0, len(unclosed), 500):
        asked = MarketDay.id.in_(unclosed[start : start + 500])
        states |= states_of(list(MarketDay.select(MarketDay, County).join(County).where(asked)), now)
    return [day._replace(state=states.get(day.id, day.state)) for day in days]


def _live(days: list[ReportDay], county: County, now: datetime | None) -> Iterable[tuple[ReportDay, Mapping[str, Any]]]:
    for day in days:
        market_day = MarketDay.get_by_id(day.id)
        market_day.county = county
        yield day, figures(market_day, now or utcnow())
