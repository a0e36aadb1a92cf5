"""Survey rounds: where tablets go from door to door, and on which market day their logs hang."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from models.kiosk.in_use import InUse
from models.kiosk.survey_set_up import change_round, drop_round, make_round
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.planning import market_days_of
from models.surveys.survey import Survey
from models.surveys.survey_list import villages_of
from models.surveys.survey_round import SurveyRound, round_at
from models.vocabulary.code_list import N_
from routes.office.booth_form import LONGEST_NAME
from routes.office.market_dates import today_in
from routes.office.surveys import find_survey
from routes.web.access import audit, county, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("survey_rounds", __name__, url_prefix="/organiser/surveys/<int:survey_id>/rounds")

LATE = timedelta(days=6)  # a log takes facts for a week after its market day


class SurveyRoundForm(LabelledForm):
    """A round as it was typed."""

    labels = {
        "name": N_("Name of the round"), "day": N_("Until a week after the market of"), "villages": N_("Villages"),
    }  # fmt: skip
    chosen = frozenset({"day", "villages"})


@bp.get("/new")
@writes
def new(survey_id: int) -> Response:
    """Show the form of a round. Query: ``village``, chosen already."""
    survey, days = find_survey(survey_id), _days()
    today = today_in(county()).isoformat()
    coming = next((key for key, day in days.items() if day.date.isoformat() >= today), None)
    start = {"name": _("From door to door"), "day": coming, "villages": request.args.getlist("village")}
    return _form(survey, SurveyRoundForm(start=start))


@bp.post("")
@writes
def create(survey_id: int) -> Response:
    """Make a round. Form: ``name``, ``day`` (a market day's id), ``villages``. 303 to its booth; 422 with the form."""
    survey, form, days = find_survey(survey_id), SurveyRoundForm(request.form), _days()
    day, (name, villages) = form.choice("day", days), _read(form, survey)
    if survey.ends_on < today_in(county()):
        form.refuse("day", _("The survey is over."))
    if not form.ok or day is None:
        return _form(survey, form, 422)
    made = make_round(survey, days[day], name, villages)
    audit("survey_round_made", rows=len(villages), about=survey)
    return go_to(_at(made.booth))


@bp.get("/<int:booth_id>/edit")
@writes
def edit(survey_id: int, booth_id: int) -> Response:
    """Show a round's form, filled in."""
    found = _find(survey_id, booth_id)
    start = {"name": found.booth.name, "villages": found.villages}
    return _form(found.survey, SurveyRoundForm(start=start), found=found)


@bp.post("/<int:booth_id>")
@writes
def update(survey_id: int, booth_id: int) -> Response:
    """Change where a round goes. Form: ``name``, ``villages``. 303 to its booth; 422 with the form."""
    found, form = _find(survey_id, booth_id), SurveyRoundForm(request.form)
    name, villages = _read(form, found.survey)
    if not form.ok:
        return _form(found.survey, form, 422, found)
    change_round(found, name, villages)
    flash(_("The changes are kept."), "success")
    return go_to(_at(found.booth))


@bp.post("/<int:booth_id>/delete")
@writes
def destroy(survey_id: int, booth_id: int) -> Response:
    """Take a round away. 303; 409 with the form when it has a tablet or a fact."""
    found = _find(survey_id, booth_id)
    try:
        drop_round(found)
    except InUse:
        flash(_("Tablets or facts know this round, so it stays."), "attention")
        start = {"name": found.booth.name, "villages": found.villages}
        return _form(found.survey, SurveyRoundForm(start=start), 409, found)
    flash(_("The round is taken away."), "success")
    return go_to(url_for("surveys.show", survey_id=survey_id))


def _find(survey_id: int, booth_id: int) -> SurveyRound:
    survey, booth = find_survey(survey_id), Booth.get_or_none(id=booth_id)
    found = round_at(booth) if booth else None
    return found if found and found.survey_id == survey.id else abort(404)


def _days() -> dict[str, MarketDay]:
    """Return the market days on which a round may hang, the earliest first."""
    since = today_in(county()) - LATE
    days = [day for day in market_days_of(county()) if day.date >= since and not day.is_cancelled]
    return {str(day.id): day for day in reversed(days)}


def _read(form: SurveyRoundForm, survey: Survey) -> tuple[str, list[str]]:
    name = form.text("name", limit=LONGEST_NAME) or ""
    villages = form.choices("villages", {village: village for village in villages_of(survey)}) or []
    return name, villages


def _at(booth: Booth) -> str:
    return url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number)


def _form(survey: Survey, form: SurveyRoundForm, status: int = 200, found: SurveyRound | None = None) -> Response:
    days = {key: f"{format_date(day.date, 'long')} · {day.town_name}" for key, day in _days().items()}
    return render_page(
        "office/surveys/round.html", status=status, survey=survey, form=form, days=days, found=found,
        villages={village: village for village in villages_of(survey)}, at=_at(found.booth) if found else "",
    )  # fmt: skip
