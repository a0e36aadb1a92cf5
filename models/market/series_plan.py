"""Series plans: which market days a series would make, and every clash, before anything is stored.

A clash stands once however many dates it has: a device that two towns of one cycle share clashes on all of them, and
one word settles it. What is not taken is left out.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from models.base.database import fetch
from models.market.campaign import Campaign
from models.market.county import County
from models.market.device import Device
from models.market.division import Division
from models.market.holiday import holiday_on
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.operator import Operator
from models.market.pattern import Pattern, last_days_of, patterns_of
from models.market.series import DAY, LAST

MOST_DAYS = 2_000  # of one series: a year of a large county is made in two
LONGEST = 366  # days from the first to the last
NO_RULE, RULE_ENDS, EXISTS, NO_TOWN, OFF_MARKET, NO_SOURCE, HOLIDAY, DEVICE, OPERATOR, HELPER = KINDS = (
    "no_rule", "rule_ends", "exists", "no_town", "off_market", "no_source", "holiday", "device", "operator", "helper",
)  # fmt: skip
MAY_BE_TAKEN = frozenset({OFF_MARKET, NO_SOURCE, HOLIDAY, DEVICE, OPERATOR, HELPER})


class Wish(NamedTuple):
    """What somebody asks for: the market dates of these towns (codes) from a date to another, set up like ``source``.

    ``source`` is a code of models/market/series.py; ``template`` the day that DAY copies, and LAST where a town has had
    none. Empty hours are those of the day that is copied.
    """

    county: County
    towns: tuple[str, ...]
    start: date
    end: date
    source: str
    template: MarketDay | None = None
    campaign: Campaign | None = None
    opens_at: str = ""
    closes_at: str = ""
    with_operators: bool = True
    with_devices: bool = True
    is_draft: bool = False


class Clash(NamedTuple):
    """Something that stands in the way, on these dates. ``key`` names it in a form.

    ``thing`` is what clashes (a device, a person, a holiday's code), ``others`` are the towns that have it. A device
    that a market day has already (``is_fixed``) stays there.
    """

    key: str
    kind: str
    town: str
    thing: str
    others: tuple[str, ...]
    dates: tuple[date, ...]
    is_taken: bool
    is_fixed: bool = False

    @property
    def may_be_taken(self) -> bool:
        """Say whether somebody may have it all the same."""
        return self.kind in MAY_BE_TAKEN and not self.is_fixed


@dataclass
class NewDay:
    """A market day that would be made, and what of its pattern is left out there: ids, and names of helpers."""

    town: Division
    date: date
    pattern: Pattern | None
    place: str = ""
    no_devices: set[int] = field(default_factory=set)
    no_operators: set[int] = field(default_factory=set)
    no_helpers: set[str] = field(default_factory=set)


class SeriesPlan(NamedTuple):
    """What a series would make: its days by date and town, and all clashes. ``digest`` is of all that was found."""

    wish: Wish
    days: list[NewDay]
    clashes: list[Clash]
    digest: str

    @property
    def by_town(self) -> list[tuple[Division, list[NewDay]]]:
        """The days of each town, by the town's code."""
        found: dict[str, list[NewDay]] = {}
        for day in self.days:
            found.setdefault(day.town.code, []).append(day)
        return [(days[0].town, days) for _code, days in sorted(found.items())]


Slot = tuple[Division, date, int | None]  # which town, when, and like which market day (its id)


class _Found:
    """Clashes as they are found, each kept under its key with all its dates."""

    def __init__(self, taken: Collection[str]) -> None:
        self.taken = frozenset(taken)
        self._rows: dict[str, dict[str, Any]] = {}

    def add(self, key: str, kind: str, town: str, thing: str, on: date, *others: str, fixed: bool = False) -> bool:
        """Note a clash; return whether it is taken all the same."""
        row = self._rows.setdefault(key, {
            "kind": kind, "town": town, "thing": thing, "others": {}, "dates": {}, "fixed": fixed,
        })  # fmt: skip
        row["others"] |= dict.fromkeys(others)
        row["dates"][on] = None
        return key in self.taken and kind in MAY_BE_TAKEN and not fixed

    def clashes(self) -> list[Clash]:
        """Return them by kind, in the order in which they were found."""
        found = [
            Clash(key, row["kind"], row["town"], row["thing"], tuple(row["others"]), tuple(sorted(row["dates"])),
                  key in self.taken and row["kind"] in MAY_BE_TAKEN and not row["fixed"], row["fixed"])
            for key, row in self._rows.items()
        ]  # fmt: skip
        return sorted(found, key=lambda clash: KINDS.index(clash.kind))


def plan_series(wish: Wish, towns: Iterable[Division], taken: Collection[str] = ()) -> SeriesPlan:
    """Return what a wish would make of these towns. ``taken`` are the keys of clashes that are taken all the same."""
    found = _Found(taken)
    chosen = [town for town in towns if town.code in wish.towns]
    calendars = MarketCalendar.of_towns([town.code for town in chosen])
    sources = last_days_of(wish.county.id, [town.code for town in chosen], wish.start)
    template = wish.template.id if wish.template and wish.source in (DAY, LAST) else None
    slots: list[Slot] = []
    for town in chosen:
        dates = _market_dates(town, calendars.get(town.code), wish, found)
        last = sources.get(town.code)
        like = last.id if last and wish.source == LAST else template
        slots += [(town, on, like) for on in dates]
    return _planned(wish, slots, sources, found)


def plan_copies(wish: Wish, slots: list[Slot], taken: Collection[str] = ()) -> SeriesPlan:
    """Return what copies of chosen market days on other dates would make."""
    found = _Found(taken)
    calendars = MarketCalendar.of_towns(sorted({town.code for town, _on, _like in slots}))
    kept = []
    for town, on, like in slots:
        calendar = calendars.get(town.code)
        if calendar and calendar.falls_on(on) is False and not found.add(
            f"off:{town.code}", OFF_MARKET, town.name, "", on
        ):
            continue
        kept.append((town, on, like))
    return _planned(wish, kept, {}, found)


def _market_dates(town: Division, calendar: MarketCalendar | None, wish: Wish, found: _Found) -> list[date]:
    """Return the town's market dates of the period; the first day without a rule says that there is none."""
    period = [wish.start + timedelta(days=n) for n in range((wish.end - wish.start).days + 1)]
    if calendar is None:
        found.add(f"no_rule:{town.code}", NO_RULE, town.name, "", wish.start)
        return []
    known = {on: calendar.falls_on(on) for on in period}
    for on in (on for on, falls in known.items() if falls is None):
        found.add(f"rule_ends:{town.code}", RULE_ENDS, town.name, "", on)
    return [on for on, falls in known.items() if falls]


def _planned(wish: Wish, slots: list[Slot], sources: dict[str, MarketDay], found: _Found) -> SeriesPlan:
    existing = _existing(wish.county, [on for _town, on, _like in slots])
    likes = {like for _town, _on, like in slots if like}
    days_like = list(MarketDay.select(MarketDay, Division).join(Division).where(MarketDay.id.in_(list(likes))))
    patterns = patterns_of(days_like)
    days: list[NewDay] = []
    for town, on, like in sorted(slots, key=lambda slot: (slot[1], slot[0].code)):
        pattern = patterns.get(like or 0)
        if _stands(wish, town, on, pattern, existing, found):
            here = pattern.day if pattern and pattern.day.town_id == town.code else sources.get(town.code)
            days.append(NewDay(town, on, pattern, here.place if here else ""))
    if wish.with_devices:
        _part(days, found, DEVICE, _devices_of, _devices_on(wish.county, days), "no_devices")
    if wish.with_operators:
        _part(days, found, OPERATOR, _operators_of, _operators_on(wish.county, days), "no_operators")
    _part(days, found, HELPER, _helpers_of, _helpers_on(wish.county, days), "no_helpers")
    clashes = found.clashes()
    return SeriesPlan(wish, days, clashes, _digest(wish, days, clashes))


def _stands(
    wish: Wish, town: Division, on: date, pattern: Pattern | None, existing: set[tuple[str, date]], found: _Found
) -> bool:
    """Say whether a market day would be made there; note why not."""
    if (town.code, on) in existing:
        found.add(f"exists:{town.code}", EXISTS, town.name, "", on)
        return False
    existing.add((town.code, on))  # two that are copied may meet on one date
    if not town.holds_on(on):
        found.add(f"no_town:{town.code}", NO_TOWN, town.name, "", on)
        return False
    if wish.source in (LAST, DAY) and (pattern is None or not pattern.booths) and not found.add(
        f"no_source:{town.code}", NO_SOURCE, town.name, "", on
    ):
        return False
    holiday = holiday_on(on)
    return holiday is None or found.add(f"holiday:{holiday}:{on.year}", HOLIDAY, "", holiday, on, town.name)


Things = Callable[[NewDay], dict[Any, str]]  # what a day's pattern has: key and name
Held = dict[date, dict[Any, str]]  # who has what on each date already: key and the town's name


def _part(days: list[NewDay], found: _Found, kind: str, of: Things, held: Held, left_out: str) -> None:
    """Find what stands at several places on one date. The first town keeps it, but for one that somebody chose.

    A device is at one place only. A person or a helper who is taken all the same is at both.
    """
    claims: dict[tuple[date, Any], list[NewDay]] = {}
    names: dict[Any, str] = {}
    for day in days:
        for key, name in of(day).items():
            claims.setdefault((day.date, key), []).append(day)
            names[key] = name
    for (on, key), claimants in claims.items():
        there = held.get(on, {}).get(key)
        keeper = None if there else claimants[0]
        chosen = None
        for day in claimants[0 if there else 1:]:
            other = there or claimants[0].town.name
            name = f"{kind}:{key}:{day.town.code}" + (":fixed" if there else "")
            fixed = bool(there) and kind == DEVICE
            if not found.add(name, kind, day.town.name, names[key], on, other, fixed=fixed):
                getattr(day, left_out).add(key)
            elif kind == DEVICE and chosen is None:
                chosen = day
            elif kind == DEVICE:
                getattr(day, left_out).add(key)
        if chosen is not None and keeper is not None:
            getattr(keeper, left_out).add(key)


def _devices_of(day: NewDay) -> dict[Any, str]:
    rows = day.pattern.devices.values() if day.pattern else ()
    return {device.id: _called(device) for some in rows for device in some}


def _called(device: Device) -> str:
    return device.name or f"#{device.id}"


def _operators_of(day: NewDay) -> dict[Any, str]:
    rows: Iterable[list[Operator]] = day.pattern.operators.values() if day.pattern else ()
    return {operator.id: operator.full_name for some in rows for operator in some}


def _helpers_of(day: NewDay) -> dict[Any, str]:
    return {name: name for name in (day.pattern.helpers if day.pattern else ())}


_ON = (
    "FROM market_day AS d JOIN booth AS b ON b.market_day_id = d.id JOIN division AS v ON v.code = d.town_id"
    " {joins} WHERE d.county_id = ? AND d.date >= ? AND d.date <= ? AND {which}"
)


def _held(sql: str, county: County, days: list[NewDay]) -> Held:
    """Return what market days that exist have on the dates of a plan."""
    held: Held = {}
    dates = {day.date for day in days}
    if dates:
        for on, key, town in fetch(sql, (county.id, min(dates), max(dates))):
            if (found := _as_date(on)) in dates:
                held.setdefault(found, {})[key] = town
    return held


def _as_date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _devices_on(county: County, days: list[NewDay]) -> Held:
    """Also at cancelled days: a device may have heard that it is to go there."""
    return _held("SELECT d.date, t.device_id, v.name " + _ON.format(
        joins="JOIN log AS l ON l.booth_id = b.id JOIN tablet AS t ON t.id = l.id",
        which="t.withdrawn_at IS NULL AND t.revoked_at IS NULL",
    ), county, days)  # fmt: skip


def _operators_on(county: County, days: list[NewDay]) -> Held:
    return _held("SELECT d.date, y.operator_id, v.name " + _ON.format(
        joins="JOIN duty AS y ON y.booth_id = b.id",
        which="y.withdrawn_at IS NULL AND d.cancelled_at IS NULL",
    ), county, days)  # fmt: skip


def _helpers_on(county: County, days: list[NewDay]) -> Held:
    return _held(
        "SELECT d.date, i.person, v.name FROM market_day AS d JOIN checklist_item AS i ON i.market_day_id = d.id"
        " JOIN division AS v ON v.code = d.town_id WHERE d.county_id = ? AND d.date >= ? AND d.date <= ?"
        " AND i.person <> '' AND d.cancelled_at IS NULL", county, days,
    )  # fmt: skip


def _existing(county: County, dates: list[date]) -> set[tuple[str, date]]:
    """Return the market days that there are, cancelled ones too, by town and date."""
    if not dates:
        return set()
    sql = "SELECT town_id, date FROM market_day WHERE county_id = ? AND date >= ? AND date <= ?"
    return {(town, _as_date(on)) for town, on in fetch(sql, (county.id, min(dates), max(dates)))}


def _digest(wish: Wish, days: list[NewDay], clashes: list[Clash]) -> str:
    """Return what a plan is, so that nobody makes another one than was shown."""
    asked = [wish.source, wish.start, wish.end, wish.opens_at, wish.closes_at, wish.with_operators, wish.with_devices]
    made = [(day.town.code, day.date, day.pattern and (day.pattern.day.id, len(day.pattern.booths))) for day in days]
    rows = sorted((clash.key, clash.thing, clash.dates) for clash in clashes)
    return sha256(f"{asked!r}{made!r}{rows!r}".encode()).hexdigest()[:32]
