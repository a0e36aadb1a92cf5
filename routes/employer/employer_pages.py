"""An employer's page behind its link: vacancies, the figures of its booths, and whom it may call."""

from flask import Blueprint, Response, request, url_for

from models.desk.handed_list import agreed_by_link, taken_with
from models.figures.employer_view import figures_of, vacancies_of
from models.market.employer_link import EmployerLink
from models.market.vacancy_proposal import latest_changes
from routes.employer.opened import opened
from routes.office.market_dates import today_in
from routes.phone import page
from routes.web.forms import Form

bp = Blueprint("employer_pages", __name__, url_prefix="/e/<token>")


@bp.get("")
def show(token: str) -> Response:
    """Show what a link opens. 404 where it opens nothing, 429 when it was opened too often.

    Query: ``done`` (what was done a moment ago: ``confirmed-``, ``asked-`` or ``same-`` with a vacancy's number).
    """
    link = opened(token)
    return employer_page(token, link, Form(start={"taken_by": link.name}))


def employer_page(token: str, link: EmployerLink, form: Form, status: int = 200) -> Response:
    """Render the page of a link, perhaps with the form of its list that was wrong."""
    agreed = agreed_by_link(link) if link.purpose else []
    counts: dict[str, int] = {}
    for one in agreed:
        counts[one.vacancy] = counts.get(one.vacancy, 0) + 1
    return page.page(
        "employer/show.html", status, token=token, link=link, rows=vacancies_of(link, today_in(link.county)),
        changes=latest_changes(link), figures=figures_of(link), agreed=counts, total=len(agreed), form=form,
        taken=[(made, len(made.withdrawn())) for made in taken_with(link)], done=request.args.get("done", ""),
    )  # fmt: skip


def back_to(token: str, done: str, number: str) -> str:
    """Return the address of a link's page, where it says what was done with a vacancy."""
    return url_for("employer_pages.show", token=token, done=f"{done}-{number}", _anchor=f"v{number}")
