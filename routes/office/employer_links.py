"""Links for employers: the office makes one, hands it over on a slip, and takes it back."""

from datetime import date

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.figures.season import days_for
from models.market.employer import Employer
from models.market.employer_link import EmployerLink, latest_end, usual_end
from models.market.market_day import MarketDay
from models.printing import qr
from models.vocabulary.code_list import N_
from routes.office.employer_page import find_employer
from routes.office.market_dates import today_in
from routes.web.access import county, reads, who, writes
from routes.web.answers import go_to
from routes.web.asker import may_change
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("employer_links", __name__, url_prefix="/organiser/employers/<int:employer_id>/links")

LONGEST_NAME, LONGEST_PURPOSE = 40, 100  # letters


class EmployerLinkForm(LabelledForm):
    """For whom a link is, what it opens, and until when."""

    labels = {
        "name": N_("Who gets it"), "market_day": N_("What it opens"), "with_list": N_("List of people"),
        "purpose": N_("What is it for?"), "ends_on": N_("Last day"),
    }  # fmt: skip


@bp.get("")
@reads
def index(employer_id: int) -> Response:
    """List the links that an employer was given, and show the form for another one."""
    employer = find_employer(employer_id)
    start = {"name": "", "market_day": "", "purpose": _("Arrange interviews and the start of work")}
    if coming := _days(employer, today_in(county())):
        start["market_day"] = str(next(iter(coming)))
    return _index(employer, EmployerLinkForm(start=start))


@bp.post("")
@writes
def create(employer_id: int) -> Response:
    """Make a link. 201 with its slip, shown once; 422 with the form; 409 of an archived employer.

    Form: ``name``, ``market_day`` (id of a coming one with a booth of the employer, empty: all its vacancies of the
    season), ``with_list`` (``yes``: it opens the list of those who agreed, for who may hand lists over) with its
    ``purpose``, ``ends_on`` (date; empty: the usual one).
    """
    employer, form, today = find_employer(employer_id), EmployerLinkForm(request.form), today_in(county())
    name = form.text("name", limit=LONGEST_NAME)
    days = _days(employer, today)
    day = days.get(form.value("market_day"))
    if form.value("market_day") and day is None:
        form.refuse("market_day", _("Please choose one."))
    purpose = _purpose(form)
    ends_on = _ends_on(form, day, today)
    if employer.archived_at:
        form.refuse("name", _("It is archived: no booth can be given to it."))
        return _index(employer, form, 409)
    if not form.ok or name is None or purpose is None or ends_on is None:
        return _index(employer, form, 422)
    link, token = EmployerLink.issue(employer, day, name, purpose, who(), ends_on)
    return _slip(link, token)


@bp.post("/<int:link_id>/revocation")
@writes
def destroy(employer_id: int, link_id: int) -> Response:
    """Take a link back: it opens nothing from now on. A repeat changes nothing. 303; 404 of another employer's."""
    employer = find_employer(employer_id)
    link = next((one for one in EmployerLink.of(employer) if one.id == link_id), None) or abort(404)
    link.revoke()
    flash(_("The link for %(name)s opens nothing any more.", name=link.name), "success")
    return go_to(url_for(".index", employer_id=employer.id))


def _days(employer: Employer, today: date) -> dict[str, MarketDay]:
    """Return the coming market days on which an employer has a booth, by their ids as a form has them."""
    return {str(booth.market_day_id): booth.market_day for booth in days_for(employer, today)}


def _purpose(form: EmployerLinkForm) -> str | None:
    """Read what the list is for; empty of a link that opens none, None after noting an error."""
    if form.value("with_list") != "yes":
        return ""
    if not may_change("call_lists"):
        form.refuse("with_list", _("Only organisers hand lists of people over."))
        return None
    return form.text("purpose", limit=LONGEST_PURPOSE)


def _ends_on(form: EmployerLinkForm, day: MarketDay | None, today: date) -> date | None:
    if not form.value("ends_on").strip():
        return usual_end(day, today)
    chosen, latest = form.date("ends_on"), latest_end(day, today)
    if chosen and not today <= chosen <= latest:
        form.refuse("ends_on", _("Please choose a date from today to %(day)s.", day=latest))
        return None
    return chosen


def _slip(link: EmployerLink, token: str) -> Response:
    address = current_app.config["ORIGIN"] + url_for("employer_pages.show", token=token)
    answer = render_page(
        "office/employer_links/slip.html", status=201, link=link, address=address, qr=qr.svg(address),
        employer=link.employer, county=link.county,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _index(employer: Employer, form: EmployerLinkForm, status: int = 200) -> Response:
    today = today_in(county())
    return render_page(
        "office/employer_links/index.html", status=status, employer=employer, form=form, days=_days(employer, today),
        links=[(link, link.holds(today)) for link in EmployerLink.of(employer)],
    )  # fmt: skip
