"""Rosters: the bureau's list is looked at first, then taken in whole, or not at all."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.survey_set_up import take_in_roster
from models.spreadsheet.book import LARGEST
from models.surveys.roster import FAULTS, OF_THE_FILE, Roster, count_known, read_roster
from models.surveys.survey import Survey
from routes.office.surveys import find_survey
from routes.web.access import audit, county, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("rosters", __name__, url_prefix="/organiser/surveys/<int:survey_id>/roster")

MOST_SHOWN = 200  # faults


@bp.get("")
@writes
def new(survey_id: int) -> Response:
    """Show what the file has to hold, and the form."""
    return _page(find_survey(survey_id), None)


@bp.post("")
@writes
def create(survey_id: int) -> Response:
    """Look at a file, or take it in. Form: ``file``; ``act``: ``look``, or ``take``.

    200 with what is in it; 303 when it was taken in; 422 when anything in it is wrong: then nothing is stored.
    """
    found, file = find_survey(survey_id), request.files.get("file")
    content = file.read(LARGEST + 1) if file else b""
    roster = read_roster(content[:LARGEST]) if 0 < len(content) <= LARGEST else Roster(trouble="no_text")
    if request.form.get("act") != "take" or not roster.is_good:
        return _page(found, roster, 200 if roster.is_good else 422)
    new, known = take_in_roster(found, county(), roster)
    audit("roster_taken_in", rows=len(roster.lines), about=found)
    flash(_("%(new)s people are new, %(known)s were known.", new=new, known=known), "success")
    return go_to(url_for("surveys.show", survey_id=found.id))


def _page(survey: Survey, roster: Roster | None, status: int = 200) -> Response:
    return render_page(
        "office/surveys/roster.html", status=status, survey=survey, roster=roster, faults=FAULTS, troubles=OF_THE_FILE,
        known=count_known(survey, roster) if roster else 0, most=MOST_SHOWN,
    )  # fmt: skip
