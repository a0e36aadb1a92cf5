"""Assignments: which device of the pool stands at which booth on which market day, and which log it is to write next.

An assignment is the tablet (tablet.py) with its empty log, made in advance. It is withdrawn, never deleted: its
device may have heard of it already and write facts there without network.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from models.base.clock import milliseconds, utcnow
from models.base.database import fetch, writing
from models.market.booth import ROUND, Booth
from models.market.county import County
from models.market.device import Device
from models.market.division import Division
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.tablet import Tablet

AFTERWARDS = timedelta(minutes=30)  # past closing time in which a device is still expected at its booth
WALKS_ON = timedelta(days=8)  # after its market day a round may still go on: as long as its logs are open
BEFOREHAND = timedelta(hours=14)  # before a market, the evening before, a device that is kept elsewhere goes there


class Clash(Exception):
    """The device is asked to be at another booth on the same date: ``tablet`` is what it is there."""

    def __init__(self, tablet: Tablet) -> None:
        super().__init__(f"at booth {tablet.booth.number} of market day {tablet.market_day_id}")
        self.tablet = tablet


def of_devices(county: County, since: date) -> dict[int, list[Tablet]]:
    """Return what each device of a county is from a date on, by the market days' opening."""
    found = Tablet.select(Tablet, Log, Booth, MarketDay, Division)
    found = found.join(Log).join(Booth).join(MarketDay).join(Division)
    expected = Tablet.withdrawn_at.is_null() & Tablet.revoked_at.is_null()
    rows: dict[int, list[Tablet]] = {}
    for tablet in found.where(MarketDay.county == county, MarketDay.date >= since, expected):
        tablet.log.market_day = tablet.booth.market_day
        tablet.market_day.county = county
        rows.setdefault(tablet.device_id, []).append(tablet)
    return {device: sorted(some, key=lambda one: (one.market_day.hours_ms(), one.id)) for device, some in rows.items()}


class Assignment(NamedTuple):
    """A log that a device is to write, and from when (ms since 1970) until when, half an hour past closing time.

    ``is_enrolled``: it was assigned by the device's last enrolment.
    """

    log: int
    letter: str
    acknowledged: int
    booth: int
    market_day: MarketDay
    town: str
    since: int
    until: int
    is_round: bool = False
    is_enrolled: bool = False


def assign(device: Device, booth: Booth) -> Tablet:
    """Assign a device to a booth; a repeat changes nothing. Raises Clash when it is elsewhere on that date."""
    with writing():
        clashing = [one for one in on_date(device, booth.market_day) if one.booth_id != booth.id]
        if clashing:
            raise Clash(clashing[0])
        return _place(device, booth)


def send_to(device: Device, booth: Booth, now: datetime | None = None) -> Tablet:
    """Assign a device to a booth where it is enrolled: other booths of that date give it up. Inside ``writing()``."""
    for other in on_date(device, booth.market_day):
        if other.booth_id != booth.id:
            withdraw(other)
    tablet = _place(device, booth)
    tablet.assigned_at = device.enrolled_at = now or utcnow()
    tablet.save(only=[Tablet.assigned_at])
    device.log_id = tablet.id
    device.save(only=[Device.log_id, Device.enrolled_at])
    return tablet


def withdraw(tablet: Tablet) -> None:
    """Expect a device at a booth no more. What it wrote there, or writes before it hears of it, stays and counts."""
    with writing():
        Tablet.update(withdrawn_at=utcnow()).where(Tablet.log == tablet.id, Tablet.withdrawn_at.is_null()).execute()


def on_date(device: Device, day: MarketDay) -> list[Tablet]:
    """Return what a device is at the market days of a date."""
    return [one for one in of_device(device) if one.market_day.date == day.date]


def of_device(device: Device) -> list[Tablet]:
    """Return what a device is at its booths, by the market days' opening."""
    found = Tablet.select(Tablet, Log, Booth, MarketDay, County).join(Log).join(Booth).join(MarketDay).join(County)
    expected = Tablet.withdrawn_at.is_null() & Tablet.revoked_at.is_null()
    rows = list(found.where(Tablet.device == device, expected))
    for tablet in rows:
        tablet.log.market_day = tablet.booth.market_day
    return sorted(rows, key=lambda tablet: (tablet.market_day.hours_ms(), tablet.id))


def next_for(tablet: Tablet, now: datetime | None = None) -> Assignment | None:
    """Return the log that a tablet's device is to write next, or None when no booth is to have it any more.

    While a market goes on, and half an hour longer, its booth keeps the device: the one after it is to be written from
    then on, and is told already. Without one after it, it is this log itself. A device that is out with a survey, or
    was enrolled at a booth whose market was over by then, is wanted there until the evening before the next market.
    """
    now = now or utcnow()
    at, expected = milliseconds(now), _expected(tablet, now)
    own = next((one for one in expected if one.log == tablet.id), None)
    late = next((one for one in expected if one.is_enrolled and one.since >= one.until and not one.is_round), None)
    market = next((one for one in expected if not one.is_round and one.until > at), None)
    leaves = market.market_day.hours_ms()[0] - BEFOREHAND // timedelta(milliseconds=1) if market else at + 1
    if late and late is not own and at < leaves and (own is None or own.since < late.since):
        return late
    if own and own.is_round:
        return market._replace(since=leaves) if market else own
    due = next((place for place, one in enumerate(expected) if one.until > at), None)
    if due is None:
        return None
    if expected[due].log == tablet.id and due + 1 < len(expected):
        due += 1
    since = expected[due - 1].until if due else expected[due].since
    is_kept = late is not None and late is own and not expected[due].is_round
    return expected[due]._replace(since=max(since, leaves) if is_kept else since)


_EXPECTED = (
    "SELECT t.id, t.assigned_at, l.letter, l.acknowledged, b.number, v.name, b.kind, t.assigned_at = e.enrolled_at,"
    " d.id, d.date, d.opens_at, d.closes_at FROM tablet AS t JOIN device AS e ON e.id = t.device_id"
    " JOIN log AS l ON l.id = t.id JOIN booth AS b ON b.id = l.booth_id"
    " JOIN market_day AS d ON d.id = l.market_day_id JOIN division AS v ON v.code = d.town_id"
    " WHERE t.device_id = ? AND t.withdrawn_at IS NULL AND t.revoked_at IS NULL"
    f" AND (d.date >= ? OR t.assigned_at >= ? OR (b.kind = '{ROUND}' AND d.date >= ?))"
)
_OF_DAY = ("id", "date", "opens_at", "closes_at")


def _expected(tablet: Tablet, now: datetime) -> list[Assignment]:
    """Return the logs that a device is to write, those of the last days too, by the market days' opening."""
    found, lately = [], _lately(now)
    walking = (now - WALKS_ON).date()
    rows = fetch(_EXPECTED, (tablet.device_id, lately.date(), milliseconds(lately), walking))
    for log, since, letter, acknowledged, booth, town, kind, is_enrolled, *of_day in rows:
        day = MarketDay.filled(_OF_DAY, of_day)
        day.county = tablet.market_day.county
        opens, until = day.hours_ms(AFTERWARDS)
        is_what = kind == ROUND, bool(is_enrolled)
        one = Assignment(log, letter, acknowledged, booth, day, town, since, until, *is_what)
        found.append((opens, log, one))
    return [assignment for _, _, assignment in sorted(found, key=lambda one: one[:2])]


def _lately(now: datetime) -> datetime:
    """Return a moment before which no market that goes on now began, in whatever time zone."""
    return now - timedelta(days=2)


def as_last_time(day: MarketDay) -> list[tuple[Device, Booth]]:
    """Return which devices to assign to which booths of a market day, as at the town's last one that had any.

    Booths correspond by number. Left out are devices that cannot be used or are elsewhere on that date, and booths that
    have a device already.
    """
    before = _last_time(day)
    booths = {booth.number: booth for booth in day.booths}
    taken = {tablet.booth_id for tablet in Tablet.enrolled(day) if tablet.is_expected}
    found = []
    for tablet in before:
        booth = booths.get(tablet.booth.number)
        if booth and booth.id not in taken and tablet.device.is_usable and not on_date(tablet.device, day):
            found.append((tablet.device, booth))
    return found


def _last_time(day: MarketDay) -> list[Tablet]:
    earlier = MarketDay.select().where(
        MarketDay.county == day.county_id, MarketDay.town == day.town_id, MarketDay.date < day.date
    )
    for former in earlier.order_by(MarketDay.date.desc(), MarketDay.id.desc()).limit(10):
        if tablets := [tablet for tablet in Tablet.enrolled(former) if tablet.counts]:
            return tablets
    return []


def _place(device: Device, booth: Booth) -> Tablet:
    """Return what a device is at a booth, expected there from now on; made if it never was there."""
    known = Tablet.select(Tablet, Log).join(Log).where(Tablet.device == device, Log.booth == booth).first()
    if known is None:
        return Tablet.enlist(booth, device=device)
    if known.withdrawn_at:
        known.withdrawn_at = None
        known.save(only=[Tablet.withdrawn_at])
    return known
