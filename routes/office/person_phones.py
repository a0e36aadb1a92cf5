"""Phones of people: opened one person at a time, for a purpose that is written down."""

from flask import Blueprint, Response, request

from models.base.typed import text_of
from routes.office.people import find_person, person_page
from routes.web.access import note_reading, writes
from routes.web.forms import Form

bp = Blueprint("person_phones", __name__, url_prefix="/organiser/people/<person>/phone")

LONGEST_PURPOSE = 100  # letters


@bp.post("")
@writes
def create(person: str) -> Response:
    """Show a person's phone numbers. Who opened them, and what for, is noted first.

    Form: ``purpose``. 200 with the page, never kept by a browser; 422 without a purpose.
    """
    found, form = find_person(person), Form(request.form)
    purpose = text_of(form.text("purpose", limit=LONGEST_PURPOSE) or "")
    if not form.ok:
        return person_page(found, 422, purpose=form)
    phones = found.phones()
    note_reading("phone", len(phones), found, purpose)
    return person_page(found, phones=phones)
