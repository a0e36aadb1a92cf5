"""Devices: the county's pool of tablets, where each is today and next, and what an organiser says of it."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.market.device import LONGEST, LOST, READY, REPLACED, SPARE, STATES, Device
from models.vocabulary.code_list import N_
from routes.office.device_acts import keep_device, revoke_device
from routes.office.device_rows import device_rows
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("devices", __name__, url_prefix="/organiser/devices")

STATE_WORDS = {READY: N_("Ready"), SPARE: N_("Spare"), LOST: N_("Lost"), REPLACED: N_("Replaced")}


class DeviceForm(LabelledForm):
    """What people call a device, and what became of it."""

    labels = {"name": N_("What it is called"), "state": N_("State")}
    chosen = frozenset({"state"})


@bp.get("")
@reads
def index() -> Response:
    """List the county's devices: where each is today and next, and what it said of itself at its last contact."""
    return render_page(
        "office/devices/index.html", block=block_for_htmx("list"), devices=device_rows(county()), states=STATE_WORDS
    )


@bp.get("/<int:device_id>/edit")
@writes
def edit(device_id: int) -> Response:
    """Show a device's form, filled in, and the way to revoke it."""
    device = _find(device_id)
    return _form(device, DeviceForm(None, {"name": device.name, "state": device.state}))


@bp.post("/<int:device_id>")
@writes
def update(device_id: int) -> Response:
    """Name a device or say what became of it. Form: ``name``, ``state``. 303; 422 with the form."""
    device, form = _find(device_id), DeviceForm(request.form)
    name, state = form.text("name", limit=LONGEST), form.choice("state", STATES)
    if name is None or state is None:
        return _form(device, form, 422)
    keep_device(device, name, state)
    flash(_("The changes are kept."), "success")
    return go_to(url_for(".index"))


@bp.post("/<int:device_id>/delete")
@writes
def destroy(device_id: int) -> Response:
    """Revoke a device at once; what it sent stays. A repeat changes nothing. 303."""
    device = _find(device_id)
    revoke_device(device)
    flash(_("%(name)s is revoked.", name=device.name or _("Device %(number)s", number=device.id)), "success")
    return go_to(url_for(".index"))


def _form(device: Device, form: DeviceForm, status: int = 200) -> Response:
    return render_page(
        "office/devices/edit.html",
        block=block_for_htmx("form"),
        status=status,
        device=device,
        form=form,
        states=STATE_WORDS,
    )


def _find(device_id: int) -> Device:
    return Device.get_or_none(id=device_id, county=county()) or abort(404)
