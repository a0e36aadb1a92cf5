"""Vacancies of an employer for the season: written down without a market day, and offered on those to come."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import InUse
from models.kiosk.set_up import drop_vacancy, keep_vacancy
from models.market.employer import Employer
from models.market.employer_visit import EmployerVisit
from models.market.vacancy import Vacancy
from routes.office.closed_day import noting_vacancy
from routes.office.employer_page import find_employer
from routes.office.employer_vacancy_page import employer_vacancy_page, find_vacancy_of
from routes.office.market_dates import today_in
from routes.office.vacancies import keep_checks
from routes.office.vacancy_form import LISTS_OF_FORM, VacancyForm, Wanted
from routes.web.access import reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("employer_vacancies", __name__, url_prefix="/organiser/employers/<int:employer_id>/vacancies")


@bp.get("/new")
@writes
def new(employer_id: int) -> Response:
    """Show the form for a vacancy. Query: ``visit`` (the id of one to the employer: it begins with what was needed)."""
    employer = find_employer(employer_id)
    visit = _visit(employer)
    return _form(employer, VacancyForm(_wanted(employer), duties=visit.needs if visit else ""), visit)


@bp.post("")
@writes
def create(employer_id: int) -> Response:
    """Write a vacancy down. It is a draft, which no market day offers, until somebody checked it with the employer.

    Form as for a vacancy at a booth (routes/office/vacancies.py), ``checked`` (``yes``: with the employer, just now);
    query as for ``new``. 303 to its page; 409 of an archived employer; 422 with the form.
    """
    employer = find_employer(employer_id)
    form, visit = VacancyForm(_wanted(employer), request.form), _visit(employer)
    if employer.archived_at:
        flash(_("It is archived: no booth can be given to it."), "attention")
        return _form(employer, form, visit, 409)
    vacancy = Vacancy(
        county=employer.county_id, employer=employer, number=Vacancy.free_number(), draft=True, visit=visit
    )
    return _keep(employer, form, vacancy)


@bp.get("/<vacancy_number>")
@reads
def show(employer_id: int, vacancy_number: str) -> Response:
    """Show a vacancy: what it says, its places over all market days, and the days that offer it."""
    employer = find_employer(employer_id)
    return employer_vacancy_page(employer, find_vacancy_of(employer, vacancy_number))


@bp.get("/<vacancy_number>/edit")
@writes
def edit(employer_id: int, vacancy_number: str) -> Response:
    """Show a vacancy's form, filled in."""
    employer = find_employer(employer_id)
    form = VacancyForm(_wanted(employer), vacancy=find_vacancy_of(employer, vacancy_number))
    form.look()
    return _form(employer, form)


@bp.post("/<vacancy_number>")
@writes
def update(employer_id: int, vacancy_number: str) -> Response:
    """Change a vacancy on all its market days; closed ones note it. Form as for ``create``. 303; 422 with the form."""
    employer = find_employer(employer_id)
    vacancy = find_vacancy_of(employer, vacancy_number)
    return _keep(employer, VacancyForm(_wanted(employer), request.form, vacancy), vacancy)


@bp.post("/<vacancy_number>/delete")
@writes
def destroy(employer_id: int, vacancy_number: str) -> Response:
    """Take a vacancy away. 303; 409 when a market day offers it or a fact names it."""
    employer = find_employer(employer_id)
    vacancy = find_vacancy_of(employer, vacancy_number)
    try:
        drop_vacancy(vacancy)
    except InUse:
        flash(_("A market day offers this vacancy or facts name it, so it stays. You can close it."), "attention")
        return employer_vacancy_page(employer, vacancy, 409)
    flash(_("The vacancy is taken away."), "success")
    return go_to(url_for("employers.show", employer_id=employer.id) + "#season-vacancies")


def _keep(employer: Employer, form: VacancyForm, vacancy: Vacancy) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(employer, form, vacancy.visit if not vacancy.id else None, 422)
    change(vacancy, fields)
    with noting_vacancy(vacancy, _("Changed on the page of its employer.")):
        keep_vacancy(vacancy)
    keep_checks(form, vacancy)
    if form.value("checked") == "yes":
        vacancy.verify(who())
    flash(_("Vacancy %(number)s is kept.", number=vacancy.number), "success")
    return go_to(url_for(".show", employer_id=employer.id, vacancy_number=vacancy.number))


def _wanted(employer: Employer) -> Wanted:
    return Wanted(employer.county, employer, today_in(employer.county))


def _visit(employer: Employer) -> EmployerVisit | None:
    visit: EmployerVisit | None = EmployerVisit.get_or_none(
        id=request.args.get("visit", 0, type=int), employer=employer
    )
    return visit


def _form(employer: Employer, form: VacancyForm, visit: EmployerVisit | None = None, status: int = 200) -> Response:
    return render_page(
        "office/employer_vacancies/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        employer=employer,
        vacancy=form.vacancy,
        visit=visit,
        **LISTS_OF_FORM,
    )
