"""Employers: who wants people, as it stands on the licence."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.typed import text_of
from models.figures.overview import employers_of
from models.keys.employer_contact import open_contact as contact_of
from models.keys.employer_contact import seal_contact
from models.keys.seal import Unreadable
from models.kiosk.cancellation import archive_employer, drop_employer, is_known_employer, restore_employer
from models.kiosk.in_use import InUse
from models.kiosk.set_up import keep_employer
from models.market.comparison import NEED_A_CODE
from models.market.employer import Employer
from models.market.employer_twin import twins_among, twins_of
from models.market.vacancy_proposal import is_waiting_in
from models.vocabulary.code_list import EMPLOYER_KINDS, PAPERS
from routes.office.employer_form import EmployerForm
from routes.office.employer_page import employer_page, find_employer
from routes.office.lists import employer_list
from routes.web.access import county, note_reading, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.asker import may_change
from routes.web.editing import change
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("employers", __name__, url_prefix="/organiser/employers")

LONGEST_NAME, LONGEST_PURPOSE = 80, 100  # letters


@bp.get("")
@reads
def index() -> Response:
    """List the county's employers, and how many booths each had.

    Query as a listing's (routes/web/listing.py), and ``archived`` (``yes``: those that are archived).
    """
    all_of_them = employers_of(county())
    archived = [employer for employer in all_of_them if employer.archived_at]
    is_archive = request.args.get("archived") == "yes"
    shown = archived if is_archive else [employer for employer in all_of_them if not employer.archived_at]
    twins = twins_among(county(), all_of_them) if may_change("employer_merges") else {}
    return render_page(
        "office/employers/index.html",
        block=block_for_htmx("list"),
        employers=employer_list(shown, EMPLOYER_KINDS, is_archive),
        archived=len(archived),
        is_archive=is_archive,
        kinds=EMPLOYER_KINDS,
        need_a_code=NEED_A_CODE,
        twins=twins,
        proposals_wait=is_waiting_in(county()),
    )


@bp.get("/twins")
@writes
def twins() -> Response:
    """Name the employers that are perhaps the one whose name is being typed, as a fragment.

    Query: ``name``; ``besides`` (the id of the employer whose form it is).
    """
    besides = Employer.get_or_none(id=request.args.get("besides", 0, type=int), county=county())
    name = text_of(request.args.get("name", ""))[:LONGEST_NAME]
    return render_page("office/employers/_twins.html", twins=twins_of(county(), name, besides) if name else [])


@bp.get("/<int:employer_id>")
@reads
def show(employer_id: int) -> Response:
    """Show an employer: papers, whom it hires for, the season's vacancies, visits of the office, its market days.

    Query as a listing's (routes/web/listing.py).
    """
    return employer_page(find_employer(employer_id))


@bp.post("/<int:employer_id>/contact")
@writes
def open_contact(employer_id: int) -> Response:
    """Show whom to call at an employer. That is noted with its purpose.

    Form: ``purpose``. 200 with the page, never kept by a browser; 422 without a purpose.
    """
    employer = find_employer(employer_id)
    form = Form(request.form)
    purpose = form.text("purpose", limit=LONGEST_PURPOSE)
    if not purpose:
        return employer_page(employer, 422, purpose=form)
    try:
        contact = contact_of(employer)
    except Unreadable:
        form.refuse("purpose", _("No key of this county opens it. Please write the contact anew."))
        return employer_page(employer, 422, purpose=form)
    note_reading("contact", 1, employer, purpose)
    return employer_page(employer, contact=contact)


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
    be right), ``licence`` and ``hires_for`` (an agency's), ``papers`` (codes), ``contact``, ``phone`` (kept sealed;
    both empty: as it was), ``forget_contact``, ``exempt`` as for a vacancy (routes/office/vacancies.py). 303; 422 with
    the form.
    """
    return _keep(EmployerForm(county(), request.form), Employer(county=county()), _("The employer is added."))


@bp.get("/<int:employer_id>/edit")
@writes
def edit(employer_id: int) -> Response:
    """Show an employer's form, filled in."""
    return _form(EmployerForm(county(), employer=find_employer(employer_id)))


@bp.post("/<int:employer_id>")
@writes
def update(employer_id: int) -> Response:
    """Change an employer and tell the tablets that show it. Form as for ``create``. 303; 422."""
    employer = find_employer(employer_id)
    return _keep(EmployerForm(county(), request.form, employer), employer, _("The changes are kept."))


@bp.post("/<int:employer_id>/delete")
@writes
def destroy(employer_id: int) -> Response:
    """Delete an employer. 303; 409 when it has or had a booth or a vacancy: it can be archived then."""
    employer = find_employer(employer_id)
    try:
        drop_employer(employer)
    except InUse:
        flash(_("This employer has or had a booth or a vacancy, so it stays. You can archive it."), "attention")
        return _form(EmployerForm(county(), employer=employer), 409)
    flash(_("%(name)s is deleted.", name=employer.name), "success")
    return go_to(url_for("employers.index"))


@bp.post("/<int:employer_id>/archive")
@writes
def archive(employer_id: int) -> Response:
    """Offer an employer for no further booth. A repeat changes nothing. 303."""
    employer = find_employer(employer_id)
    archive_employer(employer)
    flash(_("%(name)s is archived.", name=employer.name), "success")
    return go_to(url_for("employers.index"))


@bp.post("/<int:employer_id>/archive/delete")
@writes
def restore(employer_id: int) -> Response:
    """Offer an archived employer again. A repeat changes nothing. 303."""
    employer = find_employer(employer_id)
    restore_employer(employer)
    flash(_("%(name)s is offered again.", name=employer.name), "success")
    return go_to(url_for("employers.index"))


def _keep(form: EmployerForm, employer: Employer, word: str) -> Response:
    fields, contact = form.read(), form.contact()
    if not form.ok:
        return _form(form, 422)
    change(employer, fields)
    if contact is not None:
        seal_contact(employer, contact)
    keep_employer(employer)
    form.keep_exemptions(employer)
    flash(word, "success")
    return go_to(url_for("employers.index"))


def _form(form: EmployerForm, status: int = 200) -> Response:
    return render_page(
        "office/employers/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        employer=form.employer,
        kinds=EMPLOYER_KINDS,
        papers=PAPERS,
        is_used=bool(form.employer and is_known_employer(form.employer)),
    )
