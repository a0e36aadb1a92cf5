"""Survey answers by telephone: a person's number, opened for the survey, what came of the call, what they answered."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.base.database import writing
from models.messages.opt_out import is_opted_out
from models.surveys.survey import Survey, SurveyPerson
from models.surveys.survey_answer import Entry, answers_of, store
from models.surveys.survey_attempt import attempts_of, store_attempts
from models.vocabulary import survey as survey_words
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.follow_up import CHANNELS, RESULTS
from models.vocabulary.survey import INTENTIONS
from models.vocabulary.trade import TRADES
from routes.office.market_dates import today_in
from routes.office.survey_form import SurveyAnswerForm
from routes.office.survey_people import find_in
from routes.office.surveys import find_survey
from routes.web.access import county, note_reading, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page
from routes.web.survey_fields import month_words, said_month

bp = Blueprint("survey_answers", __name__, url_prefix="/organiser/surveys/<int:survey_id>/people/<person>/answer")

_NOTHING = {"": N_("Not said")}


@bp.get("")
@writes
def new(survey_id: int, person: str) -> Response:
    """Show somebody of a survey with their number, and the form. That the number was opened is noted."""
    survey = find_survey(survey_id)
    return _form(survey, find_in(survey, person), SurveyAnswerForm(survey, today_in(county())))


@bp.post("")
@writes
def create(survey_id: int, person: str) -> Response:
    """Store an attempt and the answer, once. Form: as SurveyAnswerForm names it. 303 to the list; 422 with the form."""
    survey = find_survey(survey_id)
    found, form = find_in(survey, person), SurveyAnswerForm(survey, today_in(county()), request.form)
    channel, result, next_on, note, answer = form.data()
    if not form.ok:
        return _form(survey, found, form, 422)
    with writing():
        store_attempts(survey, [(form.id, str(found.id), result, next_on, note)], who(), utcnow(), channel)
        if answer:
            store(survey, [Entry(form.id, str(found.id), answer, utcnow())], channel, who())
    flash(_("It is written down."), "success")
    return go_to(url_for("survey_people.index", survey_id=survey.id, village=found.village))


def _form(survey: Survey, person: SurveyPerson, form: SurveyAnswerForm, status: int = 200) -> Response:
    note_reading("survey phone" if person.phone else "survey list", 1, survey, str(survey.name))
    words: dict[str, Any] = {
        "said_channels": survey_words.CHANNELS, "said_results": survey_words.RESULTS,
        "channels": CHANNELS, "results": {"": N_("Please choose")} | RESULTS, "intentions": INTENTIONS,
        "trades": _NOTHING | TRADES, "places": _NOTHING | PLACES, "months": month_words(survey),
    }  # fmt: skip
    answer = render_page(
        "office/surveys/answer.html", status=status, survey=survey, person=person, form=form, said_month=said_month,
        answers=answers_of(str(person.id)), attempts=attempts_of(str(person.id)),
        no_messages=is_opted_out(county(), person.phone or "", [str(person.id)]), **words,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
