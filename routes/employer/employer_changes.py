"""What an employer says about its vacancies by its link: that one still holds, or what is to change."""

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _

from models.figures.employer_view import vacancy_of
from models.market.employer_link import EmployerLink
from models.market.vacancy import Vacancy
from models.market.vacancy_proposal import confirm as keep_confirmation
from models.market.vacancy_proposal import propose, waiting_of
from models.vocabulary.code_list import VACANCY_KINDS
from routes.employer.employer_pages import back_to
from routes.employer.opened import opened
from routes.office.market_dates import today_in
from routes.office.proposed_form import ProposedForm, overlaid, stood_in
from routes.office.vacancy_form import LISTS_OF_FORM, Wanted
from routes.phone import page
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.editing import OPENED

bp = Blueprint("employer_changes", __name__, url_prefix="/e/<token>/vacancies/<vacancy_number>")

changes = Attempts("change by an employer", tries=20, seconds=3_600)


@bp.get("/edit")
def edit(token: str, vacancy_number: str) -> Response:
    """Show the form of a vacancy as it stands, with what the employer asked for and still waits. 404 of no other's."""
    link = opened(token)
    vacancy, wanted = _find(link, vacancy_number)
    waiting, form = waiting_of(vacancy), ProposedForm(wanted, vacancy)
    if waiting is not None:
        typed = overlaid(stood_in(wanted, vacancy), waiting.asked)
        typed[OPENED] = form.opened_with
        form = ProposedForm(wanted, vacancy, typed)
    return _form(token, link, vacancy, form)


@bp.post("")
def update(token: str, vacancy_number: str) -> Response:
    """Ask for a change, which is public once the office took it; one that waits gives way to it.

    Form: as for a vacancy in the office (routes/office/vacancies.py) without what is the office's own, ``opened_with``.
    303 to the link's page, which says so; 422 with the form; 429 after 20 changes within an hour; 404.
    """
    link = opened(token)
    vacancy, wanted = _find(link, vacancy_number)
    form = ProposedForm(wanted, vacancy, request.form)
    fields = form.read()
    if not form.ok:
        return _form(token, link, vacancy, form, 422)
    if changes.are_spent(str(link.id)):
        form.refuse("again", _("Much was changed by this link just now. Please wait an hour, or call us."))
        return _form(token, link, vacancy, form, 429)
    asked = form.asked(fields)
    if asked:
        changes.add(str(link.id))
        propose(link, vacancy, asked, {name: form.stood[name] for name in asked})
    return see_other(back_to(token, "asked" if asked else "same", vacancy.number))


@bp.post("/confirmation")
def confirm(token: str, vacancy_number: str) -> Response:
    """Say that a vacancy still holds as it stands; that counts at once. 303 back; 404; 429 after 20 within an hour."""
    link = opened(token)
    vacancy, _wanted = _find(link, vacancy_number)
    if changes.are_spent(str(link.id)):
        abort(429)
    changes.add(str(link.id))
    keep_confirmation(link, vacancy)
    return see_other(back_to(token, "confirmed", vacancy.number))


def _find(link: EmployerLink, number: str) -> tuple[Vacancy, Wanted]:
    """Return a vacancy that the link opens and that is not closed, or 404."""
    today = today_in(link.county)
    row = vacancy_of(link, number, today)
    if row is None or row.vacancy.closed:
        abort(404)
    return row.vacancy, Wanted(link.county, link.employer, today)


def _form(token: str, link: EmployerLink, vacancy: Vacancy, form: ProposedForm, status: int = 200) -> Response:
    action = url_for("employer_changes.update", token=token, vacancy_number=vacancy.number)
    is_welfare = vacancy.work_kind == "welfare"  # who may have such a post is the office's to say
    kinds = {code: words for code, words in VACANCY_KINDS.items() if code != "welfare" or is_welfare}
    return page.page(
        "employer/vacancy.html", status, token=token, link=link, form=form, action=action,
        **LISTS_OF_FORM | {"work_kinds": kinds},
    )  # fmt: skip
