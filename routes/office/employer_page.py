"""The page of an employer, which the routes of its contact, visits and merging answer with as well."""

from flask import Response, abort
from flask_babel import gettext as _

from models.base.typed import same_of
from models.figures.overview import booths_of_employer
from models.figures.season import SeasonRow, days_for, season_of
from models.keys.employer_contact import EmployerContact
from models.market.employer import Employer
from models.market.employer_twin import twins_of
from models.market.employer_visit import EmployerVisit
from models.market.vacancy import Vacancy
from models.vocabulary.code_list import EMPLOYER_KINDS, PAPERS
from routes.office.employer_form import EmployerForm, missing_papers
from routes.office.employer_visit_form import EmployerVisitForm
from routes.office.market_dates import today_in
from routes.office.season_lists import season_list
from routes.web.access import county
from routes.web.answers import block_for_htmx
from routes.web.forms import Form
from routes.web.pages import render_page


def find_employer(employer_id: int) -> Employer:
    """Return an employer of the asker's county, or 404."""
    return Employer.get_or_none(id=employer_id, county=county()) or abort(404)


def employer_page(
    employer: Employer,
    status: int = 200,
    visit: EmployerVisitForm | None = None,
    purpose: Form | None = None,
    contact: EmployerContact | None = None,
) -> Response:
    """Render an employer's page, perhaps with a form that was wrong or with the contact that somebody opened."""
    today = today_in(employer.county)
    season = season_of(employer, today)
    answer = render_page(
        "office/employers/show.html",
        block=block_for_htmx("list") if status == 200 else None,
        status=status,
        employer=employer,
        kinds=EMPLOYER_KINDS,
        papers=PAPERS,
        booths=booths_of_employer(employer),
        season=season_list(employer, season),
        coming={booth.market_day_id for booth in days_for(employer, today)} if not employer.archived_at else set(),
        visits=EmployerVisit.of(employer),
        became=_by_visit(season),
        visit=visit or EmployerVisitForm(employer.county),
        purpose=purpose or Form(),
        contact=contact,
        twins=twins_of(employer.county, employer.name, employer),
        hires_for=_known(employer),
        missing=[_(EmployerForm.labels[name]) for name in missing_papers(employer)],
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _by_visit(season: list[SeasonRow]) -> dict[int, list[Vacancy]]:
    """Return the vacancies that were made of a visit, by its id."""
    found: dict[int, list[Vacancy]] = {}
    for row in season:
        if row.vacancy.visit_id:
            found.setdefault(row.vacancy.visit_id, []).append(row.vacancy)
    return found


def _known(employer: Employer) -> list[tuple[str, Employer | None]]:
    """Return whom an agency hires for, each with its row in the list if it has one."""
    names = employer.true_employers
    if not names:
        return []
    others = {same_of(other.name): other for other in Employer.of_county(employer.county)}
    return [(name, others.get(same_of(name))) for name in names]
