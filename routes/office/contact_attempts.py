"""Contact attempts: whom the office called or visited after a market day, and what came of it."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.desk.person import Person
from models.desk.record import ties_of
from models.follow_up import say
from models.follow_up.of_person import attempts_of
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.follow_up import CHANNELS, OUTCOMES, RESULTS
from routes.office.contact_attempt_form import ContactAttemptForm
from routes.office.market_dates import today_in
from routes.office.people import find_person
from routes.web.access import county, note_reading, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("contact_attempts", __name__, url_prefix="/organiser/people/<person>/contacts")

_NOTHING = {"": N_("Not said")}
WORDS = {
    "channels": CHANNELS, "results": {"": N_("Please choose")} | RESULTS, "outcomes": _NOTHING | OUTCOMES,
    "places": _NOTHING | PLACES,
}  # fmt: skip


@bp.get("/new")
@writes
def new(person: str) -> Response:
    """Show the form. Query: ``day``, the id of the market day that it is about; else the last they were at."""
    found = find_person(person)
    return _form(found, ContactAttemptForm(today_in(county()), day=request.args.get("day", "")))


@bp.post("")
@writes
def create(person: str) -> Response:
    """Record an attempt. Form: as ContactAttemptForm names it. 303; 422 with the form."""
    found = find_person(person)
    form = ContactAttemptForm(today_in(county()), request.form)
    day = {str(day.id): day for day in _days(found)}.get(form.value("day"))
    if day is None:
        form.refuse("day", _("Please choose one."))
    data = form.data()
    if not form.ok or day is None:
        return _form(found, form, 422)
    say.attempt(found.registrations[-1], day, who(), form.id, data)
    flash(_("It is written down."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="contacts"))


@bp.post("/<attempt>/delete")
@writes
def destroy(person: str, attempt: str) -> Response:
    """Take back an attempt that was written down by mistake. 303; 404 for one that is not theirs."""
    found = find_person(person)
    mine = next((one for one in attempts_of(found) if one.id == attempt), None) or abort(404)
    say.withdraw_attempt(mine.candidate, MarketDay.get_by_id(mine.day), mine.id, who())
    flash(_("It is taken back."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="contacts"))


def _days(person: Person) -> list[MarketDay]:
    """Return the market days that somebody can be asked about: those they were registered on or tied at, seen ones."""
    days = {one.market_day.id: one.market_day for one in person.registrations}
    tied = {tie.day.id for tie in ties_of(person)} - days.keys()
    days |= {id: MarketDay.get_by_id(id) for id in tied}
    today = today_in(county())
    return sorted((day for day in days.values() if day.date <= today), key=lambda day: day.date, reverse=True)


def _form(person: Person, form: ContactAttemptForm, status: int = 200) -> Response:
    if not person.registrations:
        abort(404)
    note_reading("contact form", 1, person)
    answer = render_page(
        "office/follow_ups/attempt.html", block=block_for_htmx("form"), status=status, person=person, form=form,
        days=_days(person), **WORDS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
