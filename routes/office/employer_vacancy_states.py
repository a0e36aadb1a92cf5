"""What becomes of an employer's vacancy: checked with the employer, offered on market days, closed, opened again."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.figures.season import closes_on, days_for, season_rows
from models.kiosk.set_up import offer_vacancies, record_closure
from models.market.employer import Employer
from models.market.offer import to_offer
from models.market.vacancy import Vacancy
from routes.office.employer_page import find_employer
from routes.office.employer_vacancy_page import employer_vacancy_page, find_vacancy_of
from routes.office.market_dates import today_in
from routes.web.access import who, writes
from routes.web.answers import go_to

bp = Blueprint(
    "employer_vacancy_states", __name__, url_prefix="/organiser/employers/<int:employer_id>/vacancies/<vacancy_number>"
)


@bp.post("/verification")
@writes
def verify(employer_id: int, vacancy_number: str) -> Response:
    """Note that the employer was asked just now and the vacancy holds; a draft may be offered from now on. 303."""
    employer, vacancy = _find(employer_id, vacancy_number)
    vacancy.verify(who())
    flash(_("Noted: vacancy %(number)s was checked with the employer today.", number=vacancy.number), "success")
    return _to(employer, vacancy)


@bp.post("/offers")
@writes
def offer(employer_id: int, vacancy_number: str) -> Response:
    """Offer a vacancy at booths of its employer on market days to come.

    Form: ``booth`` (their ids; one where it cannot be offered is passed over). 303 to its page, which says how many.
    """
    employer, vacancy = _find(employer_id, vacancy_number)
    chosen = set(request.form.getlist("booth"))
    booths = [booth for booth in days_for(employer, today_in(employer.county)) if str(booth.id) in chosen]
    count = 0
    for booth in booths if not employer.archived_at else ():
        if vacancy in to_offer(booth):
            offer_vacancies([vacancy], booth)
            count += 1
    flash(_("It is offered on %(count)s more market days.", count=count), "success" if count else "attention")
    return _to(employer, vacancy)


@bp.post("/closure")
@writes
def close(employer_id: int, vacancy_number: str) -> Response:
    """Close a vacancy on all its market days. A repeat changes nothing. 303; 409 when no day offers it."""
    return _close_or_open(employer_id, vacancy_number, "vacancy.filled")


@bp.post("/closure/delete")
@writes
def reopen(employer_id: int, vacancy_number: str) -> Response:
    """Open a vacancy again. A repeat changes nothing. 303; 409 when no day offers it."""
    return _close_or_open(employer_id, vacancy_number, "vacancy.reopened")


def _close_or_open(employer_id: int, vacancy_number: str, kind: str) -> Response:
    employer, vacancy = _find(employer_id, vacancy_number)
    (row,) = season_rows([vacancy], today_in(employer.county))
    day = closes_on(row)
    if day is None:
        flash(_("No market day offers it, so there is nothing to close. You can take it away."), "attention")
        return employer_vacancy_page(employer, vacancy, 409)
    if vacancy.closed != (kind == "vacancy.filled"):
        record_closure(day, vacancy, kind, who())
    return _to(employer, vacancy)


def _find(employer_id: int, vacancy_number: str) -> tuple[Employer, Vacancy]:
    employer = find_employer(employer_id)
    return employer, find_vacancy_of(employer, vacancy_number)


def _to(employer: Employer, vacancy: Vacancy) -> Response:
    return go_to(url_for("employer_vacancies.show", employer_id=employer.id, vacancy_number=vacancy.number))
