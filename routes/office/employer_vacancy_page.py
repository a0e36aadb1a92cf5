"""A vacancy of an employer, for the whole season: its page, which the routes of its states answer with as well."""

from flask import Response, abort
from flask_babel import gettext as _

from models.figures.season import closes_on, days_for, season_rows
from models.market.employer import Employer
from models.market.exemption import stopped
from models.market.pay import pay_range
from models.market.vacancy import Vacancy
from models.vocabulary.code_list import INDUSTRIES, ORIGINS, PAY_UNITS, SHIFTS, SOURCES, SUITS, VACANCY_KINDS
from models.vocabulary.trade import TRADES
from routes.office.market_dates import today_in
from routes.office.vacancy_form import VacancyForm
from routes.web.pages import render_page

TEXTS = (
    "duties", "true_employer", "place", "work_division", "hours", "shift", "starts", "work_date", "pay_includes",
    "pay_day", "benefits", "transport", "insurance", "contract", "probation", "requirements", "bring", "hazard",
    "adults_only", "suits", "eligibility", "industry", "cluster", "source", "origin", "partner",
)  # fmt: skip
CODES = {"shift": SHIFTS, "industry": INDUSTRIES, "source": SOURCES, "origin": ORIGINS, "suits": SUITS}


def find_vacancy_of(employer: Employer, number: str) -> Vacancy:
    """Return a vacancy of an employer that was found for the asker, or 404."""
    return Vacancy.get_or_none(employer=employer, number=number) or abort(404)


def employer_vacancy_page(employer: Employer, vacancy: Vacancy, status: int = 200) -> Response:
    """Render a vacancy's page: what it says, its places over all days, and the market days that offer it."""
    today = today_in(employer.county)
    (row,) = season_rows([vacancy], today)
    offered = {offer.market_day_id for offer in row.offers}
    held_back = bool(stopped([vacancy]))
    may_be_offered = row.state in ("open", "full") and not employer.archived_at
    return render_page(
        "office/employer_vacancies/show.html",
        status=status,
        employer=employer,
        row=row,
        vacancy=vacancy,
        said=said(vacancy),
        pay_range=pay_range,
        trades=TRADES,
        pay_units=PAY_UNITS,
        work_kinds=VACANCY_KINDS,
        days=[booth for booth in days_for(employer, today) if booth.market_day_id not in offered],
        may_be_offered=may_be_offered and not held_back,
        held_back=held_back,
        closable=closes_on(row) is not None,
    )


def said(vacancy: Vacancy) -> list[tuple[str, str]]:
    """Return what a vacancy says in the fields of the demand form, each with its words; empty ones are left out."""
    found = [(_(_LABELS[name]), _in_words(vacancy, name)) for name in TEXTS]
    return [(label, words) for label, words in found if words]


_LABELS = VacancyForm.labels | {"adults_only": "Not for people of 16 and 17 (heights, poison, heat, heavy loads, bars)"}


def _in_words(vacancy: Vacancy, name: str) -> str:
    value = getattr(vacancy, name)
    if name in CODES:
        codes = value if isinstance(value, list) else [value]
        return "、".join(_(CODES[name][code]) for code in codes if code in CODES[name])
    if name == "work_division":
        return value.name if value else ""
    if name == "adults_only":
        return _("yes") if value else ""
    return str(value or "")

