"""Survey people: the worklist of a survey, a village's sheet to carry along and to enter, and who is to be deleted."""

from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.forgetting.listed import list_outside
from models.forgetting.retain import overwrite
from models.forgetting.surveyed import delete_surveyed
from models.surveys.survey import Survey, SurveyPerson
from models.surveys.survey_answer import Entry, store
from models.surveys.survey_attempt import store_attempts
from models.surveys.survey_list import Asked, people_of, villages_of
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.follow_up import RESULTS
from models.vocabulary.survey import INTENTIONS, STATES
from models.vocabulary.survey import RESULTS as SAID
from models.vocabulary.trade import TRADES
from routes.office.market_dates import today_in
from routes.office.surveys import find_survey
from routes.web.access import audit, county, note_reading, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.listing import Column, Facet, Listing
from routes.web.pages import render_page
from routes.web.survey_fields import month_words, read_answer

bp = Blueprint("survey_people", __name__, url_prefix="/organiser/surveys/<int:survey_id>/people")

COLUMNS = (
    Column("name", N_("Name"), lambda one: one.name),
    Column("village", N_("Village"), lambda one: one.village),
    Column("id", N_("The bureau's number"), lambda one: one.bureau_id),
    Column("tries", N_("Attempts"), lambda one: one.tried.count if one.tried else 0, "number"),
    Column("state", N_("State"), lambda one: list(STATES).index(one.state)),
    Column("answer", N_("Plans"), lambda one: one.given.answer.intention if one.given else None),
)
MOST_ON_A_SHEET = 400  # people of one village whose answers are entered on one page


@bp.get("")
@reads
def index(survey_id: int) -> Response:
    """List the people of a survey, those to be asked first. Query: as a listing's (routes/web/listing.py)."""
    found = find_survey(survey_id)
    people = [one for one in people_of(found, today_in(county())) if one.name]
    listing = _listing(found, people)
    note_reading("survey list", len(listing.rows), found)
    answer = render_page(
        "office/surveys/people.html", block=block_for_htmx("list"), survey=found, people=listing, states=STATES,
        results=SAID, intentions=INTENTIONS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/sheet")
@reads
def sheet(survey_id: int) -> Response:
    """Show a village's list as sheets of A4 to write on: no phone, no group. Query: ``village``. 404 for no such."""
    found, village = find_survey(survey_id), request.args.get("village", "")
    people = _of_village(found, village)
    audit("print", f"survey {found.id}", rows=len(people), about=found)
    answer = render_page(
        "office/surveys/sheet.html", survey=found, village=village, people=people, county=county(), results=RESULTS,
        printed_at=utcnow().astimezone(county().zone()), intentions=INTENTIONS, places=PLACES,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/entries")
@writes
def edit(survey_id: int) -> Response:
    """Show a village's list as a form, to enter what was written on its sheet. Query: ``village``. 404 for no such."""
    found, village = find_survey(survey_id), request.args.get("village", "")
    return _entries(found, village, LabelledForm(start={"on": today_in(county())}))


@bp.post("/entries")
@writes
def update(survey_id: int) -> Response:
    """Store what was written on a village's sheet. 303; 422 with the form; 404 for no such village.

    Form: ``village``, ``on`` (the date of the visit), and behind each name ``-<person's id>``: ``result``,
    ``intention``, ``trade``, ``place``, ``month``. A line without result and intention is passed over. Sent twice,
    it is stored once: an entry is known by its person and date.
    """
    found, village, form = find_survey(survey_id), request.form.get("village", ""), LabelledForm(request.form)
    on = form.date("on")
    if on and not found.begins_on <= on <= today_in(county()):
        form.refuse("on", _("Please choose a day of the survey that is not to come yet."))
    at = datetime.combine(on or today_in(county()), time(12), county().zone())
    answers, attempts = [], []
    for one in _of_village(found, village):
        answer = read_answer(form, found, behind=f"-{one.id}")
        result = "reached" if answer else form.choice(f"result-{one.id}", RESULTS, required=False)
        if result:
            attempts.append((_id("attempt", one, at), one.id, result, "", ""))
        if answer:
            answers.append(Entry(_id("answer", one, at, *answer), one.id, answer, at))
    if not form.ok:
        return _entries(found, village, form, 422)
    store_attempts(found, attempts, who(), at, "visit")
    store(found, answers, "visit", who())
    flash(_("%(count)s answers are stored.", count=len(answers)), "success")
    return go_to(url_for("survey_people.index", survey_id=found.id, village=village))


@bp.post("/<person>/delete")
@writes
def destroy(survey_id: int, person: str) -> Response:
    """Delete who somebody of a survey is; what they answered stays as a code. 303; 404 for nobody of it."""
    found = find_survey(survey_id)
    mine = find_in(found, person)
    delete_surveyed(county(), [str(mine.id)])
    audit("surveyed_deleted", rows=1, about=found)
    overwrite()
    try:
        list_outside(Path(current_app.config["FORGOTTEN"]))
    except OSError as error:  # the nightly run writes it
        current_app.logger.warning("the list of what was forgotten cannot be written: %s", error)
    flash(_("It is deleted. What they answered stays in the figures, without a name."), "success")
    return go_to(url_for("survey_people.index", survey_id=found.id))


def find_in(survey: Survey, person: str) -> SurveyPerson:
    """Return somebody of a survey who was not forgotten, or 404."""
    mine = (SurveyPerson.id == person) & (SurveyPerson.survey == survey) & (SurveyPerson.name != "")
    return SurveyPerson.get_or_none(mine) or abort(404)


def _of_village(survey: Survey, village: str) -> list[Asked]:
    people = [one for one in people_of(survey, today_in(county()), village) if one.name] if village else []
    return people[:MOST_ON_A_SHEET] or abort(404)


def _entries(survey: Survey, village: str, form: LabelledForm, status: int = 200) -> Response:
    people = _of_village(survey, village)
    note_reading("survey list", len(people), survey)
    nothing: dict[str, Any] = {"": "—"}
    answer = render_page(
        "office/surveys/entries.html", status=status, survey=survey, village=village, form=form, people=people,
        results=nothing | RESULTS, intentions=nothing | INTENTIONS, places=nothing | PLACES, trades=nothing | TRADES,
        months=month_words(survey),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _listing(survey: Survey, people: list[Asked]) -> Listing:
    order = list(STATES)
    people.sort(key=lambda one: (order.index(one.state), one.village, one.bureau_id))
    villages = {village: village for village in villages_of(survey)}
    facets = (
        Facet("state", N_("State"), lambda one: one.state, STATES),
        Facet("village", N_("Village"), lambda one: one.village, villages),
        Facet("intention", N_("Plans"), lambda one: one.given.answer.intention if one.given else "-", INTENTIONS),
    )
    return Listing(
        "people", COLUMNS, people, request.args, partial(url_for, "survey_people.index", survey_id=survey.id),
        lambda one: " ".join((one.name, one.village, one.bureau_id)), facets, names_people=True,
    )  # fmt: skip


def _id(kind: str, one: Asked, at: datetime, *said: str) -> str:
    return str(uuid5(NAMESPACE_OID, " ".join((kind, one.id, at.isoformat(), *said))))

