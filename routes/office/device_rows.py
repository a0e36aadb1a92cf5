"""Devices as an organiser sees them: where each is today and next, and what it said of itself at its last contact."""

from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from models.base.clock import utcnow
from models.market.assignment import of_devices
from models.market.county import County
from models.market.device import Device
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.market.tablet import Tablet
from routes.office.tablet_rows import ago


class DeviceRow(NamedTuple):
    """A device, what it is today and at its next market day (None: no booth), and its last contact in words."""

    device: Device
    today: Tablet | None
    next: Tablet | None
    last_contact: str


def device_rows(county: County) -> list[DeviceRow]:
    """Return a county's devices, the revoked ones last."""
    now = utcnow()
    today = date_in(county, now)
    pool = Device.pool(county)
    coming = of_devices(county, today)
    return [_row(device, coming.get(device.id, []), today, ago(device.last_contact_at, now)) for device in pool]


def device_options(day: MarketDay) -> list[tuple[str, str]]:
    """Return the devices that a booth may be given, as a select shows them, with where they are on that date."""
    there = of_devices(day.county, day.date)
    usable = [device for device in Device.pool(day.county) if device.is_usable]
    options = [(str(device.id), name_of(device) + _place(there.get(device.id, []), day.date)) for device in usable]
    return [("", _("Please choose")), *options] if options else []


def name_of(device: Device) -> str:
    """Return what people call a device; one without a name has its number."""
    return device.name or _("Device %(number)s", number=device.id)


def _place(tablets: list[Tablet], on: date) -> str:
    """Return where a device is on a date, to be read after its name."""
    there = next((tablet for tablet in tablets if tablet.market_day.date == on), None)
    if there is None:
        return ""
    return " · " + _("Booth %(number)s", number=there.booth.number) + " " + there.market_day.town_name


def _row(device: Device, coming: list[Tablet], today: date, last_contact: str) -> DeviceRow:
    now = [tablet for tablet in coming if tablet.market_day.date == today]
    later = [tablet for tablet in coming if tablet.market_day.date > today]
    return DeviceRow(device, now[0] if now else None, later[0] if later else None, last_contact)
