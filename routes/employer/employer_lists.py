"""Whom an employer may call, taken by its link: who agreed, for the link's purpose and until it ends."""

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _

from models.desk.handed_list import HandedList, agreed_by_link, take, taken_list
from models.desk.stage_times import stage_times
from models.market.employer_link import EmployerLink
from models.vocabulary.code_list import EXITS, STAGES
from routes.employer.employer_pages import employer_page
from routes.employer.opened import opened
from routes.kiosk.words import PHONE_OWNERS
from routes.office.call_lists import LONGEST_NAME, by_vacancy, call_list_workbook
from routes.phone import page
from routes.web.access import audit, note_reading
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.labelled_form import LabelledForm

bp = Blueprint("employer_lists", __name__, url_prefix="/e/<token>/lists")

takings = Attempts("list taken by an employer", tries=10, seconds=3_600)


@bp.post("")
def create(token: str) -> Response:
    """Take the list of those who agreed. That it was handed over is kept, with purpose and end.

    Form: ``taken_by`` (who takes it), ``promised`` (``yes``: for this purpose alone). 303 to the list; 422 with the
    page; 404 of a link that opens no list, or where nobody agreed; 429 after 10 lists within an hour.
    """
    link = opened(token)
    agreed = agreed_by_link(link) if link.purpose else []
    form = LabelledForm(request.form)
    taken_by = form.text("taken_by", limit=LONGEST_NAME)
    if form.value("promised") != "yes":
        form.refuse("promised", _("Please tick this: the law wants it said before a list is handed over."))
    if not agreed:
        abort(404)
    if not form.ok or taken_by is None:
        return employer_page(token, link, form, 422)
    if takings.are_spent(str(link.id)):
        abort(429)
    takings.add(str(link.id))
    made = take(link, taken_by)
    audit("list_taken", f"link {link.id}", rows=len(agreed), why=link.purpose, about=link.employer)
    return see_other(url_for(".show", token=token, list_id=made.id))


@bp.get("/<int:list_id>")
def show(token: str, list_id: int) -> Response:
    """Show a list that was taken with this link: who may still be called. Each look is noted with its purpose.

    Who withdrew since is named, without a phone: the employer calls them no more and deletes them.
    """
    link, made = _find(token, list_id)
    people = made.people()
    note_reading("call list", len(people), link.employer, made.purpose)
    return page.page(
        "employer/list.html", token=token, link=link, made=made, by_vacancy=by_vacancy(people),
        timed=stage_times(one.person for one in people), withdrawn=made.withdrawn(), owners=PHONE_OWNERS,
        stages=STAGES | EXITS,
    )  # fmt: skip


@bp.get("/<int:list_id>.xlsx")
def export(token: str, list_id: int) -> Response:
    """Send such a list as a workbook. As ``show`` otherwise."""
    link, made = _find(token, list_id)
    return call_list_workbook(link.employer, made)


def _find(token: str, list_id: int) -> tuple[EmployerLink, HandedList]:
    link = opened(token)
    made = taken_list(link, list_id) if link.purpose else None
    return link, made or abort(404)
