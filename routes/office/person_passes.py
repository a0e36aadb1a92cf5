"""New passes of people: made in the office for a coming market day, and printed."""

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.desk import act
from models.market.service_point import ServicePoint
from models.people.candidate_pass import PhonePass
from models.printing.qr import svg
from models.printing.thermal_slip import WIDTHS, pass_slips
from routes.office.paper_words import WORDS
from routes.office.people import find_person
from routes.web.access import audit, reads, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("person_passes", __name__, url_prefix="/organiser/people/<person>/passes")


@bp.post("")
@writes
def create(person: str) -> Response:
    """Make a pass for a coming market day. Form: ``day`` (its id). 303 to the slip; 303 back without such a day."""
    found = find_person(person)
    days = {str(day.id): day for day in act.days_for_pass(found, utcnow())}
    day = days.get(request.form.get("day", ""))
    if day is None or not found.registrations:
        flash(_("Please choose a coming market day."), "attention")
        return go_to(url_for("people.show", person=found.id))
    made = act.new_pass(found.registrations[-1], day, who())
    return go_to(url_for(".show", person=found.id, pass_number=made.number))


@bp.get("/<pass_number>")
@reads
def show(person: str, pass_number: str) -> Response:
    """Show a pass that the office made, to print. Query: ``paper`` (58 or 80 mm; else A4). 404 for any other."""
    found = find_person(person)
    made = PhonePass.get_or_none(number=pass_number) or abort(404)
    if made.candidate not in {one.id for one in found.registrations}:
        abort(404)
    audit("print", "pass", rows=1, about=found)
    address = f"{current_app.config['ORIGIN']}/p/{made.digits}"
    if (paper := request.args.get("paper", "")) in WIDTHS:
        day = made.market_day
        point = ServicePoint.nearest(day.county_id, " ".join(found.homes().values()), day.town_name)
        sheets = pass_slips(day, [made.number], [address], point, paper, WORDS)
        return render_page("office/people/paper.html", what="pass", sheets=sheets, person=found.id)
    code = svg(address)
    return render_page("office/people/pass.html", person=found, made=made, day=made.market_day, code=code)
