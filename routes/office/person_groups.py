"""Key groups of people: an organiser or clerk notes which paper was shown, or that another office verified it."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.desk import act
from models.vocabulary.code_list import EVIDENCE
from routes.office.people import find_person, person_page
from routes.web.access import who, writes
from routes.web.answers import go_to
from routes.web.forms import Form

bp = Blueprint("person_groups", __name__, url_prefix="/organiser/people/<person>/groups")

LONGEST = 100  # letters of what was seen
SEEN = [level for level in EVIDENCE if level != "said"]


@bp.post("")
@writes
def create(person: str) -> Response:
    """Note how a group that stands at a registration is known. Form: ``group``, ``level``, ``what``. 303; 422."""
    found, form = find_person(person), Form(request.form)
    group = form.choice("group", found.groups())
    level, what = form.choice("level", SEEN), form.text("what", limit=LONGEST)
    if not form.ok or group is None or level is None or what is None:
        return person_page(found, 422, seen=form)
    registration = next(one for one in reversed(found.registrations) if group in one.groups)
    act.see_group(registration, group, level, what, who())
    flash(_("It is noted."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="groups"))
