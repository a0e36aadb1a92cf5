"""Visits to employers: the office writes down what an employer needs."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from models.market.employer_visit import EmployerVisit
from routes.office.employer_page import employer_page, find_employer
from routes.office.employer_visit_form import EmployerVisitForm
from routes.web.access import writes
from routes.web.answers import go_to

bp = Blueprint("employer_visits", __name__, url_prefix="/organiser/employers/<int:employer_id>/visits")


@bp.post("")
@writes
def create(employer_id: int) -> Response:
    """Write a visit down.

    Form: ``day``, ``went`` (who), ``met`` (whom, optional), ``needs``, ``next_day`` (optional). 303; 422 with the page.
    """
    employer = find_employer(employer_id)
    form = EmployerVisitForm(employer.county, request.form)
    fields = form.read()
    if not form.ok:
        return employer_page(employer, 422, visit=form)
    EmployerVisit.create(employer=employer, noted_by=current_user.login, **fields)
    flash(_("The visit is written down."), "success")
    return go_to(url_for("employers.show", employer_id=employer.id) + "#visits")


@bp.post("/<int:visit_id>/delete")
@writes
def destroy(employer_id: int, visit_id: int) -> Response:
    """Delete a visit that was written down by mistake; the history keeps it. 303."""
    employer = find_employer(employer_id)
    visit = EmployerVisit.get_or_none(id=visit_id, employer=employer) or abort(404)
    visit.delete_instance()
    flash(_("The visit is deleted."), "success")
    return go_to(url_for("employers.show", employer_id=employer.id) + "#visits")
