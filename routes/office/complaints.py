"""Complaints: the book of who complained about what, until when an answer is due, what was done and came of it."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.desk.complaint import Complaint, go_on, receive
from models.desk.person import Person
from models.market.employer import Employer
from models.vocabulary.code_list import N_
from models.vocabulary.complaint import CHANNELS, OUTCOMES, TOPICS
from routes.office.complaint_form import LONGEST_TEXT, ComplaintForm
from routes.office.market_dates import today_in
from routes.web.access import audit, county, note_reading, reads, towns, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("complaints", __name__, url_prefix="/organiser/complaints")

WORDS: dict[str, Any] = {"channels": CHANNELS, "topics": TOPICS, "outcomes": OUTCOMES}


class StepForm(LabelledForm):
    """What was done about a complaint, and whether it ended there."""

    labels = {"text": N_("How it was handled"), "outcome": N_("Outcome of the complaint")}
    chosen = frozenset({"outcome"})


@bp.get("")
@reads
def index() -> Response:
    """List the complaints: the open ones by their end, then the others; nobody who complained is named."""
    mine = county()
    return render_page(
        "office/complaints/index.html", complaints=Complaint.of(mine), today=today_in(mine), **WORDS
    )


@bp.get("/book")
@reads
def book() -> Response:
    """Show the whole book as sheets to print, names and phones among it. That it was read and printed is noted."""
    mine = county()
    complaints = sorted(Complaint.of(mine), key=lambda one: one.number)
    if complaints:
        note_reading("complaints", len(complaints), mine)
        audit("print", "complaints", len(complaints))
    answer = render_page(
        "office/complaints/book.html", county=mine, complaints=complaints, today=today_in(mine), printed_at=utcnow(),
        **WORDS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form of a complaint. Query: ``person`` (a registration's id): whose name is filled in."""
    person = _person(request.args.get("person", ""))
    known = {"name": person.name, "person": person.id} if person else {}
    return _form(ComplaintForm.fresh(today_in(county()), **known))


@bp.post("")
@writes
def create() -> Response:
    """Write a complaint down. Form: as ComplaintForm names it, and ``person``. 303 to it; 422 with the form."""
    form = ComplaintForm(request.form)
    fields = form.read(county(), today_in(county()))
    if not form.ok:
        return _form(form, 422)
    person = _person(form.value("person"))
    candidate = str(person.registrations[-1].id) if person and person.registrations else None
    made = receive(county(), who(), candidate=candidate, **fields)
    audit("complaint_received", about=made)
    return go_to(url_for(".show", complaint_id=made.id))


@bp.get("/<int:complaint_id>")
@reads
def show(complaint_id: int) -> Response:
    """Show a complaint with its steps. That it was read is noted."""
    return _show(_find(complaint_id), StepForm())


@bp.post("/<int:complaint_id>/steps")
@writes
def update(complaint_id: int) -> Response:
    """Note what was done. Form: ``text``, ``outcome`` (a code: it ended so; empty: it goes on). 303; 422."""
    found, form = _find(complaint_id), StepForm(request.form)
    text, outcome = form.text("text", limit=LONGEST_TEXT), form.choice("outcome", OUTCOMES, required=False)
    if not form.ok or text is None:
        return _show(found, form, 422)
    go_on(found, text, who(), outcome or "", today_in(county()))
    audit("complaint_step", outcome or "", about=found)
    flash(_("Noted."), "success")
    return go_to(url_for(".show", complaint_id=found.id))


def _find(complaint_id: int) -> Complaint:
    return Complaint.get_or_none(id=complaint_id, county=county()) or abort(404)


def _person(node: str) -> Person | None:
    return Person.find(county(), node, towns()) if node else None


def _form(form: ComplaintForm, status: int = 200) -> Response:
    employers = Employer.select(Employer.id, Employer.name).where(Employer.county == county()).order_by(Employer.name)
    options = [("", _("None in particular")), *((str(one.id), one.name) for one in employers)]
    return render_page(
        "office/complaints/new.html", block=block_for_htmx("form"), status=status, form=form, employers=options, **WORDS
    )


def _show(complaint: Complaint, form: StepForm, status: int = 200) -> Response:
    note_reading("complaint", 1, complaint)
    answer = render_page(
        "office/complaints/show.html", status=status, complaint=complaint, form=form, steps=complaint.steps(),
        today=today_in(county()), results={"": N_("It goes on")} | OUTCOMES, **WORDS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
