"""Surveys: who is asked for their plans before the season, the figures of it, and the results for the bureau."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.base.database import writing
from models.kiosk.survey_set_up import change_survey
from models.messages.survey_audience import written_to
from models.surveys.survey import Survey, surveys_of
from models.surveys.survey_list import figures_of, people_of
from models.surveys.survey_round import rounds_of
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.survey import CHANNELS, INTENTIONS, RESULTS
from models.vocabulary.trade import TRADES
from routes.office.market_dates import today_in
from routes.office.survey_form import SurveyForm
from routes.office.workbook import Sheet, csv_answer, xlsx_answer
from routes.web.access import audit, county, reads, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("surveys", __name__, url_prefix="/organiser/surveys")

HEADS = {
    N_("The bureau's number"): 18, N_("Answered at"): 20, N_("How"): 12, N_("Plans"): 22, N_("Wanted work"): 18,
    N_("Wanted place"): 18, N_("From when?"): 12, N_("Attempts"): 10, N_("What came of the last one"): 22,
}  # each with its width in letters


@bp.get("")
@reads
def index() -> Response:
    """List the county's surveys with their figures."""
    today = today_in(county())
    rows = [(one, figures_of(one, today, written_to(one))[0], one.is_open(today)) for one in surveys_of(county())]
    return render_page("office/surveys/index.html", rows=rows)


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form of a survey."""
    return _form(SurveyForm(start={"begins_on": today_in(county())}))


@bp.post("")
@writes
def create() -> Response:
    """Make a survey. Form: ``name``, ``begins_on``, ``ends_on``. 303 to its page; 422 with the form."""
    form = SurveyForm(request.form)
    data = form.data()
    if not form.ok:
        return _form(form, 422)
    with writing():
        made = Survey.create(county=county(), made_by=who(), **data)
    return go_to(url_for("surveys.show", survey_id=made.id))


@bp.get("/<int:survey_id>")
@reads
def show(survey_id: int) -> Response:
    """Show a survey's figures, by village and by intention, and the ways to ask."""
    found = find_survey(survey_id)
    everybody, villages = figures_of(found, today_in(county()), written_to(found))
    return render_page(
        "office/surveys/show.html", survey=found, all=everybody, villages=villages, intentions=INTENTIONS,
        is_open=found.is_open(today_in(county())), rounds=rounds_of(found),
        today=today_in(county()),
    )  # fmt: skip


@bp.get("/<int:survey_id>/edit")
@writes
def edit(survey_id: int) -> Response:
    """Show a survey's form, filled in."""
    found = find_survey(survey_id)
    start = {"name": found.name, "begins_on": found.begins_on, "ends_on": found.ends_on}
    return _form(SurveyForm(start=start), survey=found)


@bp.post("/<int:survey_id>")
@writes
def update(survey_id: int) -> Response:
    """Change a survey's name and dates. Form: as ``create``. 303; 422 with the form."""
    found, form = find_survey(survey_id), SurveyForm(request.form)
    data = form.data()
    if not form.ok:
        return _form(form, 422, found)
    for name, value in data.items():
        setattr(found, name, value)
    change_survey(found)
    flash(_("The changes are kept."), "success")
    return go_to(url_for("surveys.show", survey_id=found.id))


@bp.get("/<int:survey_id>.csv")
@reads
def export(survey_id: int) -> Response:
    """Send the results by the bureau's own id: no name, no phone. A line a person; who was forgotten is left out."""
    found = find_survey(survey_id)
    rows = [[line[0], line[1] and line[1].isoformat(timespec="minutes"), *line[2:]] for line in _results(found, "csv")]
    return csv_answer([[_(head) for head in HEADS], *rows], f"survey-{found.id}")


@bp.get("/<int:survey_id>.xlsx")
@reads
def as_xlsx(survey_id: int) -> Response:
    """Send the same as a workbook."""
    found = find_survey(survey_id)
    heads = [(_(head), width) for head, width in HEADS.items()]
    as_of = _("as of %(time)s", time=format_datetime(utcnow(), "y-MM-dd HH:mm"))
    about = f"{county().service_name} · {found.begins_on} – {found.ends_on} · {as_of}"
    return xlsx_answer(Sheet(_("Results"), found.name, about, heads, _results(found, "xlsx")), f"survey-{found.id}")


def _results(found: Survey, form: str) -> list[list[Any]]:
    """Return a line a person, with the moment of the answer in the county's time; that they were taken is noted."""
    lines = []
    for one in people_of(found, today_in(county())):
        if one.name:
            said = one.given
            answer = (said.at.astimezone(county().zone()), _(CHANNELS[said.channel]),
                      _(INTENTIONS[said.answer.intention]), _named(said.answer.trade, TRADES),
                      _named(said.answer.place, PLACES), said.answer.month) if said else ("",) * 6  # fmt: skip
            tried = (one.tried.count, _named(one.tried.last, RESULTS)) if one.tried else (0, "")
            lines.append([one.bureau_id, *answer, *tried])
    audit("export", f"survey {found.id} as {form}", rows=len(lines), about=found)
    return lines


def find_survey(survey_id: int) -> Survey:
    """Return a survey of the asker's county, or 404."""
    return Survey.get_or_none(id=survey_id, county=county()) or abort(404)


def _named(code: str, words: dict[str, str]) -> str:
    return _(words[code]) if code in words else code


def _form(form: SurveyForm, status: int = 200, survey: Survey | None = None) -> Response:
    return render_page("office/surveys/edit.html", status=status, form=form, survey=survey)
