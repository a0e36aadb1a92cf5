"""The season's poster: the market dates of one town or of a county, month by month, and the code of the public page."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.market.county import County
from models.phone.coming_days import ComingDay, by_town, coming_days
from models.printing import qr
from models.printing.poster import QUIET


class Room(NamedTuple):
    """What a sheet has for its table, in mm, and what its lines take (static/css/season-poster.css)."""

    height: float
    width: float  # of all months together
    line: float = 4.3
    edges: float = 1.2  # of a row, above and below its lines
    date: float = 6.4  # one day's figure with the blank behind it, and what a column may be narrower than reckoned
    least: float = 24  # a month's heading


ROOMS = {"a4": Room(160, 146), "a3": Room(244, 226)}
ROOMY = 1.35  # how much larger the figures are where the sheet has room for it
MONTHS = 4  # of a county's poster; a town's has all


@dataclass(frozen=True)
class TownDates:
    """A town's market days by month: the first of each month, and its days."""

    name: str
    hours: tuple[str, str]
    place: str
    months: dict[date, list[ComingDay]]


@dataclass(frozen=True)
class SeasonPoster:
    """One sheet: some towns with their dates. ``address`` is where its code leads, ``path`` draws it."""

    towns: list[TownDates]
    months: list[date]
    address: str
    path: str
    modules: int
    is_roomy: bool = False


def season_posters(county: County, origin: str, since: date, until: date, town: str, size: str) -> list[SeasonPoster]:
    """Return the sheets of a county's poster, or of one town's (its code); none where nothing is planned and published.

    Cancelled days are not on paper.
    """
    days = [day for day in coming_days(county.id, since, town) if day.date <= until and not day.is_cancelled]
    rows = [_dates(name, some) for _code, name, some in sorted(by_town(days))]
    months = sorted({month for row in rows for month in row.months})[: None if town else MONTHS]
    address = f"{origin}/c/{county.id}" + (f"/{town}" if town else "")
    path, modules = qr.sheet_paths([address], QUIET)[0], qr.width(address, QUIET)
    room = ROOMS[size]
    is_roomy = sum(_heights(rows, months, room, ROOMY)) <= room.height
    sheets = [rows] if is_roomy or town else _sheets(rows, _heights(rows, months, room), room.height)
    return [SeasonPoster(some, months, address, path, modules, is_roomy) for some in sheets if some]


def _heights(rows: list[TownDates], months: list[date], room: Room, larger: float = 1) -> list[float]:
    """Return how much of a sheet each town takes, in mm. A month is as wide as the most dates that a town has in it."""
    most = {month: max(len(row.months.get(month, ())) for row in rows) for month in months}
    whole = sum(most.values()) or 1
    fit = {
        month: max(1, int(max(room.least, room.width * count / whole) / (room.date * larger)))
        for month, count in most.items()
    }
    lines = [max(-(-len(row.months.get(month, ())) // fit[month]) for month in months) for row in rows]
    return [max(1, count) * room.line * larger + room.edges for count in lines]


def _sheets(rows: list[TownDates], heights: list[float], room: float) -> list[list[TownDates]]:
    """Part towns into sheets, in their order, each about as full as the others."""
    count = -(-sum(heights) // room)
    even = min(room, sum(heights) / count + max(heights))
    found: list[list[TownDates]] = [[]]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if found[-1] and used + height > even:
            found.append([])
            used = 0.0
        found[-1].append(row)
        used += height
    return found


def _dates(name: str, days: list[ComingDay]) -> TownDates:
    months: dict[date, list[ComingDay]] = {}
    for day in days:
        months.setdefault(day.date.replace(day=1), []).append(day)
    return TownDates(name, (days[0].opens_at, days[0].closes_at), days[0].place, months)
