"""The season's poster: the market dates of one town or of a county, month by month, and the code of the public page."""

from dataclasses import dataclass
from datetime import date

from models.market.county import County
from models.phone.coming_days import ComingDay, by_town, coming_days
from models.printing import qr
from models.printing.poster import QUIET

ROWS = {"a4": 26, "a3": 44}  # towns on one sheet of a county's poster
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


def season_posters(county: County, origin: str, since: date, until: date, town: str, size: str) -> list[SeasonPoster]:
    """Return the sheets of a county's poster, or of one town's (its code); none where nothing is planned and published.

    Cancelled days are not on paper.
    """
    days = [day for day in coming_days(county.id, since, town) if day.date <= until and not day.is_cancelled]
    rows = [_dates(name, some) for _code, name, some in sorted(by_town(days))]
    months = sorted({month for row in rows for month in row.months})[: None if town else MONTHS]
    address = f"{origin}/c/{county.id}" + (f"/{town}" if town else "")
    per = ROWS[size]
    sheets = -(-len(rows) // per)
    even = -(-len(rows) // sheets) if sheets else 0  # two half-full sheets rather than a full one and a line
    return [
        SeasonPoster(rows[start : start + even], months, address, qr.sheet_paths([address], QUIET)[0],
                     qr.width(address, QUIET))
        for start in range(0, len(rows), even or 1)
    ]  # fmt: skip


def _dates(name: str, days: list[ComingDay]) -> TownDates:
    months: dict[date, list[ComingDay]] = {}
    for day in days:
        months.setdefault(day.date.replace(day=1), []).append(day)
    return TownDates(name, (days[0].opens_at, days[0].closes_at), days[0].place, months)
