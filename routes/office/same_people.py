"""Same people: an organiser joins registrations that are one person, parts those that are not, and takes that back."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.desk import act
from models.desk.person import Person
from models.desk.twin import newest_registrations, twins_among
from models.people.candidate import Candidate
from routes.office.market_dates import today_in
from routes.office.people import find_person, person_page
from routes.web.access import county, note_reading, reads, towns, who, writes
from routes.web.answers import go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("same_people", __name__, url_prefix="/organiser/people")

LONGEST_WHY = 200  # letters
LOOKED_BACK = timedelta(days=60)
ONE, TWO = ACTS = ("one", "two")


@bp.get("/twins")
@reads
def index() -> Response:
    """List who was registered in the last 60 days and is perhaps somebody who was registered before."""
    since = today_in(county()) - LOOKED_BACK
    twins = twins_among(county(), newest_registrations(county(), since), towns())
    note_reading("twins", len(twins), county())
    answer = render_page("office/people/twins.html", twins=twins)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<person>/twins")
@writes
def create(person: str) -> Response:
    """Say whether two registrations are one person.

    Form: ``own`` and ``other`` (ids of registrations), ``act`` (``one`` or ``two``), ``why``. 303; 422 with the page.
    """
    found, form = find_person(person), Form(request.form)
    own = next((one for one in found.registrations if one.id == form.value("own")), None)
    other = Candidate.get_or_none(id=form.value("other")[:36], county=county())
    said, why = form.choice("act", ACTS), form.text("why", limit=LONGEST_WHY)
    if own is None or other is None or other.person == found.id:
        form.refuse("act", _("Please choose two people."))
    if not form.ok or own is None or other is None or why is None:
        return person_page(found, 422, said=form)
    (act.join if said == ONE else act.say_two)(own, other, why, who())
    flash(_("They are one person now.") if said == ONE else _("They stay two people."), "success")
    return go_to(url_for("people.show", person=own.id))


@bp.post("/<person>/parts")
@writes
def part(person: str) -> Response:
    """Say that one of a person's registrations is somebody else. Form: ``own`` (its id), ``why``. 303; 422."""
    found, form = find_person(person), Form(request.form)
    own = next((one for one in found.registrations if one.id == form.value("own")), None)
    why = form.text("why", limit=LONGEST_WHY)
    if own is None or len(found.registrations) < 2:
        form.refuse("own", _("Please choose a registration."))
    if not form.ok or own is None or why is None:
        return person_page(found, 422, said=form)
    act.part(found, own, why, who())
    flash(_("They are two people now."), "success")
    return go_to(url_for("people.show", person=own.id))


@bp.post("/<person>/words/<int:log_id>/<int:seq>/delete")
@writes
def destroy(person: str, log_id: int, seq: int) -> Response:
    """Take back what was said about who is whom. 303; 404 when nothing of it is said of this person."""
    found: Person = find_person(person)
    ids = [str(one.id) for one in found.registrations]
    if not act.is_said_here(log_id, seq, ids):
        abort(404)
    act.take_back(log_id, seq, who())
    flash(_("It is taken back."), "success")
    return go_to(url_for("people.show", person=ids[0]))
