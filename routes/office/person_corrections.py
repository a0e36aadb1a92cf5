"""Corrections: what was written down wrongly at a registration is put right in the office, with the reason."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.desk import act
from models.desk.person import Person
from models.people.candidate import Candidate
from models.vocabulary.code_list import EDUCATION, N_, PLACES, PROVINCES, SEXES, WISHES, WORK_KINDS
from models.vocabulary.trade import TRADES
from routes.kiosk.words import PHONE_OWNERS
from routes.office.people import find_person
from routes.office.person_form import OFFERED, PersonForm
from routes.web.access import note_reading, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("person_corrections", __name__, url_prefix="/organiser/people/<person>/registrations/<candidate>")

_NOTHING = {"": N_("Not said")}
OPTIONS = {
    "sexes": _NOTHING | SEXES, "education": _NOTHING | EDUCATION, "places": _NOTHING | PLACES,
    "owners": _NOTHING | PHONE_OWNERS, "provinces": _NOTHING | PROVINCES,
}  # fmt: skip


@bp.get("/edit")
@writes
def edit(person: str, candidate: str) -> Response:
    """Show the form of a registration, filled in but for the phone, which stays sealed."""
    found, registration = _find(person, candidate)
    return _form(found, PersonForm(registration, _home(found, registration)))


@bp.post("")
@writes
def update(person: str, candidate: str) -> Response:
    """Record what is otherwise. Form: as PersonForm names it; ``why`` is required. 303; 422 with the form."""
    found, registration = _find(person, candidate)
    form = PersonForm(registration, _home(found, registration), request.form)
    changes, why = form.changes(), form.why()
    if form.ok:
        try:
            act.correct(registration, changes, why, who())
        except act.Refused:
            form.refuse("why", _("This cannot be recorded so."))
    if not form.ok:
        return _form(found, form, 422)
    flash(_("It is put right, and the reason is kept."), "success")
    return go_to(url_for("people.show", person=registration.id))


def _find(node: str, candidate: str) -> tuple[Person, Candidate]:
    person = find_person(node)
    return person, next((one for one in person.registrations if one.id == candidate), None) or abort(404)


def _home(person: Person, registration: Candidate) -> str:
    code = registration.home_division or ""
    return person.homes().get(code, code)


def _form(person: Person, form: PersonForm, status: int = 200) -> Response:
    note_reading("form", 1, person)
    answer = render_page(
        "office/people/edit.html", block=block_for_htmx("form"), status=status, person=person, form=form,
        candidate=form.candidate, offered=OFFERED, work_kinds=WORK_KINDS, trades=TRADES, wishes=WISHES,
        **OPTIONS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
