"""Messages of a person: whether they want any, as they tell the office."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.messages.opt_out import BY_OFFICE, opt_in, opt_out
from routes.office.people import find_person
from routes.web.access import audit, county, who, writes
from routes.web.answers import go_to

bp = Blueprint("person_messages", __name__, url_prefix="/organiser/people/<person>/messages")


@bp.post("")
@writes
def update(person: str) -> Response:
    """Send somebody no text messages any more, or again. Form: ``wants`` (``yes``: again). 303."""
    found = find_person(person)
    ids = [str(one.id) for one in found.registrations]
    numbers = [one.phone for one in found.registrations if one.phone]
    if request.form.get("wants") == "yes":
        audit("opt_out_taken_back", about=found)
        opt_in(county(), numbers, ids)
        flash(_("They get messages again."), "success")
    else:
        audit("opted_out", about=found)
        opt_out(county(), numbers, ids, BY_OFFICE, who())
        flash(_("They get no messages any more."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="phone"))
