"""Assignments: which device of the pool stands at which booth of a market day."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base.database import writing
from models.market.assignment import Clash, as_last_time, assign, withdraw
from models.market.booth import Booth
from models.market.device import Device
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.vocabulary.code_list import N_
from routes.office.booth_page import booth_page
from routes.web.access import audit, county, find_booth_or_round, find_market_day, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm

bp = Blueprint("assignments", __name__, url_prefix="/organiser/market-days/<int:market_day_id>")


class AssignmentForm(LabelledForm):
    """Which device a booth is given."""

    labels = {"device": N_("Device")}
    chosen = frozenset({"device"})


@bp.post("/booths/<int:number>/assignments")
@writes
def create(market_day_id: int, number: int) -> Response:
    """Give a booth a device of the pool. Form: ``device`` (id). 303; 422 with the page, also when it is elsewhere."""
    booth, form = find_booth_or_round(market_day_id, number), AssignmentForm(request.form)
    usable = {str(device.id): device for device in Device.pool(county()) if device.is_usable}
    chosen = form.choice("device", usable)
    if chosen is not None:
        _assign(usable[chosen], booth, form)
    if not form.ok:
        return booth_page(booth, status=422, assigning=form)
    return go_to(url_for("booths.show", market_day_id=market_day_id, number=number))


@bp.post("/tablets/<int:tablet_id>/withdraw")
@writes
def destroy(market_day_id: int, tablet_id: int) -> Response:
    """Expect a device at its booth no more; what it sends all the same still counts. A repeat changes nothing. 303."""
    tablet = _find(find_market_day(market_day_id), tablet_id)
    withdraw(tablet)
    audit("device_withdrawn", f"market day {market_day_id}, booth {tablet.booth.number}, tablet {tablet.letter}")
    return go_to(url_for("booths.show", market_day_id=market_day_id, number=tablet.booth.number))


@bp.post("/assignments")
@writes
def copy(market_day_id: int) -> Response:
    """Give each booth the device that it had at the town's last market day. 303."""
    day = find_market_day(market_day_id)
    with writing():
        found = as_last_time(day)
        for device, booth in found:
            assign(device, booth)
        audit("devices_assigned", f"market day {day.id}, as last time", rows=len(found))
    if found:
        flash(_("%(count)s booths have the device they had last time.", count=len(found)), "success")
    else:
        flash(_("No device is free as last time."), "attention")
    return go_to(url_for("tablets.index", market_day_id=day.id))


def _assign(device: Device, booth: Booth, form: AssignmentForm) -> None:
    """Assign a device, or say beside the field where it is."""
    try:
        assign(device, booth)
    except Clash as clash:
        there = clash.tablet
        said = _("On this day it is at booth %(number)s, %(town)s.",
                 number=there.booth.number, town=there.market_day.town_name)  # fmt: skip
        form.refuse("device", said)
    else:
        audit("device_assigned", f"device {device.id}, market day {booth.market_day_id}, booth {booth.number}")


def _find(day: MarketDay, tablet_id: int) -> Tablet:
    return next((tablet for tablet in Tablet.enrolled(day) if tablet.id == tablet_id), None) or abort(404)
