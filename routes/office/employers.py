"""Employers: who wants people, as it stands on the licence."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.figures.overview import employers_of
from models.kiosk.set_up import keep_employer
from models.market.employer import Employer
from models.vocabulary.code_list import EMPLOYER_KINDS
from routes.office.employer_form import NEED_A_CODE, EmployerForm
from routes.office.lists import employer_list
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("employers", __name__, url_prefix="/organiser/employers")


@bp.get("")
@reads
def index() -> Response:
    """List the county's employers, and how many booths each had. Query as a listing's (routes/web/listing.py)."""
    return render_page(
        "office/employers/index.html",
        block=block_for_htmx("list"),
        employers=employer_list(employers_of(county()), EMPLOYER_KINDS),
        kinds=EMPLOYER_KINDS,
        need_a_code=NEED_A_CODE,
    )


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for an employer."""
    return _form(EmployerForm(county()))


@bp.post("")
@writes
def create() -> Response:
    """Add an employer.

    Form: ``name``, ``kind``, ``credit_code`` (an enterprise's and an agency's must be there, anybody's must
    be right), ``licence`` (an agency's), ``contact``, ``phone``. 303; 422 with the form.
    """
    return _keep(EmployerForm(county(), request.form), Employer(county=county()))


@bp.get("/<int:employer_id>/edit")
@writes
def edit(employer_id: int) -> Response:
    """Show an employer's form, filled in."""
    return _form(EmployerForm(county(), employer=_find(employer_id)))


@bp.post("/<int:employer_id>")
@writes
def update(employer_id: int) -> Response:
    """Change an employer and tell the tablets that show it. Form as for ``create``. 303; 422."""
    employer = _find(employer_id)
    return _keep(EmployerForm(county(), request.form, employer), employer)


def _keep(form: EmployerForm, employer: Employer) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    change(employer, fields)
    keep_employer(employer)
    flash(_("The changes are kept."), "success")
    return go_to(url_for("employers.index"))


def _find(employer_id: int) -> Employer:
    return Employer.get_or_none(id=employer_id, county=county()) or abort(404)


def _form(form: EmployerForm, status: int = 200) -> Response:
    return render_page(
        "office/employers/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        employer=form.employer,
        kinds=EMPLOYER_KINDS,
    )
