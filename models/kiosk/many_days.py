"""Many days: chosen market days are moved or cancelled at once, each as it would be by itself, all or none.

What stands in the way is found before: a day that cannot be moved is left out, and its reason is a code.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from models.base.clock import utcnow
from models.base.database import fetch_in, writing
from models.kiosk.cancellation import cancel
from models.kiosk.in_use import facts_of
from models.kiosk.postponement import has_begun, postpone
from models.kiosk.set_up import change_market_day
from models.market.amendment import amending
from models.market.county import County
from models.market.division import Division
from models.market.holiday import holiday_on
from models.market.life import DRAFT, MOVES, states_of
from models.market.log import Log
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.tablet import Tablet

MOST = 400  # days at once
STATE, BEGUN, PAST, EARLIER, EXISTS, NO_DATE, OFF_MARKET, HOLIDAY, DEVICE = HINDRANCES = (
    "state", "begun", "past", "earlier", "exists", "no_date", "off_market", "holiday", "device",
)  # fmt: skip
MAY_BE_TAKEN = frozenset({OFF_MARKET, HOLIDAY, DEVICE})


class Target(NamedTuple):
    """Where chosen days go: so many days further, or onto their towns' market dates from a date on, in their order."""

    by: int = 0
    onto: date | None = None


class Step(NamedTuple):
    """What would become of one day: its new date, and what hinders it (codes); nothing hinders one that is taken."""

    day: MarketDay
    to: date | None
    hindrances: tuple[str, ...] = ()

    @property
    def may_be_taken(self) -> bool:
        """Say whether somebody may have it all the same."""
        return bool(self.hindrances) and set(self.hindrances) <= MAY_BE_TAKEN


def chosen_days(county: County, ids: Collection[int], towns: Collection[str] | None = None) -> list[MarketDay]:
    """Return these market days of a county with their towns, by date; ``towns`` as for a clerk."""
    rows = MarketDay.select(MarketDay, Division).join(Division).where(MarketDay.county == county)
    found = list(rows.where(MarketDay.id.in_(list(ids)[:MOST])).order_by(MarketDay.date, MarketDay.id))
    for day in found:
        day.county = county
    return [day for day in found if towns is None or day.town_id in towns]


def dates_for(days: list[MarketDay], target: Target) -> list[date | None]:
    """Return the new date of each of these days; None where a town has no such date within a year."""
    if target.onto is None:
        return [day.date + timedelta(days=target.by) for day in days]
    calendars = MarketCalendar.of_towns(sorted({day.town_id for day in days}))
    coming = {town: calendar.following(target.onto) for town, calendar in calendars.items()}
    return [next(coming[day.town_id], None) if day.town_id in coming else None for day in days]


def plan_moves(county: County, days: list[MarketDay], target: Target, today: date) -> list[Step]:
    """Return what a move would make of these days, by their dates."""
    calendars = MarketCalendar.of_towns(sorted({day.town_id for day in days}))
    states, facts = states_of(days), facts_of(days)
    steps = [
        Step(day, to, tuple(_own(day, to, states[day.id], facts[day.id], today, calendars.get(day.town_id))))
        for day, to in zip(days, dates_for(days, target), strict=True)
    ]
    return _among_others(county, steps)


def move_days(steps: Iterable[Step], taken: Collection[int], who: str, why: str) -> int:
    """Move the days that nothing hinders, or that are taken all the same (ids); return how many.

    A draft gets another date; any other is postponed, with the reason, and its tablets are told. A device that is
    elsewhere on the new date is not expected there any more.
    """
    moved = 0
    with writing():
        steps = list(steps)
        devices = _devices_of([step.day.id for step in steps])
        kept = [step for step in steps if not step.hindrances or (step.may_be_taken and step.day.id in taken)]
        for step in kept:
            assert step.to is not None
            if DEVICE in step.hindrances:
                _free(step, kept, devices)
            if states_of([step.day])[step.day.id] == DRAFT:
                change_market_day(step.day, date=step.to)
            else:
                postpone(step.day, step.to, who, why)
            moved += 1
    return moved


def may_cancel(days: list[MarketDay]) -> dict[int, bool]:
    """Return of each day whether it can be cancelled: not when its sheet was signed, and not twice."""
    states = states_of(days)
    return {day.id: states[day.id] in MOVES["cancel"].starts and not day.is_cancelled for day in days}


def cancel_days(days: list[MarketDay], who: str, why: str) -> int:
    """Cancel those of these days that can be, as each by itself: its tablets are told. Return how many."""
    with writing():
        possible = may_cancel(days)
        chosen = [day for day in days if possible[day.id]]
        for day in chosen:
            with amending(day, who, why):
                cancel(day, who, why)
    return len(chosen)


def _own(
    day: MarketDay, to: date | None, state: str, facts: int, today: date, calendar: MarketCalendar | None
) -> Iterable[str]:
    """Yield what of the day itself hinders a move."""
    if to is None:
        yield NO_DATE
        return
    if (facts and state == DRAFT) or (state != DRAFT and state not in MOVES["postpone"].starts):
        yield STATE
    if facts and has_begun(day):
        yield BEGUN
    if to < today:
        yield PAST
    elif to <= day.date and (state != DRAFT or to == day.date):
        yield EARLIER
    if calendar and calendar.falls_on(to) is False:
        yield OFF_MARKET
    if holiday_on(to):
        yield HOLIDAY


def _among_others(county: County, steps: list[Step]) -> list[Step]:
    """Add what other days hinder: those that stay where they are, and those that would come to the same date.

    Whether a day stays depends on others, so this is asked until nothing changes.
    """
    while True:
        moving = {step.day.id: step for step in steps if not set(step.hindrances) - MAY_BE_TAKEN}
        taken = _standing(county, steps, moving)
        changed = []
        for step in steps:
            if step.day.id in moving:
                there = (step.day.town_id, step.to)
                if there in taken:
                    step = step._replace(hindrances=(*step.hindrances, EXISTS))
                else:
                    taken.add(there)
            changed.append(step)
        if changed == steps:
            return _with_devices(county, steps)
        steps = changed


def _standing(county: County, steps: list[Step], moving: Collection[int]) -> set[tuple[str, date | None]]:
    """Return where market days stand (town, date), but for those that are moving."""
    dates = [step.to for step in steps if step.to]
    rows = MarketDay.select(MarketDay.id, MarketDay.town, MarketDay.date).where(
        MarketDay.county == county, MarketDay.date.in_(sorted(set(dates)))
    )
    return {(day.town_id, day.date) for day in rows if day.id not in moving}


def _with_devices(county: County, steps: list[Step]) -> list[Step]:
    """Add which days' devices are at another town's market on the new date."""
    moving = {step.day.id: step.to for step in steps if not set(step.hindrances) - MAY_BE_TAKEN}
    devices = _devices_of(list(moving))
    dates = sorted({on for on in moving.values() if on})
    others = MarketDay.select(MarketDay.id, MarketDay.date).where(
        MarketDay.county == county, MarketDay.date.in_(dates), MarketDay.id.not_in(list(moving))
    )
    where = {day.id: day.date for day in others}
    held: set[tuple[date | None, int]] = {
        (where[id], device) for id, some in _devices_of(list(where)).items() for device in some
    }
    found = []
    for step in steps:
        mine = {(step.to, device) for device in devices.get(step.day.id, ())}
        if step.day.id in moving:
            if mine & held:
                step = step._replace(hindrances=(*step.hindrances, DEVICE))
            held |= mine
        found.append(step)
    return found


def _devices_of(days: list[int]) -> dict[int, set[int]]:
    """Return the devices that are expected at each of these market days."""
    sql = (
        "SELECT l.market_day_id, t.device_id FROM log AS l JOIN tablet AS t ON t.id = l.id"
        " WHERE t.withdrawn_at IS NULL AND t.revoked_at IS NULL AND l.market_day_id IN (??)"
    )
    found: dict[int, set[int]] = {}
    for day, device in fetch_in(sql, days):
        found.setdefault(day, set()).add(device)
    return found


def _free(step: Step, kept: list[Step], devices: dict[int, set[int]]) -> None:
    """Expect those devices no more at a moved day that are elsewhere on its new date."""
    mine = devices.get(step.day.id, set())
    others = [day.id for day in MarketDay.select(MarketDay.id).where(
        MarketDay.county == step.day.county_id, MarketDay.date == step.to, MarketDay.id != step.day.id
    )]  # fmt: skip
    moving = {one.day.id: one.to for one in kept}
    there = [id for id in others if moving.get(id, step.to) == step.to]
    there += [one.day.id for one in kept if one.to == step.to and one.day.id != step.day.id]
    busy = mine & {device for held in _devices_of(there).values() for device in held}
    logs = Log.select(Log.id).where(Log.market_day == step.day)
    Tablet.update(withdrawn_at=utcnow()).where(
        Tablet.log.in_([log.id for log in logs]), Tablet.device.in_(sorted(busy)), Tablet.withdrawn_at.is_null()
    ).execute()
