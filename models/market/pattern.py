"""Patterns: what a market day is set up with, read once and used for many: booths, offers, operators, devices, list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from models.base.database import fetch_in
from models.market.booth import ROUND, Booth
from models.market.checklist import ChecklistItem
from models.market.day_labour import is_past
from models.market.device import Device
from models.market.division import Division
from models.market.duty import Duty
from models.market.exemption import stopped
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.offer import Offer
from models.market.operator import Operator
from models.market.tablet import Tablet
from models.market.vacancy import Vacancy


@dataclass
class Pattern:
    """A market day's set-up. ``offers``, ``operators`` and ``devices`` are by the booth's id.

    Closed vacancies, those that a check stops, archived operators, and devices that cannot be used are not in it.
    """

    day: MarketDay
    booths: list[Booth] = field(default_factory=list)
    offers: dict[int, list[Vacancy]] = field(default_factory=dict)
    operators: dict[int, list[Operator]] = field(default_factory=dict)
    devices: dict[int, list[Device]] = field(default_factory=dict)
    items: list[ChecklistItem] = field(default_factory=list)

    @property
    def helpers(self) -> list[str]:
        """Who sees to something on its checklist, by name."""
        return list(dict.fromkeys(item.person for item in self.items if item.person and not item.is_left_out))

    def offered(self, booth: Booth, on: date) -> list[Vacancy]:
        """Return what a booth offers on a date: what is still good then."""
        return [one for one in self.offers.get(booth.id, ()) if not is_past(one, on)]


def patterns_of(days: Iterable[MarketDay]) -> dict[int, Pattern]:
    """Return the set-up of each of these market days by its id, without rounds. Seven statements for any number."""
    found = {day.id: Pattern(day) for day in days}
    ids = list(found)
    if not ids:
        return {}
    stands = Booth.market_day.in_(ids) & (Booth.kind != ROUND)
    for booth in Booth.select().where(stands).order_by(Booth.number):
        found[booth.market_day_id].booths.append(booth)
    offers = Offer.select(Offer, Vacancy).join(Vacancy).where(Offer.market_day.in_(ids), ~Vacancy.closed)
    by_age = list(offers.order_by(Vacancy.id))
    held_back = stopped({offer.vacancy_id: offer.vacancy for offer in by_age}.values())
    for offer in by_age:
        if offer.vacancy_id not in held_back:
            found[offer.market_day_id].offers.setdefault(offer.booth_id, []).append(offer.vacancy)
    duties = Duty.select(Duty, Operator, Booth).join(Operator).switch(Duty).join(Booth)
    on_duty = stands & Duty.withdrawn_at.is_null() & Operator.archived_at.is_null()
    for duty in duties.where(on_duty).order_by(Duty.id):
        there = found[duty.booth.market_day_id].operators.setdefault(duty.booth_id, [])
        if duty.operator not in there:
            there.append(duty.operator)
    tablets = Tablet.select(Tablet, Log, Device).join(Device).switch(Tablet).join(Log).join(Booth)
    for tablet in tablets.where(stands).order_by(Tablet.log):
        at = tablet.log.booth_id
        if at and tablet.counts and tablet.device.is_usable:
            found[tablet.log.market_day_id].devices.setdefault(at, []).append(tablet.device)
    items = ChecklistItem.select().where(ChecklistItem.market_day.in_(ids)).order_by(ChecklistItem.id)
    for item in items:
        found[item.market_day_id].items.append(item)
    return found


def last_days_of(county: int, towns: Iterable[str], before: date) -> dict[str, MarketDay]:
    """Return each town's last market day before a date that was not cancelled and has booths. Two statements."""
    last: dict[str, tuple[date, int]] = {}
    sql = (
        "SELECT d.town_id, d.date, d.id FROM market_day AS d WHERE d.county_id = ? AND d.date < ?"
        " AND d.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM booth AS b"
        f" WHERE b.market_day_id = d.id AND b.kind <> '{ROUND}')"
        " AND d.town_id IN (??)"
    )
    for town, on, id in fetch_in(sql, towns, county, before):
        last[town] = max(last.get(town, (on, id)), (on, id))
    ids = [id for _on, id in last.values()]
    days = MarketDay.select(MarketDay, Division).join(Division).where(MarketDay.id.in_(ids))
    return {day.town_id: day for day in days}
