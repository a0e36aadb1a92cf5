"""Survey pages: a person answers what they plan at an address that only their message has. No account, one form.

The address shows a surname and what was answered, nothing else of the person. It can be corrected until the survey is
over.
"""

from uuid import uuid4

from flask import Blueprint, Response, abort, request, url_for

from models.base.clock import utcnow
from models.log.kind import is_uuid
from models.market.county import County
from models.market.planning import date_in
from models.messages.opt_out import BY_PAGE, is_opted_out, opt_in, opt_out
from models.people.candidate import surname_of
from models.surveys.survey import Survey, SurveyPerson, by_token
from models.surveys.survey_answer import BY_LINK, Entry, answers_of, store
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.survey import INTENTIONS
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.web.answers import see_other
from routes.web.forms import Form
from routes.web.survey_fields import month_words, read_answer, said_month

bp = Blueprint("survey_pages", __name__, url_prefix="/s/<token>")
bp.register_error_handler(404, page.not_found)

_NOTHING = {"": N_("Not said")}


@bp.get("")
def show(token: str) -> Response:
    """Show the question, or what was answered. Query: ``again`` (anything): correct it. 404 for nobody's address."""
    person, survey, county = _found(token)
    given = answers_of(str(person.id))
    start = given[0].answer._asdict() if given else {}
    return _page(token, person, survey, county, Form(start=start), is_asking="again" in request.args)


@bp.post("")
def create(token: str) -> Response:
    """Store an answer, once. Form: ``id``, ``intention``, ``trade``, ``place``, ``month``. 303 back; 422 with the form.

    404 for nobody's address; 303 back, and nothing is stored, when the survey is over.
    """
    person, survey, county = _found(token)
    form = Form(request.form)
    answer = read_answer(form, survey, required=True)
    if answer is None or not form.ok:
        return _page(token, person, survey, county, form, is_asking=True, status=422)
    if survey.is_open(date_in(county)):
        id = form.value("id").lower()
        store(survey, [Entry(id if is_uuid(id) else str(uuid4()), str(person.id), answer, utcnow())], BY_LINK)
    return see_other(url_for("survey_pages.show", token=token))


@bp.post("/messages")
def update(token: str) -> Response:
    """Want no messages any more, or again. Form: ``wants`` (``yes``: again). 303 back; 404 for nobody's address."""
    person, _survey, county = _found(token)
    number = person.phone or ""
    if request.form.get("wants") == "yes":
        opt_in(county, [number], [str(person.id)])
    else:
        opt_out(county, [number], [str(person.id)], BY_PAGE)
    return see_other(url_for("survey_pages.show", token=token))


def _found(token: str) -> tuple[SurveyPerson, Survey, County]:
    person = by_token(token) or abort(404)
    survey = Survey.get_by_id(person.survey_id)
    county = County.get_by_id(survey.county_id)
    page.of_county(county)
    return person, survey, county


def _page(
    token: str, person: SurveyPerson, survey: Survey, county: County, form: Form, is_asking: bool, status: int = 200
) -> Response:
    given = answers_of(str(person.id))
    is_open = survey.is_open(date_in(county))
    return page.page(
        "survey.html", status, token=token, survey=survey, surname=surname_of(person.name), form=form,
        given=given[0].answer if given else None, is_open=is_open, is_asking=is_open and (is_asking or not given),
        is_out=is_opted_out(county, person.phone or "", [str(person.id)]), id=str(uuid4()), intentions=INTENTIONS,
        trades=_NOTHING | TRADES, places=_NOTHING | PLACES, months=month_words(survey), said_month=said_month,
    )  # fmt: skip
