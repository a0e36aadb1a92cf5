"""Incidents: a tablet is lost. One page leads through the steps, says what it could hold, and is the record."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.desk.incident import Incident, counted, do, report, tablets_of
from models.market.device import LOST, Device
from models.vocabulary.code_list import N_
from models.vocabulary.incident import REVOKE, STEPS, WHAT
from routes.office.device_acts import keep_device, revoke_device
from routes.office.device_rows import name_of
from routes.web.access import audit, county, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("incidents", __name__, url_prefix="/organiser/incidents")

LONGEST = 200  # letters
HELD = {
    "names": N_("Names, birth years and trades of job seekers"),
    "surveyed": N_("Names and villages of people of surveys"),
    "phones": N_("Phone numbers that it took down, sealed to the office's key"),
    "ties": N_("Ties of job seekers to vacancies"),
    "operators": N_("Names of operators with the check of their PIN"),
    "unsent": N_("Entries that it last said it had not sent"),
}


class IncidentForm(LabelledForm):
    """What is said first of a lost tablet."""

    labels = {"device": N_("Tablet"), "how": N_("When and where it was last seen, and what happened")}
    chosen = frozenset({"device"})


@bp.get("")
@reads
def index() -> Response:
    """List the county's lost tablets, each with the step that is next."""
    return render_page("office/incidents/index.html", incidents=Incident.of(county()), name_of=name_of, what=WHAT)


@bp.get("/new")
@writes
def new() -> Response:
    """Ask which tablet is lost. Query: ``device`` (its id): chosen already."""
    return _new(IncidentForm(start={"device": request.args.get("device", "")}))


@bp.post("")
@writes
def create() -> Response:
    """Note that a tablet is lost: it is marked as lost, and what it could hold is counted.

    Form: ``device`` (an id of the county's), ``how``. 303 to the incident; 422 with the form.
    """
    form = IncidentForm(request.form)
    devices = {str(device.id): device for device in Device.pool(county())}
    chosen, how = form.choice("device", devices), form.text("how", limit=LONGEST)
    if chosen is None or how is None:
        return _new(form, 422)
    device = devices[chosen]
    made = report(device, utcnow(), how, who())
    keep_device(device, device.name, LOST)
    audit("incident_reported", f"incident {made.number}, device {device.id}")
    return go_to(url_for(".show", incident_id=made.id))


@bp.get("/<int:incident_id>")
@reads
def show(incident_id: int) -> Response:
    """Show an incident: its steps, each with its end, who did it and when, and what the tablet could hold."""
    return _show(_find(incident_id), LabelledForm())


@bp.get("/<int:incident_id>/sheet")
@reads
def sheet(incident_id: int) -> Response:
    """Show the record of an incident as a sheet for the file."""
    found = _find(incident_id)
    return render_page("office/incidents/sheet.html", county=county(), printed_at=utcnow(), **_context(found))


@bp.post("/<int:incident_id>/steps/<step>")
@writes
def update(incident_id: int, step: str) -> Response:
    """Note that a step is done; of ``revoke``, do it. Form: ``note`` (required but for ``revoke``). 303; 422; 404."""
    found, form = _find(incident_id), LabelledForm(request.form)
    if step not in STEPS:
        abort(404)
    note = form.text("note", limit=LONGEST, required=step != REVOKE)
    if note is None:
        return _show(found, form, 422, step)
    if step == REVOKE:
        revoke_device(found.device)
    do(found, step, who(), note)
    audit("incident_step", f"incident {found.number}, {step}")
    flash(_("Noted."), "success")
    return go_to(url_for(".show", incident_id=found.id))


def _find(incident_id: int) -> Incident:
    return Incident.get_or_none(id=incident_id, county=county()) or abort(404)


def _new(form: IncidentForm, status: int = 200) -> Response:
    devices = [("", _("Please choose"))] + [(str(one.id), name_of(one)) for one in Device.pool(county())]
    chosen = Device.get_or_none(id=form.value("device"), county=county()) if form.value("device").isdigit() else None
    return render_page(
        "office/incidents/new.html", block=block_for_htmx("form"), status=status, form=form, devices=devices, held=HELD,
        counts=counted(chosen, utcnow()) if chosen else None,
    )  # fmt: skip


def _show(incident: Incident, form: LabelledForm, status: int = 200, step: str = "") -> Response:
    return render_page(
        "office/incidents/show.html", status=status, form=form, wrong=step, **_context(incident)
    )


def _context(incident: Incident) -> dict:
    return {
        "incident": incident, "device": incident.device, "name": name_of(incident.device), "steps": incident.steps(),
        "held": HELD, "what": WHAT, "at": utcnow(), "revoke": REVOKE,
        "tablets": tablets_of(incident.device, incident.known_at),
    }  # fmt: skip
